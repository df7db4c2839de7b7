import { readFileSync } from 'node:fs';
import { ACCEPTED, type ContentCase, type ExpectedVerdict, notUtf8, UNDECIDED } from './content-case.ts';
import { createOfficeFiles } from './office-files.ts';
import { createAudio, createPdfs, createPicturesAndBinaries } from './other-files.ts';
import { createTexts } from './text-files.ts';

const SAMPLES: readonly (readonly [name: string, expected: ExpectedVerdict])[] = [
  ['openpyxl-3.0.xlsx', ACCEPTED],
  ['sheetjs-0.18.xlsx', ACCEPTED],
  ['libreoffice-7.4-text.docx', ACCEPTED],
  ['descriptor-nosig-ct-second.xlsx', ACCEPTED],
  ['pdf-after-lf.pdf', ACCEPTED],
  ['pdf-after-gs-banner.pdf', ACCEPTED],
  ['mp3-after-apev2.mp3', UNDECIDED],
  ['latin1.xml', notUtf8('windows-1252')],
  ['cp1252.csv', notUtf8('windows-1252')],
];

let made: readonly ContentCase[] | null = null;

/** Gives every file of the generator, and the samples of real programs; made once for all tests of a process. */
export function getContentCases(): readonly ContentCase[] {
  made ??= [
    ...createOfficeFiles(),
    ...createPdfs(),
    ...createAudio(),
    ...createPicturesAndBinaries(),
    ...createTexts(),
    ...SAMPLES.map(([name, expected]) => ({
      name,
      bytes: readFileSync(new URL(`samples/${name}`, import.meta.url)),
      expected,
      source: 'a file of the program in its name; see samples/README.md',
    })),
  ];
  return made;
}
