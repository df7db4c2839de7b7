import { fileURLToPath } from 'node:url';
import { dropFiles } from '../harness/drop-files.ts';
import { expect, test } from '../harness/test.ts';

const toSamplePath = (name: string) => fileURLToPath(new URL(`../content/samples/${name}`, import.meta.url));

const TAKEN = [
  'openpyxl-3.0.xlsx',
  'sheetjs-0.18.xlsx',
  'libreoffice-7.4-text.docx',
  'descriptor-nosig-ct-second.xlsx',
  'pdf-after-lf.pdf',
  'pdf-after-gs-banner.pdf',
];

test('genuine files are uploaded, what is not certain is the server’s to decide, and other text says what it is', async ({
  openFiles,
  server,
}) => {
  server.settings.types = { takes: ['audio/x-ape-tagged'], refuses: [] };
  const { page, transfers } = await openFiles();
  const refused = ['latin1.xml', 'cp1252.csv'];
  await dropFiles(page, [...TAKEN, 'mp3-after-apev2.mp3', ...refused].map(toSamplePath));
  for (const name of refused) {
    await transfers.expectState(name, 'Failed');
    await expect(transfers.item(name)).toContainText('This is text, but not UTF-8');
    await expect(transfers.item(name)).toContainText('Windows-1252');
  }
  await expect.poll(() => server.files.size).toBe(TAKEN.length + 1);
  expect(
    server.files
      .all()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...TAKEN, 'mp3-after-apev2.mp3'].sort());
});
