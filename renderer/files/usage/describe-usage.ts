import type { FileKind } from '#app/files/file-kind.ts';
import type { WorkspaceUsage } from '#app/files/workspace-usage.ts';
import { formatPercent, formatSize } from '../../texts/format.ts';
import { texts } from '../../texts/texts.ts';

/** From this share of its room on, a workspace is called nearly full. */
const NEARLY_FULL_SHARE = 0.9;

/** What is smaller would be less than a pixel. */
const SMALLEST_SEGMENT_PERCENT = 0.5;

/** A usage in words and shares. */
export interface UsageDescription {
  readonly used: string;
  /** Where the figure comes from, as the server tells none. */
  readonly source: string;
  /** What to beware of; null while there is room. */
  readonly warning: string | null;
  /** Used share of the room, in per cent from 0 to 100; null where there is room without end. */
  readonly percent: number | null;
  /** The same in words where there is no room for more; it may be over 100. */
  readonly share: string;
  /** Shares of what is used in per cent by kind, the largest first; those too small to draw are left out. */
  readonly segments: readonly { readonly kind: FileKind; readonly percent: number }[];
}

/** Puts a usage in words. */
export function describeUsage(usage: WorkspaceUsage): UsageDescription {
  const { sizeBytes, quotaBytes, kinds } = usage;
  const share = quotaBytes === null ? null : sizeBytes / quotaBytes;
  return {
    ...toWords(usage),
    warning: share === null ? null : toWarning(share),
    percent: share === null ? null : Math.min(100, share * 100),
    segments: kinds
      .map((part) => ({ kind: part.kind, percent: (part.sizeBytes / sizeBytes) * 100 }))
      .filter((segment) => segment.percent >= SMALLEST_SEGMENT_PERCENT),
  };
}

function toWords(usage: WorkspaceUsage): Pick<UsageDescription, 'used' | 'share' | 'source'> {
  const { sizeBytes, quotaBytes, fileCount, basis } = usage;
  const words = texts.usage;
  if (basis !== 'listing' && fileCount === 0)
    return { used: words.notKnown, share: words.shareNotKnown, source: words.sourceNotRead };
  const source = words.sources[basis];
  if (quotaBytes === null) {
    const size = formatSize(sizeBytes);
    const used = basis === 'partOfListing' ? words.usedAtLeastOfAny(size) : words.usedOfAny(size);
    return { used, share: size, source };
  }
  const sizes = [formatSize(sizeBytes), formatSize(quotaBytes)] as const;
  return {
    used: basis === 'partOfListing' ? words.usedAtLeast(...sizes) : words.used(...sizes),
    share: formatPercent(sizeBytes / quotaBytes),
    source,
  };
}

function toWarning(share: number): string | null {
  if (share >= 1) return texts.usage.full;
  return share > NEARLY_FULL_SHARE ? texts.usage.nearlyFull(formatPercent(share)) : null;
}
