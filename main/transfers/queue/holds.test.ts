import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import { createManualClock, type ManualClock } from '../../engine/manual-clock.ts';
import { createHolds, type Holds } from './holds.ts';

const OFFLINE: AppError = { code: 'offline' };
const UNAUTHORIZED: AppError = { code: 'unauthorized' };
const FORBIDDEN: AppError = { code: 'uploadForbidden', serverMessage: '', mayBeFull: true };
const refused = (retryAfterMs: number | null): AppError => ({ code: 'rateLimited', retryAfterMs });

let clock: ManualClock;
let holds: Holds;
let probe: ReturnType<typeof vi.fn<(signal: AbortSignal) => Promise<void>>>;
let onReachable: ReturnType<typeof vi.fn<() => void>>;
let toBeTried: Set<string>;
let onChange: ReturnType<typeof vi.fn<() => void>>;

beforeEach(() => {
  // The middle of the jitter.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  clock = createManualClock();
  probe = vi.fn<(signal: AbortSignal) => Promise<void>>().mockRejectedValue(new AppFailure(OFFLINE));
  onReachable = vi.fn<() => void>();
  onChange = vi.fn<() => void>();
  toBeTried = new Set(['a', 'b']);
  holds = createHolds({ clock, probe, onReachable, onChange, isToBeTried: (id) => toBeTried.has(id) });
});
afterEach(() => {
  holds.close();
  vi.restoreAllMocks();
});

describe('a hold of a 429', () => {
  it('lasts as long as the server asks, and ends by itself', async () => {
    holds.add('all', refused(3000));
    expect(holds.list()).toEqual([{ scope: 'all', error: refused(3000), resumesAt: clock.now() + 3000 }]);
    expect(holds.needsPerson('upload')).toBe(false);
    await clock.pass(2999);
    expect(holds.isHeld('save')).toBe(true);
    onChange.mockClear();
    await clock.pass(1);
    expect(holds.isHeld('save')).toBe(false);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('is the longest of those that were refused together', async () => {
    holds.add('all', refused(5000));
    holds.add('all', refused(2000));
    expect(holds.list()[0]?.resumesAt).toBe(clock.now() + 5000);
    holds.add('all', refused(9000));
    await clock.pass(8999);
    expect(holds.isHeld('upload')).toBe(true);
    await clock.pass(1);
    expect(holds.isHeld('upload')).toBe(false);
  });

  it('grows while nothing succeeds, counting refusals of one moment once', async () => {
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 3; count += 1) holds.add('all', refused(null));
      waits.push((holds.list()[0]?.resumesAt ?? 0) - clock.now());
      await clock.pass(60_000);
    }
    expect(waits).toEqual([1000, 2000, 4000]);
    holds.noteSuccess();
    holds.add('all', refused(null));
    expect(holds.list()[0]?.resumesAt).toBe(clock.now() + 1000);
  });

  it('lasts a second where the server asks for none', () => {
    holds.add('all', refused(0));
    expect(holds.list()[0]?.resumesAt).toBe(clock.now() + 1000);
  });
});

describe('a hold while something is in the way', () => {
  it.each<AppError>([
    { code: 'untrustedCertificate' },
    { code: 'proxyRefused', status: 503 },
    { code: 'proxyRefused', status: 407 },
  ])('($code) ends by itself once the server can be reached', async (error) => {
    probe.mockRejectedValue(new AppFailure(error));
    holds.add('all', error);
    expect(holds.needsPerson('upload')).toBe(false);
    await clock.pass(100_000);
    expect(holds.list()).toEqual([{ scope: 'all', error, resumesAt: null }]);
    probe.mockResolvedValue(undefined);
    await clock.pass(30_000);
    expect(holds.list()).toEqual([]);
    expect(onReachable).toHaveBeenCalledOnce();
  });
});

describe('a hold while offline', () => {
  it('asks the server at growing intervals and ends once it can be reached', async () => {
    holds.add('all', OFFLINE);
    expect(holds.needsPerson('upload')).toBe(false);
    const start = clock.now();
    const asked: number[] = [];
    probe.mockImplementation(async () => {
      asked.push(clock.now() - start);
      throw new AppFailure(OFFLINE);
    });
    await clock.pass(100_000);
    expect(asked).toEqual([2000, 6000, 14_000, 30_000, 60_000, 90_000]);
    expect(holds.isHeld('upload')).toBe(true);
    probe.mockResolvedValue(undefined);
    await clock.pass(20_000);
    expect(holds.isHeld('upload')).toBe(false);
    expect(onReachable).toHaveBeenCalledOnce();
  });

  it('takes any answer of the server for being there', async () => {
    probe.mockRejectedValue(new AppFailure(UNAUTHORIZED));
    holds.add('all', OFFLINE);
    await clock.pass(2000);
    expect(holds.list()).toEqual([]);
  });

  it('is one hold however many meet it', async () => {
    for (let count = 0; count < 5; count += 1) holds.add('all', OFFLINE);
    await clock.pass(2000);
    expect(probe).toHaveBeenCalledOnce();
  });
});

