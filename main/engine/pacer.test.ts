import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AppError, AppFailure } from '#app/errors.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createPacer, type Pacer } from './pacer.ts';

const OFFLINE: AppError = { code: 'offline' };
const UNAUTHORIZED: AppError = { code: 'unauthorized' };
const FORBIDDEN: AppError = { code: 'uploadForbidden', serverMessage: '', mayBeFull: true };
const refused = (retryAfterMs: number | null): AppError => ({ code: 'rateLimited', retryAfterMs });

let clock: ManualClock;
let pacer: Pacer;
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
  pacer = createPacer({ clock, probe });
  pacer.listen({ onReachable, onChange });
});
afterEach(() => {
  pacer.close();
  vi.restoreAllMocks();
});

describe('a hold of a 429', () => {
  it('lasts as long as the server asks, and ends by itself', async () => {
    pacer.noteFailure('upload', refused(3000));
    expect(pacer.holds()).toEqual([{ scope: 'all', error: refused(3000), resumesAt: clock.now() + 3000 }]);
    expect(pacer.needsPerson('upload')).toBe(false);
    await clock.pass(2999);
    expect(pacer.isHeld('download')).toBe(true);
    onChange.mockClear();
    await clock.pass(1);
    expect(pacer.isHeld('download')).toBe(false);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('is the longest of those that were refused together', async () => {
    pacer.noteFailure('upload', refused(5000));
    pacer.noteFailure('upload', refused(2000));
    expect(pacer.holds()[0]?.resumesAt).toBe(clock.now() + 5000);
    pacer.noteFailure('upload', refused(9000));
    await clock.pass(8999);
    expect(pacer.isHeld('upload')).toBe(true);
    await clock.pass(1);
    expect(pacer.isHeld('upload')).toBe(false);
  });

  it('grows while nothing succeeds, counting refusals of one moment once', async () => {
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 3; count += 1) pacer.noteFailure('upload', refused(null));
      waits.push((pacer.holds()[0]?.resumesAt ?? 0) - clock.now());
      await clock.pass(60_000);
    }
    expect(waits).toEqual([1000, 2000, 4000]);
    pacer.noteSuccess();
    pacer.noteFailure('upload', refused(null));
    expect(pacer.holds()[0]?.resumesAt).toBe(clock.now() + 1000);
  });

  it('lasts a second where the server asks for none', () => {
    pacer.noteFailure('upload', refused(0));
    expect(pacer.holds()[0]?.resumesAt).toBe(clock.now() + 1000);
  });
});

describe('a hold while something is in the way', () => {
  it.each<AppError>([
    { code: 'untrustedCertificate' },
    { code: 'proxyRefused', status: 503 },
    { code: 'proxyRefused', status: 407 },
  ])('($code) ends by itself once the server can be reached', async (error) => {
    probe.mockRejectedValue(new AppFailure(error));
    pacer.noteFailure('upload', error);
    expect(pacer.needsPerson('upload')).toBe(false);
    await clock.pass(100_000);
    expect(pacer.holds()).toEqual([{ scope: 'all', error, resumesAt: null }]);
    probe.mockResolvedValue(undefined);
    await clock.pass(30_000);
    expect(pacer.holds()).toEqual([]);
    expect(onReachable).toHaveBeenCalledOnce();
  });
});

describe('a hold while offline', () => {
  it('asks the server at growing intervals and ends once it can be reached', async () => {
    pacer.noteFailure('upload', OFFLINE);
    expect(pacer.needsPerson('upload')).toBe(false);
    const start = clock.now();
    const asked: number[] = [];
    probe.mockImplementation(async () => {
      asked.push(clock.now() - start);
      throw new AppFailure(OFFLINE);
    });
    await clock.pass(100_000);
    expect(asked).toEqual([2000, 6000, 14_000, 30_000, 60_000, 90_000]);
    expect(pacer.isHeld('upload')).toBe(true);
    probe.mockResolvedValue(undefined);
    await clock.pass(20_000);
    expect(pacer.isHeld('upload')).toBe(false);
    expect(onReachable).toHaveBeenCalledOnce();
  });

  it('takes any answer of the server for being there', async () => {
    probe.mockRejectedValue(new AppFailure(UNAUTHORIZED));
    pacer.noteFailure('upload', OFFLINE);
    await clock.pass(2000);
    expect(pacer.holds()).toEqual([]);
  });

  it('is one hold however many meet it', async () => {
    for (let count = 0; count < 5; count += 1) pacer.noteFailure('upload', OFFLINE);
    await clock.pass(2000);
    expect(probe).toHaveBeenCalledOnce();
  });
});

