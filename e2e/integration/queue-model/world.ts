import fs from 'node:fs';
import { join } from 'node:path';
import { AppFailure } from '#app/errors.ts';
import { DEFAULT_TRANSFER_CONCURRENCY } from '#app/limits.ts';
import { createMemoryStore, type MemoryStore } from '../../../main/store/memory-store.ts';
import type { Transfers } from '../../../main/transfers/open-transfers.ts';
import { type AppProcess, startProcess } from './app-process.ts';
import { createClientModel, type RequestWatch } from './client-model.ts';
import { disk } from './disk.ts';
import { createFaults, type Faults } from './faults.ts';
import { createPerson, noteLostWishes, type Person } from './person.ts';
import { createServerModel, type ServerModel } from './server-model.ts';
import type { Run } from './steps.ts';
import { killTimers, passTimeAlone, passTimer, settle } from './virtual-time.ts';
import { createJournalWatch, type JournalWatch } from './watch-journal.ts';
import { createOutcomeWatch, type OutcomeWatch } from './watch-outcomes.ts';
import { createQueueWatch, type QueueWatch } from './watch-queue.ts';
import { createRequestRules, type RequestRules } from './watch-requests.ts';
import { createWindowWatch, type WindowWatch } from './watch-window.ts';

/** Far more than any run needs: whoever is not done by then never will be. */
const MAX_EVENTS = 20_000;

const UNWATCHED: Omit<RequestWatch, 'onRows'> = {
  onUpload: () => null,
  onContent: () => undefined,
  onListing: () => undefined,
  onProbe: () => undefined,
  onUnauthorized: () => undefined,
};

/** A computer, a server and a person, around the transfers that are put to the test. */
export class World {
  readonly folder: string;
  readonly saveFolder: string;
  readonly server: ServerModel;
  readonly faults: Faults = createFaults();
  readonly person: Person = createPerson();
  readonly outcomes: OutcomeWatch;
  concurrency = DEFAULT_TRANSFER_CONCURRENCY;
  readonly #journal: JournalWatch;
  readonly #queueWatch: QueueWatch;
  readonly #requests: RequestRules;
  readonly #found: string[] = [];
  readonly #window: WindowWatch;
  /** When this process first read of a file in the listing. */
  readonly #seenAt = new Map<string, number>();
  readonly #syncMs: number;
  #store: MemoryStore | null = null;
  #process: AppProcess;
  #hasRested = true;

