import { formatBytes, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';

/** Gives a size with its exact number of bytes, such as "24 KiB (24,576 bytes)"; below a kibibyte they are the same. */
export function describeSize(sizeBytes: number): string {
  const [size, bytes] = [formatSize(sizeBytes), formatBytes(sizeBytes)];
  return size === bytes ? bytes : texts.details.sizeWithBytes(size, bytes);
}
