import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Transfer } from '#app/transfers/transfer.ts';
import type { TransferQueue } from '../../../main/transfers/queue/transfer-queue.ts';
import type { Person } from './person.ts';
import type { ServerModel } from './server-model.ts';

/** Looks at what transfers that are done say they did. */
export interface OutcomeWatch {
  look(queue: TransferQueue): void;
  /** Another program has put a file into the folder of saves. */
  noteForeign(path: string, content: Buffer): void;
  /** Reports what the folder of saves holds or lacks; no save is under way. */
  checkFolder(): void;
}

/** A file that must be in the folder of saves. */
interface ExpectedFile {
  readonly content: Buffer;
  /** The save that put it there; null for another program. */
  readonly transferId: string | null;
}

/** Makes a watch. */
export function createOutcomeWatch(
  server: ServerModel,
  person: Person,
  saveFolder: string,
  hasSeenBefore: (fileId: string, time: number) => boolean,
  report: (fault: string) => void,
): OutcomeWatch {
  const claims = new Map<string, string>();
  const savedTo = new Map<string, string>();
  const expected = new Map<string, ExpectedFile>();

  const checkUpload = ({ id, fileId, name, sizeBytes, startedAt }: Transfer) => {
    const file = server.everStored.get(fileId ?? '');
    if (!file) return report('An upload is done whose file was never on the server');
    if (file.sizeBytes !== sizeBytes) report('An upload is done with another size');
    if (file.name.normalize('NFC') !== name.normalize('NFC')) report('An upload is done under another name');
    if ((claims.get(file.id) ?? id) !== id) report('Two transfers claim one file');
    claims.set(file.id, id);
    const { transferId } = file;
    // One of unknown outcome that is sent again gives up what it may have left.
    const isGivenUp = transferId !== null && person.sentAgain.has(transferId);
    if (transferId !== null && transferId !== id && !isGivenUp)
      report("An upload is done with another's file");
    if (hasSeenBefore(file.id, startedAt ?? 0)) report('An upload is done with a file that was there before');
  };
  const checkSave = ({ id, fileId }: Transfer, path: string) => {
    if ((savedTo.get(id) ?? path) !== path) report('A file was saved twice');
    savedTo.set(id, path);
    const there = expected.get(path);
    const isOwn = there === undefined || there.transferId === id || person.mayReplace.get(id) === path;
    if (!isOwn) report('A save replaced a file unasked');
    const content = server.everStored.get(fileId ?? '')?.content ?? Buffer.alloc(0);
    expected.set(path, { content, transferId: id });
  };
  return {
    look: (queue) => {
      for (const transfer of queue.list()) {
        if (transfer.state !== 'done') continue;
        if (transfer.direction === 'upload') checkUpload(transfer);
        else if (!savedTo.has(transfer.id)) checkSave(transfer, queue.findPath(transfer.id) ?? '');
      }
      for (const [transferId, count] of countUploads(server)) {
        if (count > 1 + (person.sentAgain.get(transferId) ?? 0)) {
          report(`The server holds ${count} files of one upload`);
        }
      }
    },
    noteForeign: (path, content) => {
      expected.set(path, { content, transferId: null });
    },
    checkFolder: () => {
      const names = readdirSync(saveFolder);
      for (const [path, { content, transferId }] of expected) {
        const isThere = names.some((name) => join(saveFolder, name) === path);
        const owner = transferId === null ? "another program's" : 'saved';
        if (!isThere) report(`A ${owner} file is gone`);
        else if (!readFileSync(path).equals(content)) report(`A ${owner} file has another content`);
      }
      for (const name of names) {
        if (!expected.has(join(saveFolder, name)))
          report(`Left in the folder: ${name.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'ID')}`);
      }
    },
  };
}

function countUploads(server: ServerModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { transferId } of server.files()) {
    if (transferId !== null) counts.set(transferId, (counts.get(transferId) ?? 0) + 1);
  }
  return counts;
}
