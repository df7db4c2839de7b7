import type { RemoteFile } from '#app/files/remote-file.ts';
import { LISTED } from './file-columns.ts';
import { type FileStore, NO_ROW } from './file-store.ts';
import type { IndexSelection } from './selection.ts';

/** Changes a store and keeps the selection to what is in it. */
export interface StoreWriter {
  /** Adds a file, or exchanges what is known of it in this row; gives its row. */
  write(file: RemoteFile, known: number): number;
  /** Ends a row, which leaves the selection; answers whether it was in it. */
  end(row: number): boolean;
}

/** Makes the writer of a store. */
export function createStoreWriter(
  store: FileStore,
  selection: Pick<IndexSelection, 'end' | 'take'>,
): StoreWriter {
  const end = (row: number): boolean => {
    const wasSelected = selection.end(row);
    store.remove(row);
    return wasSelected;
  };
  return {
    end,
    write: (file, known) => {
      if (known !== NO_ROW && store.columns.holds(known, file)) return known;
      const wasListed = known !== NO_ROW && store.columns.has(known, LISTED);
      const wasSelected = known !== NO_ROW && end(known);
      const row = store.add(file);
      if (wasListed) store.setListed(row);
      if (wasSelected) selection.take(row);
      return row;
    },
  };
}