  constructor(folder: string, { clockAheadMs, syncMs }: Pick<Run, 'clockAheadMs' | 'syncMs'>) {
    this.#syncMs = syncMs;
    this.folder = folder;
    this.saveFolder = join(folder, 'saves');
    fs.mkdirSync(this.saveFolder, { recursive: true });
    this.server = createServerModel(clockAheadMs);
    const report = this.report;
    this.outcomes = createOutcomeWatch(this.server, this.person, this.saveFolder, this.#hasSeen, report);
    this.#journal = createJournalWatch(join(folder, 'records', 'model.transfers.jsonl'), report);
    this.#window = createWindowWatch(this.#journal, report);
    this.#queueWatch = createQueueWatch(this.person, report);
    this.#requests = createRequestRules(() => this.transfers?.queue.list() ?? [], report);
    this.#process = this.#start();
  }

  readonly #hasSeen = (fileId: string, before: number): boolean =>
    (this.#seenAt.get(fileId) ?? Number.POSITIVE_INFINITY) < before;

  /** Undefined while a process starts. */
  get transfers(): Transfers | undefined {
    return this.#process.transfers();
  }

  /** Notes a fault; the run ends with the next event. */
  readonly report = (fault: string): void => {
    this.#found.push(fault);
  };

  /** Settles when the process has read its records, and gives what it opened. */
  async opened(): Promise<Transfers> {
    await this.passUntil(() => this.transfers !== undefined);
    if (!this.transfers) throw new Error('The transfers were not opened');
    return this.transfers;
  }

  /** Lets one thing happen and looks at everything; false when nothing is to come. */
  async passEvent(): Promise<boolean> {
    const wasOpen = this.transfers !== undefined;
    const hasPassed = await passTimer();
    const { transfers } = this;
    if (!wasOpen && transfers) this.#window.checkRestored(transfers.queue.list());
    this.look();
    return hasPassed;
  }

  /** Lets things happen until a condition holds or nothing is to come. */
  async passUntil(isEnough: () => boolean): Promise<void> {
    for (let events = 0; !isEnough(); events += 1) {
      if (events > MAX_EVENTS) throw new Error('It does not come to an end');
      if (!(await this.passEvent())) return;
    }
  }

  async passTime(ms: number): Promise<void> {
    let isOver = false;
    setTimeout(() => {
      isOver = true;
    }, ms);
    await this.passUntil(() => isOver);
  }

  /** Lets everything happen that a command has caused without a timer, and looks at everything. */
  async settle(): Promise<void> {
    await settle();
    this.look();
  }

  refreshIndex(): void {
    void this.#process.index.refresh();
  }

  /** Takes what a person says as a reason to try the key again. */
  allowKey(): void {
    this.#requests.allowKey();
  }

  async lookAtWindow(): Promise<void> {
    this.#window.take(await (await this.opened()).snapshot());
  }

  /** Ends the process at once. */
  crash(leftPart: number): void {
    noteLostWishes(this.person);
    this.#end(leftPart);
  }

  /** Ends the process in order. */
  async quit(): Promise<void> {
    const transfers = await this.opened();
    let isClosed = false;
    const close = transfers.close().catch((cause: unknown) => {
      if (!(cause instanceof AppFailure && cause.error.code === 'journalUnwritable')) throw cause;
    });
    void close.then(() => {
      isClosed = true;
    });
    this.#process.index.close();
    await this.settle();
    await this.passUntil(() => isClosed);
    if (!isClosed) throw new Error('The queue does not close');
    if (disk.isJournalBehind()) noteLostWishes(this.person);
    this.#end(0);
  }

  /** Starts the next process after a time in milliseconds. */
  restart(awayMs: number): void {
    passTimeAlone(awayMs);
    this.#process = this.#start();
  }

  /** Throws on what has gone against a promise. */
  look(): void {
    this.server.files();
    this.#journal.look();
    const { transfers } = this;
    if (transfers) {
      this.#queueWatch.look(transfers.queue);
      this.outcomes.look(transfers.queue);
      if (transfers.queue.isBusy()) this.#hasRested = false;
    }
    if (this.#found.length > 0) throw new Error(this.#found.join('\n'));
  }

  /** Reports when the queue, at rest, did not say so. */
  checkRest(): void {
    if (!this.#hasRested) this.report('The queue came to rest and did not say so');
    if (this.transfers?.queue.isBusy()) this.report('The queue is at rest and says that it is busy');
    this.look();
  }

  #end(leftPart: number): void {
    killTimers();
    disk.crash(leftPart);
    this.#journal.look();
  }

  /** Begins with what the one before has acknowledged, as a crash takes the rest along. */
  #openStore(): MemoryStore {
    const content = this.#store?.content();
    this.#store = createMemoryStore({
      ...(content ? { content } : {}),
      decide: () => new Promise((resolve) => setTimeout(() => resolve('done'), this.#syncMs)),
    });
    return this.#store;
  }

  #start(): AppProcess {
    this.#queueWatch.startProcess(this.#journal.transfers());
    this.#journal.startProcess();
    this.#window.startProcess();
    this.#requests.allowKey();
    this.#seenAt.clear();
    this.#hasRested = true;
    const onRows = (ids: readonly string[]) => {
      for (const id of ids) if (!this.#seenAt.has(id)) this.#seenAt.set(id, Date.now());
    };
    return startProcess({
      folder: join(this.folder, 'records'),
      store: this.#openStore(),
      client: createClientModel(this.server, this.faults, { ...this.#requests, onRows }),
      listFiles: createClientModel(this.server, this.faults, { ...UNWATCHED, onRows }).listFiles,
      concurrency: this.concurrency,
      onTold: this.#window.take,
      onRest: () => {
        this.#hasRested = true;
      },
      toUnexpected: (cause) => {
        this.report(`Unexpected: ${cause instanceof Error ? cause.stack : String(cause)}`);
        return { code: 'unexpected', errorId: 'model' };
      },
    });
  }
}
