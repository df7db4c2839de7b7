import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure } from '#app/errors.ts';
import { MAX_FILE_SIZE_BYTES, OPENROUTER_CAPABILITIES } from '../../openrouter/capabilities.ts';
import { checkUpload, type UploadChecks } from './check-upload.ts';
import { HEAD_BYTES } from './content/content.ts';

const NOTHING_KNOWN: UploadChecks = {
  capabilities: OPENROUTER_CAPABILITIES,
  answered: [],
  hasOpenUpload: () => false,
  findSameName: () => null,
  hasContentOfSize: () => false,
  findSameContent: () => null,
  freeBytes: () => null,
};

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-for-openrouter-'));
  path = join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function check(checks: Partial<UploadChecks> = {}, name = 'file.txt', signal?: AbortSignal) {
  const source = { path, name, sizeBytes: 0 };
  const upload = await checkUpload(
    source,
    { ...NOTHING_KNOWN, ...checks },
    signal ?? new AbortController().signal,
  );
  await upload.file.close();
  return upload;
}

/** Gives the error that the check ends with. */
async function findRefusal(checks: Partial<UploadChecks> = {}, name?: string, signal?: AbortSignal) {
  try {
    await check(checks, name, signal);
    return null;
  } catch (error) {
    return error instanceof AppFailure ? error.error : error;
  }
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

describe('refusing an upload before a byte leaves', () => {
  it('takes a small text, and gives its content', async () => {
    await writeFile(path, 'grüße');
    const upload = await check();
    expect(upload).toMatchObject({ sizeBytes: 7, isText: true, sha256: null, question: null });
    expect(Buffer.from(upload.content ?? []).toString()).toBe('grüße');
  });

  it('refuses a name against the server’s rules, and suggests another', async () => {
    await writeFile(path, 'x');
    const refusal = {
      code: 'invalidName',
      problem: 'forbiddenCharacter',
      part: 'file',
      suggestedName: 'a_b.txt',
    };
    expect(await findRefusal({}, 'a:b.txt')).toEqual(refusal);
  });

  it('refuses a file that is missing', async () => {
    expect(await findRefusal()).toEqual({ code: 'fileMissing' });
  });

  it('refuses an empty file', async () => {
    await writeFile(path, '');
    expect(await findRefusal()).toEqual({ code: 'fileEmpty' });
  });

  it('takes 100 MiB and refuses one byte more', async () => {
    await writeFile(path, '%PDF-1.7\n');
    await truncate(path, MAX_FILE_SIZE_BYTES);
    const upload = await check();
    expect(upload).toMatchObject({ sizeBytes: MAX_FILE_SIZE_BYTES, isText: false, content: null });
    await truncate(path, MAX_FILE_SIZE_BYTES + 1);
    expect(await findRefusal()).toEqual({
      code: 'fileTooLarge',
      sizeBytes: MAX_FILE_SIZE_BYTES + 1,
      limitBytes: MAX_FILE_SIZE_BYTES,
    });
  });

  it('judges by the content, whatever the name says', async () => {
    await writeFile(path, Buffer.from('1f8b0800000000000003', 'hex'));
    expect(await findRefusal({}, 'report.pdf')).toEqual({
      code: 'unsupportedType',
      contentKind: 'archive',
    });
    await writeFile(path, Buffer.from([0, 1, 2]));
    expect(await findRefusal({}, 'a.txt')).toEqual({ code: 'unsupportedType', contentKind: 'unknown' });
  });

  it('refuses a text for its last byte before any of it is sent, short or long', async () => {
    for (const sizeBytes of [4, HEAD_BYTES, 20_000_000]) {
      await writeFile(path, Buffer.concat([Buffer.alloc(sizeBytes, 'text'), Buffer.from([0])]));
      expect(await findRefusal()).toEqual({ code: 'unsupportedType', contentKind: 'textWithNul' });
    }
    await writeFile(path, Buffer.concat([Buffer.alloc(HEAD_BYTES, 'a'), Buffer.from([0xff])]));
    expect(await findRefusal()).toMatchObject({ code: 'notUtf8' });
  });

  it('leaves the middle of a very long text to be checked while it is sent', async () => {
    const bytes = Buffer.alloc(20_000_000, 'a');
    bytes[10_000_000] = 0;
    await writeFile(path, bytes);
    expect(await check()).toMatchObject({ isText: true, content: null });
  });

  it('tells text in another encoding, and which it looks like', async () => {
    await writeFile(path, Buffer.from('Gr\xf6\xdfe;Preis\n', 'latin1'));
    expect(await findRefusal({}, 'a.csv')).toEqual({ code: 'notUtf8', encoding: 'windows-1252' });
  });

  it('sends what is not certain to be refused', async () => {
    await writeFile(
      path,
      Buffer.concat([Buffer.from('RF64\xff\xff\xff\xffWAVEds64', 'latin1'), Buffer.alloc(90)]),
    );
    expect(await check({}, 'long.wav')).toMatchObject({ isText: false });
  });

  it('refuses before it asks', async () => {
    await writeFile(path, Buffer.from([0, 1, 2]));
    const checks = { findSameName: () => 'or_file_1' };
    expect(await findRefusal(checks)).toEqual({ code: 'unsupportedType', contentKind: 'unknown' });
  });

  it('stops when it is told to', async () => {
    await writeFile(path, 'x');
    expect(await findRefusal({}, 'a.txt', AbortSignal.abort())).toEqual({ code: 'cancelled' });
  });

  it('notices a change after the check', async () => {
    await writeFile(path, 'before');
    const upload = await checkUpload(
      { path, name: 'a.txt', sizeBytes: 6 },
      NOTHING_KNOWN,
      new AbortController().signal,
    );
    await expect(upload.findChange()).resolves.toBe('none');
    await truncate(path, 3);
    await expect(upload.findChange()).rejects.toMatchObject({ error: { code: 'fileChanged' } });
    await upload.file.close();
  });

  it.runIf(process.platform === 'linux')('leaves no refused file open', async () => {
    await writeFile(path, Buffer.from([0, 1, 2]));
    await findRefusal();
    await findRefusal({}, 'a.txt', AbortSignal.abort());
    const open = await readdir('/proc/self/fd');
    const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
    expect(targets).not.toContain(path);
  });
});

describe('asking before an upload', () => {
  const sameName: Partial<UploadChecks> = {
    findSameName: (name, sizeBytes) => (name === 'file.txt' && sizeBytes === 3 ? 'or_file_1' : null),
  };
  const sameContent: Partial<UploadChecks> = {
    hasContentOfSize: (sizeBytes) => sizeBytes === 3,
    findSameContent: (sizeBytes, hash) =>
      sizeBytes === 3 && hash === sha256('abc') ? { fileId: 'or_file_2', name: 'other.txt' } : null,
  };
  const full: Partial<UploadChecks> = { freeBytes: () => 2 };

  beforeEach(() => writeFile(path, 'abc'));

  it('asks about the name first, then about the content, then about the room', async () => {
    expect((await check({ ...full, ...sameContent, ...sameName })).question).toEqual({
      kind: 'sameName',
      fileId: 'or_file_1',
    });
    expect((await check({ ...full, ...sameContent })).question).toEqual({
      kind: 'sameContent',
      fileId: 'or_file_2',
      name: 'other.txt',
    });
    expect((await check(full)).question).toEqual({ kind: 'overQuota', freeBytes: 2 });
  });

  it('asks nothing of another name, another content or room enough', async () => {
    await writeFile(path, 'abd');
    const upload = await check({ ...sameContent, ...sameName, freeBytes: () => 3 }, 'other.txt');
    expect(upload).toMatchObject({ question: null, sha256: sha256('abd') });
  });

  it('hashes nothing of a size that was never uploaded', async () => {
    await writeFile(path, 'abcd');
    const upload = await check(sameContent);
    expect(upload).toMatchObject({ question: null, sha256: null });
  });

  it('hashes a file that is too large to be kept', async () => {
    const content = 'grüße '.repeat(100_000);
    await writeFile(path, content);
    const checks: Partial<UploadChecks> = {
      hasContentOfSize: () => true,
      findSameContent: (_sizeBytes, hash) =>
        hash === sha256(content) ? { fileId: 'or_file_3', name: 'long.txt' } : null,
    };
    expect((await check(checks)).question).toMatchObject({ kind: 'sameContent', fileId: 'or_file_3' });
  });

  it('stops hashing when it is told to', async () => {
    await writeFile(path, 'x'.repeat(1_000_000));
    const controller = new AbortController();
    const checks: Partial<UploadChecks> = {
      hasContentOfSize: () => {
        controller.abort();
        return true;
      },
    };
    expect(await findRefusal(checks, 'a.txt', controller.signal)).toEqual({ code: 'cancelled' });
  });

  it('asks nothing once the person has answered, and reads nothing for it', async () => {
    const upload = await check({
      ...full,
      ...sameContent,
      ...sameName,
      answered: ['sameName', 'sameContent', 'overQuota'],
    });
    expect(upload).toMatchObject({ question: null, sha256: null });
  });

  it('still refuses once the person has answered', async () => {
    await writeFile(path, '');
    expect(await findRefusal({ answered: ['sameName'] })).toEqual({ code: 'fileEmpty' });
  });
});
