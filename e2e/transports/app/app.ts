import { app } from 'electron';
import { assertNever } from '#app/assert-never.ts';
import { createAppTransport } from '../../../main/openrouter/app-transport.ts';
import { createElectronSend } from '../../../main/openrouter/electron-net.ts';
import { DEFAULT_TIMEOUTS } from '../../../main/openrouter/http.ts';
import { createSessionPool } from '../../../main/openrouter/session-pool.ts';
import { createTransport, type Transport } from '../../../main/openrouter/transport.ts';
import { lockNameResolution, lockProcess } from '../../../main/security/lock-process.ts';
import { lockSessions } from '../../../main/security/lock-session.ts';
import type { AppAnswer, AppCommand, TransportKind } from './app-messages.ts';
import { performAsk, type TransportSetup } from './asks.ts';

// The main process of an Electron without a window, started by start-transport-app.ts.

type Transports = Readonly<Record<TransportKind, Pick<Transport, 'send' | 'sendForContent' | 'upload'>>>;

lockProcess(app);
lockSessions(app);

const requests = createSessionPool('requests');
const contents = createSessionPool('contents');
const running = new Map<number, AbortController>();
let transports: Transports | undefined;
let closeOld: () => void = () => undefined;

process.on('message', (command: AppCommand) => {
  execute(command).then(tell, (cause: unknown) =>
    tell({ number: command.number, kind: 'fault', message: String(cause) }),
  );
});
process.once('disconnect', () => app.exit());
// Not awaited: Electron is ready only when this module has been run to its end.
void app.whenReady().then(() => {
  lockNameResolution(app);
  tell({ number: 0, kind: 'done' });
});

function tell(answer: AppAnswer): void {
  process.send?.(answer);
}

async function execute(command: AppCommand): Promise<AppAnswer> {
  const { number } = command;
  switch (command.kind) {
    case 'setUp':
      await setUp(command.setup);
      return { number, kind: 'done' };
    case 'ask': {
      if (!transports) throw new Error('Nothing is set up');
      const controller = new AbortController();
      running.set(number, controller);
      const outcome = await performAsk(transports[command.transport], command.ask, controller.signal);
      running.delete(number);
      return { number, kind: 'outcome', outcome };
    }
    case 'cancel':
      running.get(command.asked)?.abort();
      return { number, kind: 'done' };
    default:
      return assertNever(command);
  }
}

/** Begins anew, with no connection left of what was before. */
async function setUp({ authority, timeouts: some, proxies }: TransportSetup): Promise<void> {
  closeOld();
  for (const { first } of [requests, contents]) {
    await first().setProxy(proxies);
    await first().closeAllConnections();
  }
  const timeouts = { ...DEFAULT_TIMEOUTS, ...some };
  const node = createTransport({
    resolveProxy: (url) => requests.first().resolveProxy(url),
    readAuthorities: async () => [authority],
    timeouts,
  });
  closeOld = node.close;
  const chromium = {
    send: createElectronSend({ sessions: requests, isContent: false, timeouts }),
    sendForContent: createElectronSend({ sessions: contents, isContent: true, timeouts }),
    upload: node.upload,
  };
  transports = { chromium, node, app: createAppTransport({ chromium, node }) };
}
