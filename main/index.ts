// First: the modules behind it make schemas.
import './validation.ts';
import { join } from 'node:path';
import {
  app,
  type BrowserWindow,
  clipboard,
  dialog,
  powerMonitor,
  powerSaveBlocker,
  session,
  shell,
} from 'electron';
import type { LostRecords } from '#app/accounts/session.ts';
import { AppFailure } from '#app/errors.ts';
import { nativeTexts } from '#app/texts/native-texts.ts';
import { type Account, toEntryOwner } from './accounts/account.ts';
import { createAccountList } from './accounts/account-list.ts';
import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { createConnectHandlers } from './accounts/connect-handlers.ts';
import { takeEnvironment } from './accounts/environment.ts';
import { createKeychain } from './accounts/keychain.ts';
import { createPatientKeychain } from './accounts/patient-keychain.ts';
import { createRecovery } from './accounts/recovery.ts';
import { findFolderProblem } from './disk/folder-problem.ts';
import { patientDisk } from './disk/patient-disk.ts';
import { systemClock } from './engine/clock.ts';
import { removeListings } from './file-index/saved-listing.ts';
import { createCurrentLocation } from './locations/current-location.ts';
import { createFilesHandlers, upload } from './locations/files-handlers.ts';
import { openLocationList } from './locations/location-list.ts';
import { openLocation } from './locations/open-location.ts';
import { createOpenLocations } from './locations/open-locations.ts';
import { askAboutWork, isBusy, isTransferring } from './locations/unfinished-work.ts';
import { createOpenRouterClient } from './openrouter/client.ts';
import { createNetwork } from './openrouter/network.ts';
import { chooseReplacement } from './replacements/choose-replacement.ts';
import { registerAppScheme } from './security/app-scheme.ts';
import { lockContents } from './security/lock-contents.ts';
import { lockNameResolution, lockProcess } from './security/lock-process.ts';
import { lockSessions, lockToOwnPages } from './security/lock-session.ts';
import { openLog } from './security/log.ts';
import { redactOutput } from './security/redact-output.ts';
import { createRedactor } from './security/redaction.ts';
import { openSettings } from './settings/settings.ts';
import { type OpenedStore, openStore } from './store/open-store.ts';
import { NewerDatabaseError } from './store/sqlite/open-database.ts';
import { chooseSaveTargets, chooseUploadFolder } from './transfers/dialogs.ts';
import { askToQuit } from './window/ask-to-quit.ts';
import { askToUpload } from './window/ask-to-upload.ts';
import { finishBeforeQuit } from './window/finish-before-quit.ts';
import { createGivenFiles, parseGivenPaths, toGivenPaths } from './window/given-files.ts';
import { setApplicationMenu } from './window/menu.ts';
import { refuseToStart } from './window/refuse-to-start.ts';
import { createSleepBlocker } from './window/sleep-blocker.ts';
import { startDrag } from './window/start-drag.ts';
import { tellOfBatch } from './window/tell-of-batch.ts';
import { createWindows } from './window/windows.ts';

/** A server that answers a byte at a time must not hold the connect window for ever. */
const CHECK_KEY_TIMEOUT_MS = 60_000;

// Before anything is started that would inherit it.
const environment = takeEnvironment(process.env);
const redactor = createRedactor();
redactOutput(redactor.redact);
const log = openLog(redactor);

lockProcess(app);
lockSessions(app);
lockContents(app);
registerAppScheme();
const givenPaths = [...toGivenPaths(process.argv.slice(1), process.cwd(), !app.isPackaged)];
/** Until there is somebody to be asked about them. */
let takeGiven = (paths: readonly string[]): void => void givenPaths.push(...paths);
// macOS tells of the files that a start is given before the app is ready.
app.on('open-file', (event, path) => {
  event.preventDefault();
  takeGiven([path]);
});

// Before the lock of a single instance, which is a file in there.
const dataFolderProblem = findFolderProblem(app.getPath('userData'));
if (dataFolderProblem) void app.whenReady().then(() => refuseToStart(dataFolderProblem));
// What a second start is given goes to the first one.
else if (app.requestSingleInstanceLock({ givenPaths })) void app.whenReady().then(start);
else app.quit();

