/** What can be done with the files of a location, as its storage has it. Null stands for no limit. */
export interface LocationCapabilities {
  readonly canUpload: boolean;
  readonly canDelete: boolean;
  /** `marked`: those whose rows say so (`RemoteFile.isSaveable`). */
  readonly downloads: 'marked' | 'none';
  readonly maxFileSizeBytes: number | null;
  /** Room for all files together. */
  readonly quotaBytes: number | null;
  /** `documented`: what OpenRouter documents, which is PDF, images, Office documents, audio and UTF-8 text, by content. */
  readonly acceptedContent: 'documented' | 'any';
  /** Whether new files are listed behind all others, so that a look behind the last one finds them. */
  readonly listingOrder: 'oldestFirst' | 'other';
}
