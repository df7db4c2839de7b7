import type { JournalFile } from './journal-file.ts';

/** What becomes of a call that writes. `kept` is how many bytes of an `append` reach the disk, or whether a `replace` does. */
export type Outcome =
  | { readonly end: 'done' }
  | { readonly end: 'failure' | 'powerCut'; readonly kept: number; readonly zeros?: number };

/** The calls that write. */
type WritingCall = 'append' | 'replace' | 'cutTo' | 'setAside';

/** A journal's file in memory, for tests. */
export interface MemoryJournalFile extends JournalFile {
  /** What a crash now would leave. */
  content(): Uint8Array | null;
  readonly asides: readonly Uint8Array[];
  /** The calls that wrote, in order. */
  readonly calls: readonly WritingCall[];
  /** What a power cut now could bring back; null when nothing. */
  earlier(): { readonly content: Uint8Array | null } | null;
}

const DONE: Outcome = { end: 'done' };

/** Makes such a file; `decide` may hold a call up, make it fail, or cut the power, after which all calls fail. */
export function createMemoryJournalFile(
  start: Uint8Array | null = null,
  decide: (call: WritingCall, byteCount: number) => Outcome | Promise<Outcome> = () => DONE,
): MemoryJournalFile {
  let content = start;
  let goodLength = start?.length ?? 0;
  let earlier: { readonly content: Uint8Array | null } | null = null;
  let isOff = false;
  const asides: Uint8Array[] = [];
  const calls: WritingCall[] = [];

  const begin = async (call: WritingCall, byteCount: number) => {
    if (isOff) throw new Error('EIO: no power');
    calls.push(call);
    const outcome = await decide(call, byteCount);
    isOff = outcome.end === 'powerCut';
    return outcome;
  };
  const fail = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  };
  return {
    asides,
    calls,
    content: () => content,
    earlier: () => earlier,
    read: async () => content,
    append: async (bytes) => {
      const outcome = await begin('append', bytes.length);
      const good = (content ?? new Uint8Array()).subarray(0, goodLength);
      if (outcome.end === 'done') {
        content = Buffer.concat([good, bytes]);
        goodLength = content.length;
        earlier = null;
        return;
      }
      content = Buffer.concat([good, bytes.subarray(0, outcome.kept), Buffer.alloc(outcome.zeros ?? 0)]);
      fail();
    },
    replace: async (bytes) => {
      const outcome = await begin('replace', bytes.length);
      if (outcome.end === 'done' || (outcome.end === 'powerCut' && outcome.kept > 0)) {
        earlier ??= { content };
        content = bytes;
        goodLength = bytes.length;
      }
      if (outcome.end !== 'done') fail();
    },
    cutTo: async (byteCount) => {
      const outcome = await begin('cutTo', 0);
      if (outcome.end !== 'done') fail();
      content = (content ?? new Uint8Array()).subarray(0, byteCount);
      goodLength = byteCount;
      earlier = null;
    },
    setAside: async () => {
      const outcome = await begin('setAside', 0);
      if (outcome.end !== 'done') fail();
      if (content) asides.push(content);
      return content && `aside-${asides.length}`;
    },
    close: async () => undefined,
  };
}
