import type { Page } from '@playwright/test';
import { FILES_COMMANDS, FILES_EVENTS } from '#app/contract/files-contract.ts';
import { dropFiles } from '../harness/drop-files.ts';
import { writeLocalFile } from '../harness/local-files.ts';
import { viewOf } from '../harness/location-of.ts';
import { expect, test } from '../harness/test.ts';

/** Runs what would be a hostile script in the page; gives what came of it, or the error's name. */
async function attack(page: Page, script: () => unknown): Promise<unknown> {
  return page.evaluate(script).catch((error: unknown) => String(error));
}

test('the page knows nothing of Node and Electron, only the bridge', async ({ openFiles }) => {
  const { page } = await openFiles();
  const found = await page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      '__dirname',
      'electron',
      'connect',
      'ipcRenderer',
    ]
      // Whatever a script could reach by its name.
      .filter((name) => name in window),
  );
  expect(found).toEqual([]);
  const bridge = await page.evaluate(() => {
    // What the preload script put there; the window's own types do not reach this project.
    const { files } = window as unknown as { readonly files: Readonly<Record<string, unknown>> };
    return {
      members: Object.keys(files),
      types: [...new Set(Object.values(files).map((member) => typeof member))],
    };
  });
  const { uploadPaths: _hidden, ...commands } = FILES_COMMANDS;
  const events = Object.keys(FILES_EVENTS).map((name) => `on${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  expect(bridge.members.toSorted()).toEqual([...Object.keys(commands), ...events, 'uploadFiles'].toSorted());
  expect(bridge.types).toEqual(['function']);
});

test('the connect window has a bridge of its own, and nothing else', async ({ openConnect }) => {
  const { page } = await openConnect();
  const members = await page.evaluate(() => {
    // As above: the types of the window's bridge do not reach this project.
    const { connect } = window as unknown as { readonly connect: object };
    return [Object.keys(connect), 'files' in window];
  });
  expect(members).toEqual([['getKeychain', 'noteBegun', 'connect'], false]);
});

test('the bridge takes no path, no foreign field and nothing out of bounds from the page', async ({
  openFiles,
  server,
  problems,
}) => {
  problems.expect(/refused input/);
  const { page } = await openFiles();
  const answers = await page.evaluate(
    async (view) => {
      // A hostile page does not keep to the types.
      const { files } = window as unknown as {
        readonly files: Readonly<Record<string, (...inputs: unknown[]) => Promise<unknown>>>;
      };
      const filter = {
        search: '',
        kinds: [],
        isSaveable: null,
        minSizeBytes: null,
        maxSizeBytes: null,
        createdFrom: null,
        createdBefore: null,
      };
      const query = { filter, folder: null, sort: { by: 'name', isDescending: false }, offset: 0, limit: 1 };
      const location = { locationId: view.locationId };
      return Promise.all([
        files['uploadFiles']?.(location, ['/etc/passwd', { path: '/etc/passwd', name: 'passwd' }]),
        files['queryFiles']?.({ ...view, query: { ...query, limit: 1001 } }),
        files['queryFiles']?.({ ...view, query: { ...query, extra: true } }),
        files['queryFiles']?.({ ...view, query, extra: true }),
        files['queryFiles']?.({ ...view, query: { ...query, sort: { by: 'path', isDescending: false } } }),
        files['queryFiles']?.({ ...view, viewId: 'other', query }),
        files['queryFiles']?.({ ...location, query }),
        files['changeSelection']?.({ ...view, change: { kind: 'only', key: '../key' }, page: query }),
        files['readDetails']?.({ ...location, id: '../key' }),
        files['replaceFile']?.({ ...location, id: 'a', path: '/etc/passwd' }),
        files['dragFiles']?.({ ...view, target: { kind: 'paths', paths: ['/etc/passwd'] } }),
        files['draftDeletion']?.({ ...view, target: { kind: 'rows', keys: [] } }),
        files['beginDeletion']?.({ ...view, id: 'a' }),
      ]);
    },
    await viewOf(page),
  );
  expect(answers[0]).toEqual({ ok: true, value: { acceptedCount: 0, skipped: [], renamed: [] } });
  for (const answer of answers.slice(1)) expect(answer).toEqual({ ok: false, error: { code: 'refused' } });
  expect(server.requests.all().map(({ operation }) => operation)).toEqual(['key', 'list']);
});

test('the page cannot go elsewhere, open windows or hold other pages', async ({
  openFiles,
  problems,
  server,
}) => {
  problems.expect(/Content Security Policy/);
  problems.expect(/Not allowed to load local resource/);
  problems.expect(/connect\.html did not load: ERR_BLOCKED_BY_CSP/);
  const { app, page } = await openFiles();
  const home = page.url();
  for (const script of [
    () => window.open('https://example.com'),
    () => location.assign('https://example.com'),
    () => location.assign('file:///etc/passwd'),
    () => {
      const link = document.createElement('a');
      link.href = 'https://example.com';
      link.target = '_blank';
      document.body.append(link);
      link.click();
    },
    () => {
      const form = document.createElement('form');
      form.action = 'https://example.com';
      document.body.append(form);
      form.submit();
    },
    () => {
      const frame = document.createElement('iframe');
      frame.src = 'app://connect/connect.html';
      document.body.append(frame);
    },
  ]) {
    await attack(page, script);
  }
  // A round trip after which all of that has been carried out or refused.
  await app.electron.evaluate(({ webContents }) =>
    Promise.all(webContents.getAllWebContents().map((c) => c.executeJavaScript('1'))),
  );
  expect(page.url()).toBe(home);
  expect(app.pages()).toHaveLength(1);
  const readOrigins = () =>
    app.electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((c) => c.mainFrame.framesInSubtree.map((frame) => frame.origin)),
    );
  // The frame that was put there holds an error page of no origin.
  await expect.poll(async () => (await readOrigins()).flat().toSorted()).toEqual(['app://files', 'null']);
  expect(server.requests.all('unknown')).toEqual([]);
});

test('the page cannot reach the network, nor run what is not ours', async ({
  openFiles,
  problems,
  server,
}) => {
  problems.expect(/Content Security Policy/);
  problems.expect(/TrustedScript|TrustedHTML|Trusted Type/);
  const { page, refresh } = await openFiles();
  const address = `${server.baseUrl}/key`;
  const tries = await page.evaluate(async (url) => {
    const outcome = (action: () => unknown) =>
      Promise.resolve()
        .then(action)
        .then(
          () => 'worked',
          () => 'refused',
        );
    return {
      fetch: await outcome(() => fetch(url)),
      beacon: navigator.sendBeacon(url),
      socket: await outcome(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(url.replace('http', 'ws'));
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
      ),
      image: await outcome(
        () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = `${url}.png`;
          }),
      ),
      // biome-ignore lint/security/noGlobalEval: that it is refused is the point.
      evaluation: await outcome(() => window.eval('1')),
      html: await outcome(() => {
        document.createElement('div').innerHTML = '<b>x</b>';
      }),
      inlineScript: await outcome(() => {
        const script = document.createElement('script');
        script.text = 'window.injected = true';
        document.head.append(script);
        if (!('injected' in window)) throw new Error('not run');
      }),
    };
  }, address);
  expect(tries).toEqual({
    fetch: 'refused',
    // Chromium queues a beacon before it looks at the policy: that it never arrives is what counts.
    beacon: expect.any(Boolean),
    socket: 'refused',
    image: 'refused',
    evaluation: 'refused',
    html: 'refused',
    inlineScript: 'refused',
  });
  // By the time that main has asked once more, what the page had sent would have arrived.
  await refresh.click();
  await expect.poll(() => server.requests.all('list').length).toBe(2);
  expect(server.requests.all().map(({ operation }) => operation)).toEqual(['key', 'list', 'list']);
});

test('the page is given no permission and no device', async ({ openFiles }) => {
  const { page } = await openFiles();
  const answers = await page.evaluate(async () => {
    const refusal = (promise: Promise<unknown>) =>
      promise.then(
        () => 'given',
        (error: unknown) => (error instanceof DOMException ? error.name : 'refused'),
      );
    return {
      camera: await refusal(navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      screen: await refusal(navigator.mediaDevices.getDisplayMedia()),
      clipboard: await refusal(navigator.clipboard.readText()),
      place: await refusal(
        new Promise((resolve, reject) => {
          navigator.geolocation.getCurrentPosition(resolve, () =>
            reject(new DOMException('', 'NotAllowedError')),
          );
        }),
      ),
      notifications: await Notification.requestPermission(),
    };
  });
  for (const name of ['camera', 'screen', 'clipboard', 'place'] as const)
    expect(answers[name]).not.toBe('given');
  expect(answers.notifications).toBe('denied');
});

test('a page or a link that is dropped is not opened', async ({ openFiles, profile }) => {
  const file = await writeLocalFile(profile, 'page.html', '<!DOCTYPE html><title>x</title><p>hello');
  const { page, table, app } = await openFiles();
  const home = page.url();
  await dropFiles(page, [file.path], { x: 5, y: 5 });
  await expect(table.row('page.html')).toBeVisible();
  expect(page.url()).toBe(home);
  expect(app.pages()).toHaveLength(1);
});

test('only our own pages are served, and every answer carries the policy', async ({
  launchFiles,
  launch,
}) => {
  const { app } = await launchFiles();
  const answers = await app.electron.evaluate(async ({ session }) => {
    const files = session.fromPartition('persist:files');
    const read = async (url: string) => {
      const answer = await files.fetch(url, { bypassCustomProtocolHandlers: false });
      return { status: answer.status, policy: answer.headers.get('content-security-policy') };
    };
    return Promise.all(
      [
        'app://files/index.html',
        'app://connect/index.html',
        'app://files/..%2f..%2fpackage.json',
        'app://files/%2e%2e/main/index.js',
        'app://files/../main/index.js',
        'app://elsewhere/index.html',
      ].map(read),
    );
  });
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 404, 404, 404]);
  const policy = answers[0]?.policy ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  await app.quit();
  await launch();
});
