import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from '../harness/test.ts';

test('what the app logs itself is redacted too', async ({ launchFiles, server, problems }) => {
  problems.expect(/key \[redacted\] slipped out/);
  const { app } = await launchFiles();
  await app.electron.evaluate((_electron, key) => {
    setTimeout(() => {
      throw new Error(`key ${key} slipped out`);
    });
  }, server.apiKey);
  await expect.poll(() => app.output()).toContain('key [redacted] slipped out');
  await app.quit();
  expect(app.output()).not.toContain(server.apiKey);
});

test('a page cannot keep its window from closing', async ({ launchFiles }) => {
  const { app, page, table } = await launchFiles();
  await page.evaluate(() => {
    window.addEventListener('beforeunload', (event) => event.preventDefault());
  });
  // Chromium asks a page only once a person has touched it.
  await table.grid.or(page.locator('main')).first().click();
  const exited = once(app.electron.process(), 'exit');
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await exited;
});

test('a page whose process dies gets a new one', async ({ launchFiles, problems }) => {
  problems.expect(/process is gone/);
  const { app } = await launchFiles();
  const readState = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return { processId: contents?.getOSProcessId() ?? 0, isCrashed: contents?.isCrashed() };
    });
  const { processId } = await readState();
  // What a crash of the process is to everybody else.
  process.kill(processId, 'SIGKILL');
  // Playwright holds a crashed page for good, so the new process is all that can be seen of the new page.
  await expect
    .poll(async () => {
      const state = await readState();
      return state.isCrashed === false && state.processId !== 0 && state.processId !== processId;
    })
    .toBe(true);
});

test('a page cannot reach the network by WebRTC', async ({ openFiles }) => {
  const arrived: string[] = [];
  const udp = createSocket('udp4', () => arrived.push('udp'));
  udp.bind(0, '127.0.0.1');
  const tcp = createServer((socket) => {
    arrived.push('tcp');
    socket.destroy();
  });
  tcp.listen(0, '127.0.0.1');
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  // A listening TCP server's address is never a pipe's name.
  const ports = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port };
  try {
    const { page } = await openFiles();
    const state = await page.evaluate(async ({ udp: udpPort, tcp: tcpPort }) => {
      const connection = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${udpPort}` },
          { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, username: 'a', credential: 'b' },
        ],
      });
      connection.createDataChannel('x');
      const gathered = new Promise<void>((resolve) => {
        connection.addEventListener('icegatheringstatechange', () => {
          if (connection.iceGatheringState === 'complete') resolve();
        });
      });
      await connection.setLocalDescription(await connection.createOffer());
      await gathered;
      return connection.iceGatheringState;
    }, ports);
    expect(state).toBe('complete');
    expect(arrived).toEqual([]);
  } finally {
    udp.close();
    tcp.close();
  }
});
