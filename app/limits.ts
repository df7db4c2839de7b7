/** Largest file that OpenRouter's storage takes, in bytes: 100 MiB (contract, section 2). */
export const MAX_FILE_SIZE_BYTES = 104_857_600;

/** Longest file name the server takes, in characters (contract, section 2; the unit is unpublished, UTF-16 units are the stricter reading). */
export const MAX_FILE_NAME_LENGTH = 255;

/** Most rows of one page, on the wire (contract, section 2) and over the bridge. */
export const MAX_PAGE_ROWS = 1000;

/** Most files that one command may name. */
export const MAX_IDS_PER_COMMAND = 100_000;

/** How long a deletion can be taken back before anything is sent, in milliseconds. */
export const DELETE_GRACE_MS = 10_000;

/** Most transfers under way at once, and how many there are unless a person chose otherwise. */
export const MAX_TRANSFER_CONCURRENCY = 8;
export const DEFAULT_TRANSFER_CONCURRENCY = 3;

/** Room of one workspace, in bytes: 10 GiB (contract, section 2). */
export const WORKSPACE_QUOTA_BYTES = 10_737_418_240;
