import { assertNever } from '#app/assert-never.ts';
import { AppFailure } from '#app/errors.ts';
import { findNameProblem, suggestRename } from '#app/files/upload-name.ts';
import type { TransferQuestion, UploadConsent } from '#app/transfers/transfer.ts';
import type { LocationCapabilities } from '../../file-store/location-capabilities.ts';
import { confirmContent } from './confirm-content.ts';
import { checkRestOfText } from './content/check-text.ts';
import { type Content, HEAD_BYTES, toContent } from './content/content.ts';
import { judgeContent } from './content/judge-content.ts';
import { hashContent, hashFile } from './hash.ts';
import { type OpenFile, readFully, type SourceFile } from './source-file.ts';
import { isPrivateKey } from './upload-concerns.ts';
import { openSource, type UploadSource } from './upload-source.ts';

/** What the checks need to know of the location and of earlier uploads. */
export interface UploadChecks {
  /** What the person has agreed to of this upload: that is not asked again, and content not judged. */
  readonly answered: readonly UploadConsent[];
  /** Finds a file of this name and size on the server and gives its id; null when there is none. */
  readonly findSameName: (name: string, sizeBytes: number) => string | null;
  /** Whether an upload of this name and size is there whose outcome is unknown. */
  readonly hasOpenUpload: (name: string, sizeBytes: number) => boolean;
  /** Whether this computer has uploaded content of this size before: only then is the file hashed beforehand. */
  readonly hasContentOfSize: (sizeBytes: number) => boolean;
  /** Finds a file on the server that this computer has uploaded with the same content. */
  readonly findSameContent: (
    sizeBytes: number,
    sha256: string,
  ) => { readonly fileId: string; readonly name: string } | null;
  /** What the location takes. */
  readonly capabilities: Pick<LocationCapabilities, 'maxFileSizeBytes' | 'acceptedContent'>;
  /** Room in the workspace for this upload, in bytes; null when it is not known, or without end. */
  readonly freeBytes: () => number | null;
}

/** A file that may be sent. Whoever asked for it closes `file`. */
export interface CheckedUpload {
  readonly file: OpenFile;
  readonly sizeBytes: number;
  /** When the file was last written to, in milliseconds since the epoch, with fractions. */
  readonly modifiedAt: number;
  /**
   * Whether the server must find UTF-8 text in it. What was read of it is, so all of `content`; else the whole has to pass
   * `createTextCheck` while it is sent, and before the body ends, as the server refuses the file for one byte.
   */
  readonly isText: boolean;
  /** In lower-case hexadecimal; null unless it was hashed beforehand. */
  readonly sha256: string | null;
  /** What to ask the person first; null when it can simply be sent. */
  readonly question: TransferQuestion | null;
  /** The whole content if the file is small, so that it is read once; else null. */
  readonly content: Buffer | null;
  /** See {@link SourceFile.findChange}: what was sent is what was checked only if nothing has changed afterwards. */
  readonly findChange: SourceFile['findChange'];
}

/** The largest file whose content is kept: transfers that wait hold it in memory. */
const MAX_CONTENT_BYTES = 64 * 1024;
const ROOM_BYTES = 512 * 1024;

/**
 * Checks one file before a byte of it leaves. What the server would surely refuse throws an AppFailure: invalidName,
 * fileMissing, fileUnreadable, fileEmpty, fileTooLarge, unsupportedType, notUtf8; also fileChanged, and cancelled once
 * `signal` aborts. What a person may decide is in `question`: a likely secret or leftover, the same name and size on the server, an
 * upload of them whose outcome is unknown, the same content there, no room left, in this order.
 */
export async function checkUpload(
  source: UploadSource,
  checks: UploadChecks,
  signal: AbortSignal,
): Promise<CheckedUpload> {
  checkName(source.name);
  const open = () => openSource(source);
  const opened = await open();
  try {
    checkSize(opened.sizeBytes, checks.capabilities.maxFileSizeBytes);
    const head = await readHead(opened);
    // What a person sends anyway is the server's to judge, as all is where it takes any content.
    const isText =
      checks.capabilities.acceptedContent === 'documented' &&
      !checks.answered.includes('content') &&
      (await checkContent(toContent(head, opened.sizeBytes, opened.file), signal));
    if (signal.aborted) throw new AppFailure({ code: 'cancelled' });
    const content = opened.sizeBytes <= MAX_CONTENT_BYTES ? head : null;
    // Of a file that is written to while it is read half may be old.
    if (content && !(await opened.isUntouched())) await confirmContent(open, hashContent(content), signal);
    const question = findConcernQuestion(source, head, checks);
    if (question) return { ...opened, isText, sha256: null, question, content };
    const found = await findQuestion(source.name, opened, content, checks, signal);
    return { ...opened, isText, ...found, content };
  } catch (error) {
    opened.file.close();
    throw error;
  }
}

