import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bringToRest } from './queue-model/bring-to-rest.ts';
import { disk } from './queue-model/disk.ts';
import { FOUND_RUNS } from './queue-model/found-runs.ts';
import { performStep } from './queue-model/perform-step.ts';
import { anyRun, type Run } from './queue-model/steps.ts';
import { endVirtualTime, killTimers, startVirtualTime } from './queue-model/virtual-time.ts';
import { World } from './queue-model/world.ts';

vi.mock('node:fs/promises', () => import('./queue-model/disk.ts'));
vi.mock('../../main/disk/patient-disk.ts', async () => {
  const { createDirectDisk } = await import('./queue-model/direct-disk.ts');
  return { patientDisk: createDirectDisk() };
});

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200);
/** Names a run that failed, to see it again. */
const SEED = process.env['PROPERTY_SEED'];
const PATH = process.env['PROPERTY_PATH'];

let folder: string;
let runCount = 0;

beforeAll(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'files-for-openrouter-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

async function carryOut(run: Run): Promise<void> {
  startVirtualTime();
  disk.reset(run.syncMs);
  const random = createRandom(run.seed);
  const chance = vi.spyOn(Math, 'random').mockImplementation(random);
  runCount += 1;
  const own = join(folder, String(runCount));
  let onRejection: ((cause: unknown) => void) | undefined;
  try {
    const world = new World(own, run);
    onRejection = (cause) =>
      world.report(`Unhandled: ${cause instanceof Error ? cause.stack : String(cause)}`);
    process.on('unhandledRejection', onRejection);
    for (const sizeBytes of [1, 40, 500]) {
      const content = Buffer.alloc(sizeBytes, String(sizeBytes));
      world.server.add({ name: `made-${sizeBytes}.txt`, content, transferId: null }, true);
    }
    for (const step of run.steps) await performStep(world, step);
    await bringToRest(world);
  } finally {
    if (onRejection) process.off('unhandledRejection', onRejection);
    killTimers();
    disk.reset(0);
    chance.mockRestore();
    endVirtualTime();
    fs.rmSync(own, { recursive: true, force: true });
  }
}

/** A Lehmer generator: the same numbers from 0 to 1 for the same seed. */
function createRandom(seed: number): () => number {
  let state = (Math.abs(seed) % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** What went wrong, how little it takes, and how to see it again. */
function toReport({ errorInstance, counterexample, seed, counterexamplePath }: fc.RunDetails<[Run]>): string {
  const cause = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const [run] = counterexample ?? [];
  const steps = run?.steps.map((step) => `  ${JSON.stringify(step)}`) ?? [];
  const again = `PROPERTY_SEED=${seed} PROPERTY_PATH='${counterexamplePath}'`;
  return [cause, ...steps, JSON.stringify({ ...run, steps: undefined }), again].join('\n');
}

describe('the queue of transfers', () => {
  for (const { fault, run } of FOUND_RUNS) {
    it(`is not found again as one that ${fault}`, () => carryOut(run));
  }

  it(`keeps its promises through faults, commands and crashes (${RUNS} runs)`, async () => {
    const result = await fc.check(fc.asyncProperty(anyRun, carryOut), {
      numRuns: RUNS,
      ...(SEED === undefined ? {} : { seed: Number(SEED) }),
      ...(PATH === undefined ? {} : { path: PATH }),
    });
    expect(result.failed ? toReport(result) : '').toBe('');
  }, 3_600_000);
});
