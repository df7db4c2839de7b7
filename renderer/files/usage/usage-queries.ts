import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { FilesApi, InLocation } from '#app/contract/files-contract.ts';
import { unwrap } from '../../bridge.ts';
import { inLocation, inView, isInView } from '../../location-in-view.ts';
import { createThrottle } from '../../throttle.ts';
import { toLocationKey, toPagesKey } from '../file-queries.ts';

/** A listing being read changes the sum many times a second: a meter that is read out need not follow each, in milliseconds. */
const READ_AGAIN_MS = 1000;

/** How much of the workspace in view is used. Kept fresh by {@link followUsage}. */
export function usageOptions({ locationId }: InLocation) {
  return queryOptions({
    queryKey: [...toLocationKey({ locationId }), 'usage'],
    queryFn: () => unwrap(window.files.readUsage({ locationId })),
  });
}

/** Reads the usage again with every change of the files, not more often than it is worth; not at all while nobody shows it. */
export function followUsage(client: QueryClient, api: Pick<FilesApi, 'onFileIndexChanged'>): void {
  const readAgain = async (location: InLocation) => {
    // Rows come first: asked for together with them, the sum is answered and drawn before them.
    const pages = client.getQueryCache().findAll({ queryKey: toPagesKey(inView()), fetchStatus: 'fetching' });
    await Promise.allSettled(pages.map((page) => page.promise));
    await client.invalidateQueries({ queryKey: usageOptions(location).queryKey });
  };
  const readNowAndThen = createThrottle(() => void readAgain(inLocation()), READ_AGAIN_MS);
  api.onFileIndexChanged((event) => {
    if (isInView(event)) readNowAndThen();
  });
}
