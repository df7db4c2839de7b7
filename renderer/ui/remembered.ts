/** A choice that this window remembers; nothing secret and nothing about files. */
export interface RememberedChoices {
  readonly rowsPerPage: string;
  readonly sort: string;
  readonly listing: string;
  readonly columns: string;
  readonly density: string;
  readonly dates: string;
  readonly uploadNotice: string;
  readonly isDetailsOpen: string;
}

/** Reads a remembered choice; null when none was made, or when the window's storage cannot be read. */
export function readChoice(name: keyof RememberedChoices): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers a choice. A full or closed storage only costs the memory of it, so that is not an error. */
export function rememberChoice(name: keyof RememberedChoices, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Without storage the choice holds until the window closes.
  }
}
