import { afterAll, beforeAll, expect, test } from 'vitest';
import { callServer, toRows } from './raw-client.ts';
import { addSampleWorkspace } from './sample-workspace.ts';
import { type LocalServer, startServer } from './server.ts';
import { ContentSniffer } from './sniff.ts';
import type { StoredFile } from './store.ts';
import { checkUploadName } from './upload-name-rules.ts';

const NOW = Date.parse('2026-10-01T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;

let server: LocalServer;
let files: readonly StoredFile[];

beforeAll(async () => {
  server = await startServer({ now: () => NOW });
  files = addSampleWorkspace(server.files, NOW);
});

afterAll(async () => {
  await server.close();
});

test('40 files of 17 types with valid names, spread over months up to now', async () => {
  expect(toRows(await callServer(server, '/files'))).toHaveLength(40);
  expect(new Set(files.map((file) => file.mimeType)).size).toBe(17);
  for (const file of files) checkUploadName(file.name);
  expect(Math.max(...files.map((file) => file.name.length))).toBeGreaterThan(200);
  const ages = files.map((file) => (NOW - file.createdAt) / DAY_MS);
  expect(Math.min(...ages)).toBeLessThan(1);
  expect(Math.max(...ages)).toBeGreaterThan(200);
});

test('six are server-generated, and their bytes are what their names say', async () => {
  const generated = files.filter((file) => file.downloadable);
  expect(generated).toHaveLength(6);
  for (const file of generated) {
    const { bytes } = await callServer(server, `/files/${file.id}/content`);
    expect(bytes).toHaveLength(file.sizeBytes);
    const sniffer = new ContentSniffer();
    sniffer.update(bytes);
    expect(sniffer.finish()).toBe(file.mimeType);
  }
});

test('the PDF points to its own objects', async () => {
  const [pdf] = server.files.named('reports/2026/q3-summary.pdf');
  const text = (await callServer(server, `/files/${pdf?.id}/content`)).bytes.toString('latin1');
  const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n/gm)].map((match) => Number(match[1]));
  expect(text.slice(start)).toMatch(/^xref\n0 6\n/);
  expect(offsets.map((offset) => text.slice(offset, offset + 7))).toEqual(
    [1, 2, 3, 4, 5].map((n) => `${n} 0 obj`),
  );
});
