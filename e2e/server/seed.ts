import { createGeneratedContent } from './content.ts';
import { createRandom, pick, type Random } from './random.ts';
import type { NewFile, Scope } from './store.ts';

/** How files are made up. */
export interface SeedOptions extends Partial<Scope> {
  /** Start of everything random: the same seed, count and `now` give the same files. */
  readonly seed?: number;
  /** Time of the newest file, milliseconds since the epoch. */
  readonly now?: number;
  /** Every how manieth file is server-generated and downloadable; 8 unless told, 0 for none. */
  readonly generatedEvery?: number;
}

interface Kind {
  readonly extension: string;
  readonly mimeType: string;
  readonly stems: readonly string[];
  readonly largestBytes: number;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

const KINDS: readonly Kind[] = [
  {
    extension: 'pdf',
    mimeType: 'application/pdf',
    stems: ['invoice', 'contract', 'q3-summary', 'handbook', 'datasheet'],
    largestBytes: 20_000_000,
  },
  {
    extension: 'csv',
    mimeType: 'text/csv',
    stems: ['sales', 'customers', 'measurements', 'export', 'survey'],
    largestBytes: 40_000_000,
  },
  {
    extension: 'json',
    mimeType: 'application/json',
    stems: ['config', 'results', 'catalogue', 'schema'],
    largestBytes: 5_000_000,
  },
  {
    extension: 'ndjson',
    mimeType: 'application/x-ndjson',
    stems: ['events', 'eval-cases', 'batch'],
    largestBytes: 90_000_000,
  },
  {
    extension: 'md',
    mimeType: 'text/markdown',
    stems: ['notes', 'README', 'minutes', 'release-notes'],
    largestBytes: 60_000,
  },
  {
    extension: 'txt',
    mimeType: 'text/plain',
    stems: ['transcript', 'log', 'prompt', 'letter'],
    largestBytes: 400_000,
  },
  {
    extension: 'png',
    mimeType: 'image/png',
    stems: ['chart', 'screenshot', 'diagram', 'logo'],
    largestBytes: 8_000_000,
  },
  { extension: 'jpg', mimeType: 'image/jpeg', stems: ['photo', 'scan', 'receipt'], largestBytes: 12_000_000 },
  {
    extension: 'docx',
    mimeType: `${OFFICE}.wordprocessingml.document`,
    stems: ['proposal', 'report', 'offer'],
    largestBytes: 9_000_000,
  },
  {
    extension: 'xlsx',
    mimeType: `${OFFICE}.spreadsheetml.sheet`,
    stems: ['budget', 'forecast', 'inventory'],
    largestBytes: 15_000_000,
  },
  {
    extension: 'pptx',
    mimeType: `${OFFICE}.presentationml.presentation`,
    stems: ['kick-off', 'pitch', 'review'],
    largestBytes: 60_000_000,
  },
  {
    extension: 'mp3',
    mimeType: 'audio/mpeg',
    stems: ['interview', 'standup', 'voice-memo'],
    largestBytes: 50_000_000,
  },
  { extension: 'wav', mimeType: 'audio/wav', stems: ['call', 'dictation'], largestBytes: 100_000_000 },
];

const FOLDERS: readonly string[] = [
  '',
  '',
  'reports/',
  'reports/2026/',
  'data/raw/',
  'data/clean/',
  'media/',
  'évaluations/',
];

/** Mean of `pickSize` over all kinds, roughly. */
const MEAN_BYTES = 6_500_000;

/** Half of a workspace's quota: many files have to be smaller ones, so that there is room left to upload. */
const TOTAL_BYTES = 5_000_000_000;

const SPREAD_MS = 300 * 24 * 60 * 60 * 1000;

/** Makes up files of every kind, oldest first, spread over ten months up to `now`. */
export function* seedFiles(count: number, options: SeedOptions = {}): Iterable<NewFile> {
  const { seed = 1, now = Date.now(), generatedEvery = 8, workspaceId, storage } = options;
  const random = createRandom(seed);
  const scope = {
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(storage === undefined ? {} : { storage }),
  };
  const scale = Math.min(1, TOTAL_BYTES / (count * MEAN_BYTES));
  const stepMs = SPREAD_MS / Math.max(1, count);
  for (let index = 0; index < count; index += 1) {
    const kind = pick(random, KINDS);
    const sizeBytes = pickSize(random, kind.largestBytes * scale);
    const isGenerated = generatedEvery > 0 && index % generatedEvery === generatedEvery - 1;
    const name = `${pick(random, FOLDERS)}${pick(random, kind.stems)}-${String(index + 1).padStart(5, '0')}.${kind.extension}`;
    const createdAt = Math.round(now - (count - 1 - index) * stepMs);
    const bytes = isGenerated ? { content: createGeneratedContent(sizeBytes, seed + index) } : { sizeBytes };
    yield { name, mimeType: kind.mimeType, createdAt, ...bytes, ...scope };
  }
}

/** Small files are far more common than large ones, as in life. */
function pickSize(random: Random, largest: number): number {
  const fraction = random() / 2 ** 32;
  return 64 + Math.floor(fraction ** 4 * largest);
}