describe('a hold that needs a person', () => {
  it('stays until they resume, and nothing takes its place', async () => {
    holds.add('all', UNAUTHORIZED);
    holds.add('all', OFFLINE);
    holds.add('all', refused(1000));
    await clock.pass(3_600_000);
    expect(holds.list()).toEqual([{ scope: 'all', error: UNAUTHORIZED, resumesAt: null }]);
    expect(holds.needsPerson('save')).toBe(true);
    expect(probe).not.toHaveBeenCalled();
    holds.clear();
    expect(holds.list()).toEqual([]);
  });

  it('takes the place of one that ends by itself', async () => {
    holds.add('all', refused(1000));
    holds.add('all', UNAUTHORIZED);
    await clock.pass(5000);
    expect(holds.list()).toMatchObject([{ error: UNAUTHORIZED }]);
    expect(clock.sleeperCount()).toBe(0);
  });

  it('ends with the transfers that caused it', () => {
    holds.add('uploads', FORBIDDEN, 'a');
    holds.add('uploads', FORBIDDEN, 'b');
    toBeTried.delete('a');
    holds.dropCauseless();
    expect(holds.isHeld('upload')).toBe(true);
    onChange.mockClear();
    toBeTried.delete('b');
    holds.dropCauseless();
    expect(holds.list()).toEqual([]);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('stays where no transfer caused it, or others met something else since', () => {
    holds.add('all', { code: 'journalUnwritable' });
    holds.add('uploads', FORBIDDEN, 'a');
    holds.add('uploads', { code: 'paymentRequired', serverMessage: '' }, 'b');
    toBeTried.clear();
    holds.dropCauseless();
    expect(holds.list()).toMatchObject([{ error: { code: 'journalUnwritable' } }]);
  });

  it('of the key stays, whatever becomes of the transfers that met it', () => {
    holds.add('all', UNAUTHORIZED, 'a');
    toBeTried.delete('a');
    holds.dropCauseless();
    expect(holds.list()).toMatchObject([{ error: UNAUTHORIZED }]);
  });

  it('of uploads lets saves go on', () => {
    holds.add('uploads', FORBIDDEN);
    expect([holds.isHeld('upload'), holds.isHeld('save')]).toEqual([true, false]);
    expect([holds.needsPerson('upload'), holds.needsPerson('save')]).toEqual([true, false]);
    holds.add('all', OFFLINE);
    expect(holds.list()).toHaveLength(2);
  });
});

describe('waiting for holds', () => {
  it('ends when nothing holds everything, whatever holds uploads', async () => {
    const never = new AbortController().signal;
    holds.add('uploads', FORBIDDEN);
    await holds.whenClear(never);
    holds.add('all', refused(1000));
    let isClear = false;
    void holds.whenClear(never).then(() => {
      isClear = true;
    });
    await clock.pass(999);
    expect(isClear).toBe(false);
    await clock.pass(1);
    expect(isClear).toBe(true);
  });

  it('is broken off by an abort', async () => {
    holds.add('all', UNAUTHORIZED);
    const controller = new AbortController();
    const waiting = holds.whenClear(controller.signal);
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
  });

  it('leaves no timer behind a close', () => {
    holds.add('all', OFFLINE);
    holds.add('uploads', refused(1000));
    expect(clock.sleeperCount()).toBe(2);
    holds.close();
    expect(clock.sleeperCount()).toBe(0);
  });
});

describe('failures in a row', () => {
  const fail = (count: number) => {
    for (let failure = 0; failure < count; failure += 1) holds.noteFailure({ code: 'connectionLost' });
  };

  it('hold everything for a while from the tenth on', async () => {
    fail(9);
    expect(holds.list()).toEqual([]);
    fail(1);
    expect(holds.list()).toMatchObject([{ scope: 'all', resumesAt: clock.now() + 1000 }]);
    await clock.pass(1000);
    fail(1);
    expect(holds.list()).toMatchObject([{ resumesAt: clock.now() + 2000 }]);
  });

  it('begin anew with a success', () => {
    fail(9);
    holds.noteSuccess();
    fail(9);
    expect(holds.list()).toEqual([]);
  });
});