describe('a hold that needs a person', () => {
  it('stays until they resume, and nothing takes its place', async () => {
    pacer.noteFailure('upload', UNAUTHORIZED);
    pacer.noteFailure('upload', OFFLINE);
    pacer.noteFailure('upload', refused(1000));
    await clock.pass(3_600_000);
    expect(pacer.holds()).toEqual([{ scope: 'all', error: UNAUTHORIZED, resumesAt: null }]);
    expect(pacer.needsPerson('download')).toBe(true);
    expect(probe).not.toHaveBeenCalled();
    pacer.clear();
    expect(pacer.holds()).toEqual([]);
  });

  it('takes the place of one that ends by itself', async () => {
    pacer.noteFailure('upload', refused(1000));
    pacer.noteFailure('upload', UNAUTHORIZED);
    await clock.pass(5000);
    expect(pacer.holds()).toMatchObject([{ error: UNAUTHORIZED }]);
    expect(clock.sleeperCount()).toBe(0);
  });

  it('ends with the transfers that caused it', () => {
    pacer.noteFailure('upload', FORBIDDEN, 'a');
    pacer.noteFailure('upload', FORBIDDEN, 'b');
    toBeTried.delete('a');
    pacer.dropCauseless((id) => toBeTried.has(id));
    expect(pacer.isHeld('upload')).toBe(true);
    onChange.mockClear();
    toBeTried.delete('b');
    pacer.dropCauseless((id) => toBeTried.has(id));
    expect(pacer.holds()).toEqual([]);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('stays where no transfer caused it, or others met something else since', () => {
    pacer.holdAll({ code: 'journalUnwritable' });
    pacer.noteFailure('upload', FORBIDDEN, 'a');
    pacer.noteFailure('upload', { code: 'paymentRequired', serverMessage: '' }, 'b');
    toBeTried.clear();
    pacer.dropCauseless((id) => toBeTried.has(id));
    expect(pacer.holds()).toMatchObject([{ error: { code: 'journalUnwritable' } }]);
  });

  it('of the key stays, whatever becomes of the transfers that met it', () => {
    pacer.noteFailure('upload', UNAUTHORIZED, 'a');
    toBeTried.delete('a');
    pacer.dropCauseless((id) => toBeTried.has(id));
    expect(pacer.holds()).toMatchObject([{ error: UNAUTHORIZED }]);
  });

  it('of uploads lets saves go on', () => {
    pacer.noteFailure('upload', FORBIDDEN);
    expect([pacer.isHeld('upload'), pacer.isHeld('download')]).toEqual([true, false]);
    expect([pacer.needsPerson('upload'), pacer.needsPerson('download')]).toEqual([true, false]);
    pacer.noteFailure('upload', OFFLINE);
    expect(pacer.holds()).toHaveLength(2);
  });
});

describe('waiting for holds', () => {
  it('ends when nothing holds everything, whatever holds uploads', async () => {
    const never = new AbortController().signal;
    pacer.noteFailure('upload', FORBIDDEN);
    await pacer.whenFree('verification', never);
    pacer.noteFailure('upload', refused(1000));
    let isClear = false;
    void pacer.whenFree('verification', never).then(() => {
      isClear = true;
    });
    await clock.pass(999);
    expect(isClear).toBe(false);
    await clock.pass(1);
    expect(isClear).toBe(true);
  });

  it('is broken off by an abort', async () => {
    pacer.noteFailure('upload', UNAUTHORIZED);
    const controller = new AbortController();
    const waiting = pacer.whenFree('verification', controller.signal);
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
  });

  it('leaves no timer behind a close', () => {
    pacer.noteFailure('upload', OFFLINE);
    pacer.noteFailure('upload', refused(1000));
    expect(clock.sleeperCount()).toBe(1);
    pacer.close();
    expect(clock.sleeperCount()).toBe(0);
  });
});

describe('failures in a row', () => {
  const fail = (count: number) => {
    for (let failure = 0; failure < count; failure += 1)
      pacer.noteFailure('upload', { code: 'connectionLost' });
  };

  it('hold everything for a while from the tenth on', async () => {
    fail(9);
    expect(pacer.holds()).toEqual([]);
    fail(1);
    expect(pacer.holds()).toMatchObject([{ scope: 'all', resumesAt: clock.now() + 1000 }]);
    await clock.pass(1000);
    fail(1);
    expect(pacer.holds()).toMatchObject([{ resumesAt: clock.now() + 2000 }]);
  });

  it('begin anew with a success', () => {
    fail(9);
    pacer.noteSuccess();
    fail(9);
    expect(pacer.holds()).toEqual([]);
  });

  it('are of many: what fails again and again by itself holds nothing else', () => {
    for (let failure = 0; failure < 30; failure += 1)
      pacer.noteFailure('deletion', { code: 'serverFailed', serverMessage: '' }, `file-${failure % 9}`);
    expect(pacer.holds()).toEqual([]);
  });

  it('wait as long as the last of them asks', async () => {
    fail(9);
    pacer.noteFailure('upload', { code: 'unavailable', retryAfterMs: 30_000 });
    expect(pacer.holds()).toMatchObject([{ scope: 'all', resumesAt: clock.now() + 30_000 }]);
  });
});

describe('how much runs at once', () => {
  it('is less for large and small after a refusal or a 503, and more again while the server answers', async () => {
    expect([pacer.smallAtOnce(), pacer.largeAtOnce(4)]).toEqual([8, 4]);
    pacer.noteFailure('deletion', refused(1000));
    expect([pacer.smallAtOnce(), pacer.largeAtOnce(4)]).toEqual([4, 2]);
    await clock.pass(1000);
    pacer.noteFailure('upload', { code: 'unavailable', retryAfterMs: null });
    expect([pacer.smallAtOnce(), pacer.largeAtOnce(4)]).toEqual([2, 1]);
    for (let second = 0; second < 10; second += 1) {
      await clock.pass(1000);
      pacer.noteSuccess(5);
    }
    expect([pacer.smallAtOnce(), pacer.largeAtOnce(4)]).toEqual([8, 4]);
  });
});

describe('a deletion or the list that a key is refused for', () => {
  it.each(['deletion', 'listing'] as const)('holds nothing up: a %s waits for no person', (kind) => {
    expect(pacer.noteFailure(kind, UNAUTHORIZED)).toMatchObject({ retry: 'whenResumed' });
    expect(pacer.holds()).toEqual([]);
    pacer.noteFailure('upload', UNAUTHORIZED);
    expect([pacer.isHeld('upload'), pacer.isHeld(kind)]).toEqual([true, false]);
  });
});
