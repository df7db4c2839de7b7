import type { RemoteFile } from '#app/files/remote-file.ts';

/**
 * Orders files newest first. Of files made in the same millisecond the one listed later comes first: the server lists
 * oldest first. The listing is mostly in order already, which the sort makes use of.
 */
export function toNewestFirst(inListingOrder: Iterable<RemoteFile>): readonly RemoteFile[] {
  return [...inListingOrder].reverse().sort((a, b) => b.createdAt - a.createdAt);
}
