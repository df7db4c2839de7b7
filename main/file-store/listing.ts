import type { RemoteFile } from '#app/files/remote-file.ts';

/** One page of the listing. */
export interface ListPage {
  readonly files: readonly RemoteFile[];
  /** Rows that lack a field or hold nonsense: they are lost, the page is not. */
  readonly unreadableRows: number;
  /** How to ask for the next page; null at the end of the listing, `untold` where there is more and the page does not say how. */
  readonly next: ListPosition | 'untold' | null;
  /** The last row's id, behind which later files will be listed; null where the page has no row or tells none. */
  readonly lastId: string | null;
  /** Unreadable rows behind `lastId`: whoever asks for what is behind it is given them again. */
  readonly unreadableBehind: number;
}

/** Where a page starts: behind a page or behind a file. */
export type ListPosition =
  | { readonly by: 'cursor'; readonly cursor: string }
  | { readonly by: 'after'; readonly id: string };
