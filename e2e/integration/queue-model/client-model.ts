import { Readable } from 'node:stream';
import { type AppError, AppFailure } from '#app/errors.ts';
import type { FileContent, OpenContentOptions } from '../../../main/file-store/file-content.ts';
import type { FileStore } from '../../../main/file-store/file-store.ts';
import type { FileUpload } from '../../../main/file-store/file-upload.ts';
import { type BodyReach, UploadFailure } from '../../../main/file-store/upload-failure.ts';
import { OPENROUTER_CAPABILITIES } from '../../../main/openrouter/capabilities.ts';
import { type ContentPlan, type Faults, HEALTHY, type Operation, type UploadPlan } from './faults.ts';
import { type ServerModel, toRemoteFile } from './server-model.ts';
import { later } from './virtual-time.ts';

/** What is told of the requests of a client. */
export interface RequestWatch {
  /** Called as a request begins; of an upload it answers the transfer's id. */
  onUpload(name: string): string | null;
  onContent(fileId: string): void;
  /** Called for the first page only. */
  onListing(): void;
  /** Called with the ids that a page tells of, as it arrives. */
  onRows(ids: readonly string[]): void;
  onProbe(): void;
  /** Called when the server has refused the key. */
  onUnauthorized(): void;
}

/** Makes a client of the modelled server that keeps to the contract of the real one. */
export function createClientModel(server: ServerModel, faults: Faults, watch: RequestWatch): FileStore {
  const told = (error: AppError) => {
    if (error.code === 'unauthorized') watch.onUnauthorized();
    return error;
  };
  const meet = async (operation: Operation, waitMs: number, error: AppError | null, signal: AbortSignal) => {
    await later(waitMs, signal).catch(() => {
      throw new AppFailure({ code: 'cancelled' });
    });
    const met = faults.find(operation) ?? error;
    if (met) throw new AppFailure(told(met));
  };
  const notModelled = () => Promise.reject(new Error('Transfers do not ask for this'));
  return {
    capabilities: OPENROUTER_CAPABILITIES,
    checkKey: async (signal) => {
      watch.onProbe();
      await later(10, signal);
      // What else it may say of the key is for the transfers to meet.
      const met = faults.find('probe');
      if (met) throw new AppFailure(met);
      return { label: null, scope: null };
    },
    listFiles: async (from, signal) => {
      if (from === null) watch.onListing();
      const { waitMs, error, isGarbled } = faults.lists.shift() ?? HEALTHY.list;
      await meet('list', waitMs, error, signal);
      const page = server.readPage(from, isGarbled);
      await meet('list', waitMs, null, signal);
      watch.onRows(page.files.map(({ id }) => id));
      return page;
    },
    uploadFile: async (upload) => {
      const transferId = watch.onUpload(upload.fileName);
      const sending = new SimulatedUpload(upload, server, transferId);
      try {
        return await sending.run(faults.uploads.shift() ?? HEALTHY.upload, () => faults.find('upload'));
      } catch (cause) {
        if (upload.signal.aborted) throw new UploadFailure({ code: 'cancelled' }, sending.reached, { cause });
        if (!(cause instanceof AppFailure)) throw cause;
        throw new UploadFailure(told(cause.error), sending.reached, { cause });
      }
    },
    openContent: async (id, options) => {
      watch.onContent(id);
      const plan = faults.contents.shift() ?? HEALTHY.content;
      await meet('content', plan.waitMs, plan.error, options.signal);
      const file = server.find(id);
      if (!file) throw new AppFailure({ code: 'notFound' });
      return toContent(file.content, plan, options);
    },
    readFile: async (id, signal) => {
      await meet('list', 10, null, signal);
      const file = server.find(id);
      if (!file) throw new AppFailure({ code: 'notFound' });
      return toRemoteFile(file);
    },
    deleteFile: notModelled,
  };
}

/** One upload on its way. */
class SimulatedUpload {
  reached: BodyReach = 'nothing';
  readonly #upload: FileUpload;
  readonly #server: ServerModel;
  readonly #transferId: string | null;

  constructor(upload: FileUpload, server: ServerModel, transferId: string | null) {
    this.#upload = upload;
    this.#server = server;
    this.#transferId = transferId;
  }

  async run(plan: UploadPlan, findOutage: () => AppError | null) {
    const { content, signal, onRead, onSent, beforeEnd, onWaiting, sizeBytes, fileName } = this.#upload;
    await later(plan.sendMs / 2, signal);
    const refused = findOutage() ?? (plan.reached === 'nothing' ? plan.error : null);
    if (refused) throw new AppFailure(refused);
    if (!content) throw new Error('Files of the model are small enough to be read once');
    const half = sizeBytes >> 1;
    onRead?.(content.subarray(0, half));
    this.reached = 'part';
    onSent(half);
    await later(plan.sendMs / 2, signal);
    if (plan.error && plan.reached === 'part') throw new AppFailure(plan.error);
    onRead?.(content.subarray(half));
    const bytes = Buffer.from(content);
    await beforeEnd?.();
    signal.throwIfAborted();
    this.reached = 'all';
    const file = { name: fileName, content: bytes, transferId: this.#transferId };
    const storing = plan.storeMs === null ? null : this.#server.addLater(file, plan.storeMs);
    onSent(sizeBytes);
    onWaiting();
    await later((plan.error ? 0 : (plan.storeMs ?? 0)) + plan.answerMs, signal);
    if (plan.error || !storing) throw new AppFailure(plan.error ?? { code: 'connectionLost' });
    return toRemoteFile(storing.stored());
  }
}

function toContent(
  content: Buffer,
  plan: ContentPlan,
  { signal, fromByte = 0 }: OpenContentOptions,
): FileContent {
  const startByte = plan.hasRanges ? fromByte : 0;
  const wanted = content.subarray(startByte);
  const body = Readable.from(sendPieces(wanted, plan));
  signal.addEventListener('abort', () => body.destroy(new AppFailure({ code: 'cancelled' })), { once: true });
  return {
    announcedBytes: plan.hasLength ? wanted.length : null,
    startByte,
    totalBytes: plan.hasLength ? content.length : null,
    body,
  };
}

async function* sendPieces(wanted: Buffer, { part, waitMs, isQuiet }: ContentPlan): AsyncGenerator<Buffer> {
  const end = Math.floor(wanted.length * part);
  const half = end >> 1;
  for (const piece of [wanted.subarray(0, half), wanted.subarray(half, end)]) {
    await later(waitMs);
    if (piece.length > 0) yield piece;
  }
  if (end < wanted.length && !isQuiet) throw new AppFailure({ code: 'connectionLost' });
}
