/** One file in an OpenRouter workspace, as the listing gives it (contract, section 2). */
export interface RemoteFile {
  /** Opaque: `or_file_…` today, `file_…` before 2026-07-28. */
  readonly id: string;
  /** May hold `/` as folders. Written by other programs too, so not necessarily within the server's own rules. */
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch; null where the server gave no date that can be read. */
  readonly createdAt: number | null;
  /** Whether the server gives its bytes back: only files that were generated there, never uploads. */
  readonly isSaveable: boolean;
}
