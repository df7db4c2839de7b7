import { expect, test } from '../harness/test.ts';
import { startRecordingProxy } from '../privacy/recording-proxy.ts';
import { findNamespaceObstacle, observeInNamespace } from '../privacy/run-in-namespace.ts';
import { goThroughSession } from '../privacy/whole-session.ts';

test('start, connect, list, upload, download and delete ask the system’s proxy for no other host', async ({
  launch,
  server,
  profile,
}) => {
  // It waits for a grace period.
  test.slow();
  test.skip(process.platform !== 'linux', 'Only on Linux does Chromium take a proxy from the environment.');
  const proxy = await startRecordingProxy();
  try {
    const app = await launch({
      hasKeyInEnvironment: false,
      // The endpoint is on loopback, which no proxy is asked for: whatever is asked for is another host.
      environment: { http_proxy: proxy.url, https_proxy: proxy.url, all_proxy: proxy.url, no_proxy: '' },
    });
    await goThroughSession({ app, server, profile });
    expect(proxy.asked).toEqual([]);
    // The sessions of requests and contents do use this proxy.
    for (const partition of ['openrouter', 'openrouter-contents']) {
      await app.electron.evaluate(
        ({ session }, name) =>
          session
            .fromPartition(name)
            .fetch(`https://${name}.test/`)
            .catch(() => undefined),
        partition,
      );
    }
    expect(proxy.asked).toEqual(['openrouter.test:443', 'openrouter-contents.test:443']);
  } finally {
    await proxy.close();
  }
});

test('in a network of its own the app asks for no name and no address, and links of a page look none up', async ({
  profile,
}) => {
  test.slow();
  const obstacle = findNamespaceObstacle(profile.folder);
  test.skip(obstacle !== null, obstacle ?? '');
  const { inSession, afterAttacks } = await observeInNamespace(profile.folder);
  expect(inSession).toEqual([]);
  expect(afterAttacks).toEqual(['resolved-by-main.test']);
});
