import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { LocalServer } from '../server/server.ts';
import { attachToPage } from './attach-to-page.ts';
import { noteAppStart } from './note-app-start.ts';
import type { Profile } from './profile.ts';

/** A running packaged app, driven over the DevTools protocol: its fuses leave no other way in. */
export interface PackagedApp {
  readonly page: Page;
  /** What it has written to its standard output and standard error so far. */
  output(): string;
  /** Ends it; resolves when the process is gone. */
  end(): Promise<void>;
}

/** The packaged executable, which `npm test` names. */
export function findPackagedExecutable(): string {
  const path = process.env['PACKAGED_APP'];
  if (!path) throw new Error('PACKAGED_APP must name the packaged executable; `npm test` sets it');
  return path;
}

/**
 * Starts the packaged app with Chromium's sandbox on, a key in its environment, and a debugging port. When this is
 * root it runs as the user in PACKAGED_APP_UID, as the sandbox is not for root. Resolves with its first window.
 */
export async function launchPackagedApp(profile: Profile, server: LocalServer): Promise<PackagedApp> {
  const uid = Number(process.env['PACKAGED_APP_UID'] ?? Number.NaN);
  const user = Number.isInteger(uid) ? { uid, gid: uid } : {};
  if (user.uid !== undefined) await chown(profile.userDataFolder, user.uid, user.gid);
  noteAppStart();
  const app = spawn(
    findPackagedExecutable(),
    [`--user-data-dir=${profile.userDataFolder}`, '--remote-debugging-port=0', '--lang=en-US'],
    {
      ...user,
      env: { ...process.env, OPENROUTER_API_KEY: server.apiKey, OPENROUTER_BASE_URL: server.baseUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const closed = once(app, 'close');
  const output = { text: '' };
  try {
    const { browser, page } = await attachToPage(await readEndpoint(app, output));
    const end = async () => {
      await browser.close();
      app.kill();
      await closed;
    };
    return { page, output: () => output.text, end };
  } catch (error) {
    app.kill();
    throw error;
  }
}

/** Collects the output and waits for the line that tells the debugging port. */
function readEndpoint(app: ChildProcess, output: { text: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      output.text += chunk.toString('utf8');
      const [, endpoint] = /DevTools listening on (ws:\S+)/.exec(output.text) ?? [];
      if (endpoint) resolve(endpoint);
    };
    app.stdout?.on('data', collect);
    app.stderr?.on('data', collect);
    app.once('error', reject);
    app.once('close', (code) => reject(new Error(`The packaged app ended with ${code}:\n${output.text}`)));
  });
}
