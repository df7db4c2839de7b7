/** One step of the way from the top to a folder. */
export interface FolderStep {
  /** The folder's path; the top is the empty string. */
  readonly path: string;
  /** Its own name; empty for the top, and for a folder that has none. */
  readonly name: string;
}

/** Gives the steps from the top to a folder, both included. */
export function toFolderSteps(folder: string): readonly FolderStep[] {
  const steps: FolderStep[] = [{ path: '', name: '' }];
  if (folder === '') return steps;
  let end = -1;
  do {
    const start = end + 1;
    end = folder.indexOf('/', start);
    const stop = end === -1 ? folder.length : end;
    steps.push({ path: folder.slice(0, stop), name: folder.slice(start, stop) });
  } while (end !== -1);
  return steps;
}

/** Steps that are shown at once; the top and where one is are always among them. */
const MAX_SHOWN_STEPS = 4;

/** The steps of a long way that are shown, and those between them that a menu has. */
export interface FoldedSteps {
  readonly before: readonly FolderStep[];
  readonly hidden: readonly FolderStep[];
  readonly after: readonly FolderStep[];
}

/** Folds the middle of a long way: of fifty folders on one line none could be read. */
export function foldSteps(steps: readonly FolderStep[]): FoldedSteps {
  if (steps.length <= MAX_SHOWN_STEPS) return { before: steps, hidden: [], after: [] };
  return { before: steps.slice(0, 1), hidden: steps.slice(1, -2), after: steps.slice(-2) };
}

/** Gives the folder that a folder is in; null for the top. */
export function toParentFolder(folder: string): string | null {
  return folder === '' ? null : folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
}

/** Gives the own name of a folder, without the folders that it is in. */
export function toFolderName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Gives a file's name as it reads in a folder: without the folder's own path. Null is the flat list. */
export function toNameInFolder(name: string, folder: string | null): string {
  return folder === null || folder === '' || !name.startsWith(`${folder}/`)
    ? name
    : name.slice(folder.length + 1);
}
