/** Longest file name the server takes, in characters (contract, section 2; the unit is unpublished, taken as code points). */
export const MAX_FILE_NAME_LENGTH = 255;

/** Longest API key that is taken, in characters; OpenRouter's have 73. */
export const MAX_KEY_LENGTH = 4096;

/** Longest endpoint that is taken, in characters. */
export const MAX_ENDPOINT_LENGTH = 2048;

/** Most rows of one page, on the wire (contract, section 2) and over the bridge. */
export const MAX_PAGE_ROWS = 1000;

/** Most transfers, or local paths, that one command may name. */
export const MAX_IDS_PER_COMMAND = 100_000;

/** Most files that the app can hold of one location. */
export const MAX_INDEXED_FILES = 5_000_000;

/** A deletion of more files than this asks for their number to be typed. */
export const MAX_DELETED_WITHOUT_COUNT = 100;

/** Most files that one copy for a program may name: a clipboard is no place for more. */
export const MAX_FILES_PER_SNIPPET = 1000;

/** Most files that one drag out of the window may hold. */
export const MAX_DRAGGED_FILES = 1000;

/** How long a deletion can be undone before anything is sent, in seconds: the bounds of the setting, and its default. */
export const MIN_UNDO_SECONDS = 3;
export const MAX_UNDO_SECONDS = 60;
export const DEFAULT_UNDO_SECONDS = 10;

/** Most large transfers under way at once, and how many there are unless a person chose otherwise; small ones follow the round trip. */
export const MAX_TRANSFER_CONCURRENCY = 8;
export const DEFAULT_TRANSFER_CONCURRENCY = 3;