function start(): void {
  lockNameResolution(app);
  lockToOwnPages(session.defaultSession);
  setApplicationMenu(app.isPackaged);
  const transport = createNetwork();
  const { sendForContent } = transport;
  const toClient = (endpoint: string, key: string) =>
    createOpenRouterClient({ endpoint, key, transport, sendForContent, redact: redactor.redact });
  const checkKey = (endpoint: string, key: string) =>
    toClient(endpoint, key).checkKey(AbortSignal.timeout(CHECK_KEY_TIMEOUT_MS));
  const lostRecords: LostRecords[] = [];
  const settings = openSettings({
    path: join(app.getPath('userData'), 'settings.json'),
    onDamaged: (cause) => {
      log.unexpected('settings', cause);
      lostRecords.push('settings');
    },
  });

  const accounts = createAccounts({
    list: createAccountList(join(app.getPath('userData'), 'accounts.json')),
    keychain: createPatientKeychain(createKeychain(redactor.redact)),
    owner: toEntryOwner(app.getPath('userData')),
    checkKey,
    onSecret: redactor.addSecret,
  });
  const listingsFolder = join(app.getPath('userData'), 'listings');
  const transfersFolder = join(app.getPath('userData'), 'transfers');
  const records = openRecords(transfersFolder, lostRecords);
  const locationList = openLocationList({
    path: join(app.getPath('userData'), 'locations.json'),
    recordFolders: [transfersFolder, listingsFolder],
    onDamaged: (cause) => {
      log.unexpected('locations', cause);
      lostRecords.push('locations');
    },
    onUnwritable: (cause) => void log.unexpected('locations', cause),
  });
  const locations = createOpenLocations((account, locationId) =>
    openLocation({
      locationId,
      account,
      client: toClient(account.endpoint, account.key),
      clock: systemClock,
      store: records.then(({ store }) => store),
      listingsFolder,
      readUndoMs: () => settings.read().undoSeconds * 1000,
      onIndexChange: (status) => windows.emit('fileIndexChanged', { locationId, status }),
      onDeletionChange: (deletion) => windows.emit('deletionChanged', { locationId, deletion }),
      onDeletionsRest: () => quit.noteRest(),
      onSelectionChange: (viewId) => windows.emit('selectionChanged', { locationId, viewId }),
      transfers: {
        folder: transfersFolder,
        concurrency: settings.read().transferConcurrency,
        onUpdate: (update) => windows.emit('transfersChanged', { locationId, update }),
        onProgress: (progress) => {
          if (locationId === current.location()?.id) windows.filesWindow()?.setProgressBar(progress ?? -1);
          noteSleep();
        },
        onRest: (result) => {
          noteSleep();
          quit.noteRest();
          if (result) tellOfBatch(result, windows);
        },
      },
      toUnexpected: log.toUnexpected,
    }),
  );
  const current = createCurrentLocation({
    accounts,
    list: locationList,
    locations,
    checkKey: ({ endpoint, key }) => checkKey(endpoint, key),
    lostRecords,
    removeListings: () => removeListings(listingsFolder),
    onSessionChange: (session) => {
      windows.emit('sessionChanged', session);
      if (session.phase === 'ready') given.noteReady();
    },
    onSignedOut: () => {
      noteSleep();
      windows.showConnect();
    },
    toUnexpected: log.toUnexpected,
  });
  const windows = createWindows({
    log,
    filesHandlers: createFilesHandlers({
      session: current.session,
      now: systemClock.now,
      location: locations.get,
      unlock: current.unlock,
      signOut: current.signOut,
      openConnect: () => windows.showConnect(),
      writeClipboard: (text) => clipboard.writeText(text),
      chooseFolder: () => chooseUploadFolder(requireWindow(windows.filesWindow())),
      chooseTargets: (files) =>
        chooseSaveTargets(requireWindow(windows.filesWindow()), app.getPath('downloads'), files),
      chooseReplacement: () => chooseReplacement(requireWindow(windows.filesWindow())),
      showInFolder: (path) => shell.showItemInFolder(path),
      startDrag: (paths) => startDrag(requireWindow(windows.filesWindow()).webContents, paths),
      keepConcurrency: (transferConcurrency) => settings.change({ transferConcurrency }),
    }),
    keepsFilesWindow: () => quit.keepsWindow(),
    connectHandlers: createConnectHandlers({
      keychainStatus: accounts.keychainStatus,
      noteBegun: () => recovery.noteBegun(),
      connect: async (input) => {
        await current.connect(input);
        windows.showFiles();
      },
    }),
  });

  const quit = finishBeforeQuit({
    app,
    isBusy: () => isBusy(locations.all()),
    ask: () => askAboutWork(locations.all(), (work) => askToQuit(windows.filesWindow(), work)),
    finish: async () => {
      await current.close();
      await (await records).store.close();
    },
  });
  const recovery = createRecovery({
    recover: accounts.recover,
    isOpen: () => current.location() !== undefined,
    show: () => {
      windows.showFiles();
      return current.unlock();
    },
  });
  const sleep = createSleepBlocker(powerSaveBlocker);
  const noteSleep = () =>
    sleep.note(locations.all().some(({ transfers }) => isTransferring(transfers.queue)));
  const given = createGivenFiles({
    isReady: () => current.location() !== undefined,
    ask: (paths) => {
      windows.showFiles();
      return askToUpload(windows.filesWindow(), paths);
    },
    upload: async (paths) => {
      const location = current.location();
      if (location) await upload(location, paths, []);
    },
  });
  const open = () => {
    const account = current.location() ? undefined : takeGivenAccount(accounts);
    if (!current.location() && !account && !accounts.hasKept()) {
      windows.showConnect();
      void recovery.open();
      return;
    }
    // The window first: its process starts while main opens the location.
    windows.showFiles();
    if (account) void current.openGiven(account);
    else if (!current.location()) void current.unlock();
  };
  open();
  void accounts.removeLeft();
  powerMonitor.on('resume', () => {
    systemClock.noteResume();
    windows.emit('clockChanged', systemClock.now());
  });
  // A call to a disk that never returns would keep the process, and with it the next start, waiting for ever.
  app.on('quit', () => {
    if (patientDisk.isStuck()) process.kill(process.pid, 'SIGKILL');
  });
  takeGiven = given.add;
  given.add(givenPaths);
  app.on('second-instance', (_event, _argv, _folder, data) => {
    windows.focus();
    given.add(parseGivenPaths(data));
  });
  app.on('activate', () => (windows.filesWindow() ? windows.focus() : open()));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** Opens what outlasts the app. Records of a newer version stay as they are, as this one would take what they say for something else. What is lost is added to `lost`. */
function openRecords(journalsFolder: string, lost: LostRecords[]): Promise<OpenedStore> {
  const folder = join(app.getPath('userData'), 'records');
  const onProblem = (cause: unknown) => log.unexpected('records', cause);
  const opening = openStore({ folder, journalsFolder, clock: systemClock, onProblem });
  const noted = opening.then(({ lostRecords }) => lost.push(...lostRecords));
  noted.catch((cause: unknown) => {
    const text = cause instanceof NewerDatabaseError ? nativeTexts.newerRecordsText : String(cause);
    dialog.showErrorBox(nativeTexts.dataFolderErrorTitle, text);
    app.exit(1);
  });
  return opening;
}

/** A key from the environment that cannot be used is told at once: the person set it and expects it to hold. */
function takeGivenAccount(accounts: Accounts): Account | undefined {
  try {
    return accounts.takeFromEnvironment(environment);
  } catch (cause) {
    if (!(cause instanceof AppFailure)) throw cause;
    dialog.showErrorBox(nativeTexts.environmentErrorTitle, nativeTexts.environmentErrorText);
    return undefined;
  }
}

function requireWindow(window: BrowserWindow | undefined): BrowserWindow {
  if (!window) throw new AppFailure({ code: 'cancelled' });
  return window;
}
