import { createBufferContent } from './content.ts';
import { createSampleChart } from './sample-chart.ts';
import { createSamplePdf } from './sample-pdf.ts';
import type { FileStore, NewFile, StoredFile } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const OFFICE = 'application/vnd.openxmlformats-officedocument';

const MIME_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  pptx: `${OFFICE}.presentationml.presentation`,
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  md: 'text/markdown',
  txt: 'text/plain',
};

/** Name, size in bytes, age in days. */
type Upload = readonly [name: string, sizeBytes: number, ageDays: number];

const UPLOADS: readonly Upload[] = [
  ['handbook/onboarding.pdf', 2_418_113, 243.2],
  ['handbook/travel-policy.docx', 84_992, 242.9],
  ['brand/logo.png', 48_211, 231.4],
  ['brand/logo-dark.webp', 21_874, 231.4],
  ['brand/loading.gif', 318_402, 230.7],
  ['research/interviews/anna-2026-03-14.mp3', 31_772_040, 201.3],
  ['research/interviews/björn-2026-03-15.flac', 88_120_334, 200.1],
  ['research/interviews/日本語インタビュー.ogg', 12_004_551, 198.6],
  ['research/notes.md', 18_204, 197.2],
  ['data/raw/measurements-2026-03.csv', 24_576_118, 180.5],
  ['data/raw/measurements-2026-04.csv', 25_100_927, 150.4],
  ['data/raw/measurements-2026-05.csv', 23_998_306, 121.6],
  ['data/clean/measurements.ndjson', 61_209_448, 118.2],
  ['data/schema.json', 4_872, 117.9],
  ['contracts/Ångström AB – Rahmenvertrag (final).pdf', 1_204_882, 104.8],
  ['contracts/nda-template.docx', 41_006, 103.1],
  ['finance/budget-2026.xlsx', 318_774, 96.5],
  ['finance/receipts/scan 0412.jpg', 2_806_551, 88.3],
  ['finance/receipts/scan 0413.jpg', 3_011_208, 88.3],
  ['finance/invoices/2026-0117.pdf', 96_402, 74.1],
  ['finance/invoices/2026-0118.pdf', 97_118, 73.9],
  ['talks/kick-off.pptx', 18_442_019, 66.6],
  ['talks/kick-off (speaker notes).txt', 12_480, 66.5],
  ['support/call-2210.wav', 44_100_044, 52.7],
  ['support/transcript-2210.txt', 38_104, 52.6],
  ['evals/cases.ndjson', 1_840_225, 41.3],
  ['evals/rubric.md', 6_114, 41.2],
  [
    'evals/Ergebnisübersicht für die gemeinsame Auswertung aller Durchläufe der Modelle im dritten Quartal mit Anmerkungen der Gutachterinnen und Gutachter, bereinigt um doppelte Einträge und nach Themen sortiert (Arbeitsfassung).xlsx',
    740_221,
    33.8,
  ],
  ['photos/team.jpg', 5_104_882, 21.5],
  ['prompts/system.txt', 3_118, 12.4],
  ['prompts/few-shot.json', 22_806, 12.3],
  ['README.md', 2_204, 6.1],
  ['data/raw/customers.csv', 8_120_443, 2.2],
  ['to do.txt', 214, 0.6],
];

/** Fills a store with 40 believable files of every kind, aged up to eight months before `now`; six are server-generated and have real bytes. */
export function addSampleWorkspace(store: FileStore, now: number): readonly StoredFile[] {
  const uploads = UPLOADS.map(
    ([name, sizeBytes, ageDays]): NewFile => ({
      name,
      mimeType: toMimeType(name),
      sizeBytes,
      createdAt: now - ageDays * DAY_MS,
    }),
  );
  const generated = createGeneratedFiles().map(
    ([name, bytes, ageDays]): NewFile => ({
      name,
      mimeType: toMimeType(name),
      content: createBufferContent(bytes),
      createdAt: now - ageDays * DAY_MS,
    }),
  );
  return store.addAll([...uploads, ...generated]);
}

function createGeneratedFiles(): readonly (readonly [name: string, bytes: Buffer, ageDays: number])[] {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const revenue = [42, 55, 51, 68, 74, 70, 88, 93, 86, 104, 118, 131];
  const rows = months.map((month, index) => ({ month, revenue: (revenue[index] ?? 0) * 1000 }));
  const csv = ['month,revenue', ...rows.map((row) => `${row.month},${row.revenue}`), ''].join('\n');
  const report = `# Revenue, third quarter\n\nRevenue of the quarter was **267,000**, the best month August.\n\n| month | revenue |\n| --- | ---: |\n${rows.map((row) => `| ${row.month} | ${row.revenue} |`).join('\n')}\n`;
  const events = rows.map((row) => JSON.stringify({ event: 'month.closed', ...row })).join('\n');
  const pdf = createSamplePdf(['Summary of the third quarter', 'Revenue: 267,000', 'Best month: August']);
  return [
    ['reports/2026/revenue.csv', Buffer.from(csv), 20.4],
    ['reports/2026/q3-report.md', Buffer.from(report), 20.3],
    ['reports/2026/q3-chart.png', createSampleChart(), 20.3],
    ['reports/2026/q3-summary.pdf', pdf, 20.2],
    [
      'reports/2026/figures.json',
      Buffer.from(`${JSON.stringify({ currency: 'EUR', rows }, null, 2)}\n`),
      5.5,
    ],
    ['reports/2026/events.ndjson', Buffer.from(`${events}\n`), 0.2],
  ];
}

function toMimeType(name: string): string {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const mimeType = MIME_TYPES[extension];
  if (mimeType === undefined) throw new Error(`The sample has no type for .${extension}`);
  return mimeType;
}
