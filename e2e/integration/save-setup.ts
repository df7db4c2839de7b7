import { randomUUID } from 'node:crypto';
import type { RemoteFile } from '#app/files/remote-file.ts';
import type { TransferState } from '#app/transfers/transfer.ts';
import { DISK_PATIENCE } from '../../main/disk/disk-patience.ts';
import { patientDisk } from '../../main/disk/patient-disk.ts';
import { openContent } from '../../main/openrouter/content.ts';
import { createTransport } from '../../main/openrouter/transport.ts';
import type { AttemptReport } from '../../main/transfers/attempt.ts';
import { type SaveServices, saveFile } from '../../main/transfers/saves/save-file.ts';
import type { FileIdentity, SaveOrder } from '../../main/transfers/saves/save-target.ts';
import { createSaveWork } from '../../main/transfers/saves/save-work.ts';

/** Says what is to be saved where; every order is a transfer of its own. */
export function createOrder(
  file: Pick<RemoteFile, 'id' | 'sizeBytes'>,
  path: string,
  replaces: FileIdentity | null = null,
): SaveOrder {
  return {
    id: randomUUID(),
    file: {
      id: file.id,
      sizeBytes: file.sizeBytes,
      name: 'out/report.csv',
      mimeType: 'text/csv',
      createdAt: 0,
      isSaveable: true,
    },
    target: { path, replaces },
  };
}

/** What it keeps open ends with the server at its other end. */
const { send } = createTransport();

/** Opens content as the app does, but for the transport that needs Electron. */
export function openContentAt(baseUrl: string, key: string): SaveServices['openContent'] {
  return (id, options) =>
    openContent(
      { url: `${baseUrl}/files/${id}/content`, headers: { Authorization: `Bearer ${key}` } },
      options,
      send,
      (text) => text,
    );
}

/** The disk of a save, as the app has it. */
export const SAVE_DISK = { disk: patientDisk, work: createSaveWork(), patience: DISK_PATIENCE };

/** One attempt under way, with what it has said so far. */
export interface Attempt {
  /** Its final path. */
  readonly path: Promise<string>;
  readonly states: readonly TransferState[];
  readonly progress: readonly number[];
  /** What `beforePlacing` was given; null before. */
  readonly placing: FileIdentity | null;
  /** Settles when bytes of it have come. */
  readonly received: Promise<void>;
  abort(): void;
}

/** Begins an attempt of a save. */
export function beginSave(
  order: SaveOrder,
  content: SaveServices['openContent'],
  beforePlacing: () => Promise<void> = async () => undefined,
): Attempt {
  const controller = new AbortController();
  const states: TransferState[] = [];
  const progress: number[] = [];
  let placing: FileIdentity | null = null;
  let onReceived: () => void = () => undefined;
  const received = new Promise<void>((resolve) => {
    onReceived = resolve;
  });
  const report: AttemptReport = {
    move: (state) => states.push(state),
    size: () => undefined,
    progress: (bytes) => {
      progress.push(bytes);
      if (bytes > 0) onReceived();
    },
  };
  const services: SaveServices = {
    openContent: content,
    beforePlacing: async (identity) => {
      placing = identity;
      await beforePlacing();
      return () => undefined;
    },
    ...SAVE_DISK,
  };
  const path = saveFile(order, services, report, controller.signal);
  // A test may look at other things first.
  path.catch(() => undefined);
  return {
    path,
    states,
    progress,
    received,
    get placing() {
      return placing;
    },
    abort: () => controller.abort(),
  };
}
