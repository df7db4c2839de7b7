import type { FilesApi } from '#app/contract/files-contract.ts';
import type { ConnectWindow } from '../pages/connect-window.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import type { LocalServer } from '../server/server.ts';
import { type LaunchOptions, launchApp, type RunningApp, resize } from './launch-app.ts';
import type { AddProblem } from './problems.ts';
import { createProfile, type Profile, UNDO_MS } from './profile.ts';

/** How the main window of a shared app is opened. */
export type WindowOptions = Pick<LaunchOptions, 'colorScheme' | 'size'>;

/** One app of a worker, with which its tests connect to servers of their own, one after the other. */
export interface SharedApp {
  /** Connects through the app's own window, with a key that the app keeps until it quits. */
  open(server: LocalServer, options?: WindowOptions): Promise<FilesWindow & { readonly app: RunningApp }>;
  /** Gives the window that asks for a key, with nothing in it yet. */
  openConnect(): Promise<ConnectWindow & { readonly app: RunningApp }>;
  /** Whose problems are told from now on. */
  tellProblemsTo(add: AddProblem): void;
  /** The app, if it has been started and still runs. */
  running(): RunningApp | null;
  /** Signs out, and puts what a test may have changed back. An app that has failed a test, or cannot do that, is ended. */
  clean(hasFailed: boolean): Promise<void>;
  end(): Promise<void>;
}

const DEFAULT_SIZE = { width: 1280, height: 800 };

/** Makes a shared app, which is started when it is first needed and whenever it has ended. */
export function createSharedApp(): SharedApp {
  let app: RunningApp | null = null;
  let profile: Profile | null = null;
  let addProblem: AddProblem = () => undefined;

  const running = () => (app?.hasEnded() ? null : app);
  const start = async () => {
    profile ??= await createProfile({ undoSeconds: UNDO_MS / 1000 });
    const parts = {
      profile,
      server: { apiKey: '', baseUrl: '' },
      onProblem: (problem: string) => addProblem(problem),
    };
    app = await launchApp(parts, { hasKeyInEnvironment: false });
    await keepOriginals(app);
    return app;
  };
  const take = async () => running() ?? (await start());
  const end = async () => {
    await running()?.quit();
    app = null;
  };
  return {
    running,
    tellProblemsTo: (add) => {
      addProblem = add;
    },
    open: async (server, { colorScheme = 'light', size = DEFAULT_SIZE } = {}) => {
      const used = await take();
      await used.electron.evaluate(({ nativeTheme }, scheme) => {
        nativeTheme.themeSource = scheme;
      }, colorScheme);
      const connect = await used.connectWindow();
      await connect.remember.uncheck();
      await connect.submit({ key: server.apiKey, endpoint: server.baseUrl });
      const files = await used.filesWindow();
      await resize(used.electron, files.page, size);
      return { ...files, app: used };
    },
    openConnect: async () => {
      const used = await take();
      return { ...(await used.connectWindow()), app: used };
    },
    clean: async (hasFailed) => {
      const used = running();
      if (!used) return;
      await used.readLog();
      try {
        if (hasFailed) throw new Error('A test has failed with it');
        await signOut(used);
        await restoreOriginals(used);
      } catch {
        await end();
      }
    },
    end: async () => {
      await end();
      await profile?.remove();
    },
  };
}

/** By the bridge: a test may have left a dialog, a menu or a filter open. */
async function signOut(app: RunningApp): Promise<void> {
  const files = app.pages().find((page) => page.url().startsWith('app://files/'));
  if (files) {
    const gone = files.waitForEvent('close');
    // The page goes with its own answer.
    const asked = files
      .evaluate(async () => {
        // The bridge, as the preload script puts it there.
        const { files: bridge } = window as unknown as { readonly files: FilesApi };
        const session = await bridge.getSession();
        const locationId = session.ok && session.value.phase === 'ready' ? session.value.location.id : null;
        if (locationId !== null) await bridge.setTransferConcurrency({ locationId, concurrency: 3 });
        await bridge.signOut({ locationId, isKeyLeft: false });
      })
      .catch(() => undefined);
    await Promise.all([gone, asked]);
    await app.connectWindow();
  } else {
    // What was typed there, and what was said of it, goes.
    await (await app.connectWindow()).page.reload();
  }
}

/** What tests replace in main, as it was at the start. */
interface Originals {
  dialogs?: Partial<Electron.Dialog>;
  shell?: Partial<Electron.Shell>;
}

function keepOriginals({ electron }: RunningApp): Promise<void> {
  return electron.evaluate(({ dialog, shell }) => {
    const { showMessageBox, showOpenDialog, showSaveDialog, showErrorBox } = dialog;
    const originals: Originals = globalThis as Originals;
    originals.dialogs = { showMessageBox, showOpenDialog, showSaveDialog, showErrorBox };
    originals.shell = { showItemInFolder: shell.showItemInFolder };
  });
}

function restoreOriginals({ electron }: RunningApp): Promise<void> {
  return electron.evaluate(async ({ clipboard, dialog, session, shell }) => {
    const { dialogs, shell: originalShell }: Originals = globalThis as Originals;
    Object.assign(dialog, dialogs);
    Object.assign(shell, originalShell);
    clipboard.clear();
    // What the window keeps for the next time, its zoom too.
    const files = session.fromPartition('persist:files');
    await files.clearStorageData();
  });
}
