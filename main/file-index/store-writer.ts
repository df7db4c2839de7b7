import type { RemoteFile } from '#app/files/remote-file.ts';
import { LISTED } from './file-columns.ts';
import { type FileTable, NO_ROW } from './file-table.ts';
import type { IndexSelection } from './selection.ts';

/** Changes a store and keeps the selections to what is in it. */
export interface StoreWriter {
  /** Adds a file, or exchanges what is known of it in this row; gives its row. */
  write(file: RemoteFile, known: number): number;
  /** Ends a row, which leaves the selections. */
  end(row: number): void;
}

/** Makes the writer of a store; `selections` are those that are open by then. */
export function createStoreWriter(
  store: FileTable,
  selections: Iterable<Pick<IndexSelection, 'end' | 'take'>>,
): StoreWriter {
  /** Gives the selections that the row was in. */
  const end = (row: number) => {
    const left = [...selections].filter((selection) => selection.end(row));
    store.remove(row);
    return left;
  };
  return {
    end: (row) => void end(row),
    write: (file, known) => {
      if (known !== NO_ROW && store.columns.holds(known, file)) return known;
      const wasListed = known !== NO_ROW && store.columns.has(known, LISTED);
      const left = known === NO_ROW ? [] : end(known);
      const row = store.add(file);
      if (wasListed) store.setListed(row);
      for (const selection of left) selection.take(row);
      return row;
    },
  };
}
