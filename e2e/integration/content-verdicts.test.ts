import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import type { UploadConsent } from '#app/transfers/transfer.ts';
import type { FileUpload } from '../../main/file-store/file-upload.ts';
import { OPENROUTER_CAPABILITIES } from '../../main/openrouter/capabilities.ts';
import { uploadFile } from '../../main/openrouter/upload.ts';
import { toContentOfBytes } from '../../main/transfers/uploads/content/content.ts';
import { judgeContent } from '../../main/transfers/uploads/content/judge-content.ts';
import { convertToUtf8 } from '../../main/transfers/uploads/convert-to-utf8.ts';
import { attemptUpload } from '../../main/transfers/uploads/upload-attempt.ts';
import { getContentCases } from '../content/content-cases.ts';
import { createEncodedTexts } from '../content/text-files.ts';
import { type LocalServer, startServer } from '../server/server.ts';
import { keepTemporaryFolders } from './temporary-folder.ts';
import { keepUploads } from './upload-setup.ts';

const CASES = getContentCases().filter(({ bytes }) => bytes.length < 1_000_000);
/** One of each kind is enough for what only differs in its reason. */
const UNDECIDED = CASES.filter(({ expected }) => expected.verdict === 'undecided');
const REFUSED = [
  ...new Map(
    CASES.filter(({ expected }) => expected.verdict === 'refused' || expected.verdict === 'notUtf8').map(
      (example) => [JSON.stringify(example.expected), example] as const,
    ),
  ).values(),
];

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const { createTransport } = keepUploads();
const makeFolder = keepTemporaryFolders();
let server: LocalServer;

beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const toRequest = () => ({
  url: `${server.baseUrl}/files`,
  headers: { Authorization: `Bearer ${server.apiKey}` },
});

/** Checks and sends a file as the queue does; gives the error, or null when it is stored. */
async function upload(bytes: Buffer, answered: readonly UploadConsent[] = []) {
  const path = join(await makeFolder(), 'source');
  await writeFile(path, bytes);
  const transport = createTransport();
  const services = {
    checks: {
      capabilities: OPENROUTER_CAPABILITIES,
      answered,
      findSameName: () => null,
      hasOpenUpload: () => false,
      hasContentOfSize: () => false,
      findSameContent: () => null,
      freeBytes: () => null,
    },
    getReady: async () => undefined,
    uploadFile: (file: FileUpload) => uploadFile(toRequest(), file, transport, (words) => words),
  };
  const report = {
    move: () => undefined,
    size: () => undefined,
    diskWait: () => undefined,
    progress: () => undefined,
  };
  const source = { path, name: 'source', sizeBytes: bytes.length };
  try {
    await attemptUpload(source, services, report, new AbortController().signal);
    return null;
  } catch (error) {
    return error instanceof AppFailure ? error.error : error;
  }
}

const takeAll = () => {
  const unlisted = ['audio/x-rf64', 'audio/x-ape-tagged', 'application/ogg', 'application/zip'];
  const office = 'application/vnd.openxmlformats-officedocument';
  const templates = [
    'wordprocessingml.template',
    'spreadsheetml.template',
    'presentationml.template',
    'presentationml.slideshow',
  ].map((kind) => `${office}.${kind}`);
  server.settings.types = { takes: [...unlisted, ...templates, 'application/octet-stream'], refuses: [] };
};

describe('content that is undecided goes to the server', () => {
  test.each(UNDECIDED)('which may take it: $name', async ({ bytes }) => {
    takeAll();
    expect(await upload(bytes)).toBeNull();
    expect(server.files.size).toBe(1);
  });

  test.each(UNDECIDED)('or refuse it in its own words: $name', async ({ bytes }) => {
    server.settings.types = { takes: [], refuses: ['audio/mpeg', DOCX] };
    const error = await upload(bytes);
    expect(error).toMatchObject({ code: 'invalidFile', serverMessage: expect.stringContaining('type') });
    expect(server.files.size).toBe(0);
  });
});

describe('content that the app refuses', () => {
  test.each(REFUSED)('stays here: $name', async ({ bytes, expected }) => {
    const { verdict, ...facts } = expected;
    const code = verdict === 'refused' ? 'unsupportedType' : 'notUtf8';
    expect(await upload(bytes)).toEqual({ code, ...facts });
    expect(server.requests.all('upload')).toEqual([]);
  });

  test.each(REFUSED)('is the server’s to judge when it is sent anyway: $name', async ({ bytes }) => {
    expect(await upload(bytes, ['content'])).toMatchObject({ code: 'invalidFile' });
    expect(server.files.size).toBe(0);
  });

  test('may turn out to be taken when it is sent anyway', async () => {
    server.settings.types = { takes: ['application/zip', 'application/octet-stream'], refuses: [] };
    for (const name of ['a ZIP', 'noise']) {
      const example = CASES.find((other) => other.name === name);
      expect(await upload(example?.bytes ?? Buffer.alloc(0), ['content'])).toBeNull();
    }
    expect(
      server.files
        .all()
        .map(({ mimeType }) => mimeType)
        .sort(),
    ).toEqual(['application/octet-stream', 'application/zip']);
  });
});

describe('a text in another encoding, converted', () => {
  test.each([...createEncodedTexts()])(
    'is the same text in UTF-8, and stored: $encoding',
    async (example) => {
      const folder = await makeFolder();
      const path = join(folder, 'source');
      await writeFile(path, example.bytes);
      const judged = await judgeContent(toContentOfBytes(example.bytes));
      expect(judged).toEqual({ verdict: 'notUtf8', encoding: example.encoding });
      const target = join(folder, 'copy');
      await convertToUtf8({ path, encoding: example.encoding }, target, new AbortController().signal);
      const copy = await readFile(target);
      expect(copy.toString()).toBe(example.text);
      expect(await upload(copy)).toBeNull();
    },
  );
});
