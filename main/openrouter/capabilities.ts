import type { LocationCapabilities } from '../file-store/location-capabilities.ts';

/** Largest file that OpenRouter's storage takes, in bytes: 100 MiB (contract, section 2). */
export const MAX_FILE_SIZE_BYTES = 104_857_600;

/** Room of one workspace, in bytes: 10 GiB (contract, section 2). */
export const WORKSPACE_QUOTA_BYTES = 10_737_418_240;

/** What OpenRouter's own storage can do (contract, section 2). */
export const OPENROUTER_CAPABILITIES: LocationCapabilities = {
  canUpload: true,
  canDelete: true,
  downloads: 'marked',
  maxFileSizeBytes: MAX_FILE_SIZE_BYTES,
  quotaBytes: WORKSPACE_QUOTA_BYTES,
  acceptedContent: 'documented',
  listingOrder: 'oldestFirst',
};