function checkName(name: string): void {
  const problem = findNameProblem(name);
  if (problem) throw new AppFailure({ code: 'invalidName', problem, ...suggestRename(name) });
}

function checkSize(sizeBytes: number, limitBytes: number | null): void {
  if (sizeBytes === 0) throw new AppFailure({ code: 'fileEmpty' });
  if (limitBytes !== null && sizeBytes > limitBytes)
    throw new AppFailure({ code: 'fileTooLarge', sizeBytes, limitBytes });
}

async function readHead({ file, sizeBytes }: SourceFile): Promise<Buffer> {
  const head = allocate(Math.min(sizeBytes, HEAD_BYTES));
  await readFully(file, head, 0);
  return head;
}

/** Small contents share memory: to get some for each takes longer than to read them. */
let room = Buffer.alloc(0);

function allocate(bytes: number): Buffer {
  if (bytes > MAX_CONTENT_BYTES) return Buffer.allocUnsafe(bytes);
  if (bytes > room.length) room = Buffer.allocUnsafe(ROOM_BYTES);
  const taken = room.subarray(0, bytes);
  room = room.subarray(bytes);
  return taken;
}

/** Tells whether the content must be text; throws unsupportedType and notUtf8, which both are the app's guess. */
async function checkContent(content: Content, signal: AbortSignal): Promise<boolean> {
  const judged = await judgeContent(content);
  switch (judged.verdict) {
    case 'accepted':
    case 'undecided':
      return false;
    case 'text':
      await checkRestOfText(content, signal);
      return true;
    case 'refused':
      throw new AppFailure({ code: 'unsupportedType', contentKind: judged.contentKind });
    case 'notUtf8':
      throw new AppFailure({ code: 'notUtf8', encoding: judged.encoding });
    default:
      return assertNever(judged);
  }
}

function findConcernQuestion(
  source: UploadSource,
  head: Buffer,
  { answered }: UploadChecks,
): TransferQuestion | null {
  if (answered.includes('sensitive')) return null;
  const concern = source.concern ?? (isPrivateKey(head) ? 'secret' : null);
  return concern === null ? null : { kind: 'sensitive', concern };
}

interface Finding {
  readonly question: TransferQuestion | null;
  readonly sha256: string | null;
}

async function findQuestion(
  name: string,
  { file, sizeBytes }: SourceFile,
  content: Buffer | null,
  checks: UploadChecks,
  signal: AbortSignal,
): Promise<Finding> {
  const isOpen = (kind: TransferQuestion['kind']) => !checks.answered.includes(kind);
  const fileId = isOpen('sameName') ? checks.findSameName(name, sizeBytes) : null;
  if (fileId !== null) return { question: { kind: 'sameName', fileId }, sha256: null };
  if (isOpen('openUpload') && checks.hasOpenUpload(name, sizeBytes)) {
    return { question: { kind: 'openUpload' }, sha256: null };
  }
  const sha256 =
    isOpen('sameContent') && checks.hasContentOfSize(sizeBytes)
      ? content
        ? hashContent(content)
        : await hashFile(file, sizeBytes, signal)
      : null;
  const same = sha256 === null ? null : checks.findSameContent(sizeBytes, sha256);
  // The file of the same name and size that the person has been asked about is not asked about once more.
  const isKnown = !isOpen('sameName') && same?.name.normalize('NFC') === name.normalize('NFC');
  if (same && !isKnown)
    return { question: { kind: 'sameContent', fileId: same.fileId, name: same.name }, sha256 };
  const freeBytes = isOpen('overQuota') ? checks.freeBytes() : null;
  const isOver = freeBytes !== null && sizeBytes > freeBytes;
  return { question: isOver ? { kind: 'overQuota', freeBytes } : null, sha256 };
}
