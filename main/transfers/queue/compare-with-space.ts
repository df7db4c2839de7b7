import type { AppError } from '#app/errors.ts';
import type { LocationCapabilities } from '../../file-store/location-capabilities.ts';

/** From this share of a workspace's space on others may have filled it since the list was read. */
const NEARLY_FULL_SHARE = 0.95;

/** The server refuses an upload in the same way for many reasons: that the workspace is full is not said where the list shows otherwise. */
export function compareWithSpace(
  error: AppError,
  totalBytes: number | null,
  { quotaBytes }: LocationCapabilities,
): AppError {
  if (error.code !== 'uploadForbidden') return error;
  if (quotaBytes === null) return { ...error, mayBeFull: false };
  return { ...error, mayBeFull: totalBytes === null || totalBytes >= NEARLY_FULL_SHARE * quotaBytes };
}
