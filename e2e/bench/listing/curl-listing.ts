import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCurl } from '../curl.ts';
import type { ListingProcess } from './listing-process.ts';

/** curl as a reader of a listing. Times in milliseconds, from its start to its exit. */
export interface CurlListing {
  readOnePage(): Promise<number>;
  /** All pages one after the other, over one connection; their cursors are known beforehand. */
  readAllPages(): Promise<number>;
}

/** Makes the reference reader; `folder` is for its file of settings. */
export async function createCurlListing(listing: ListingProcess, folder: string): Promise<CurlListing> {
  const configFile = join(folder, 'curl-listing.config');
  const header = `Authorization: Bearer ${listing.key}`;
  const common = ['--silent', '--show-error', '--fail', '--noproxy', '*', '--header', header];
  const lines = listing.pageUrls.map((url) => `url = "${url}"\noutput = "/dev/null"\n`);
  await writeFile(configFile, lines.join(''));
  return {
    readOnePage: () => runCurl([...common, '--output', '/dev/null', listing.pageUrls[0] ?? '']),
    readAllPages: () => runCurl([...common, '--config', configFile]),
  };
}
