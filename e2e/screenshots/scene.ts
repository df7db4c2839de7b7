import type { LaunchOptions, RunningApp } from '../harness/launch-app.ts';
import type { Profile } from '../harness/profile.ts';
import type { ConnectWindow } from '../pages/connect-window.ts';
import type { FilesWindow } from '../pages/files-window.ts';
import type { LocalServer } from '../server/server.ts';

/** What a scene is set up in. */
export interface Stage {
  readonly app: RunningApp;
  readonly server: LocalServer;
  readonly profile: Profile;
}

/** One state of a window that is worth a picture. */
export type Scene = {
  readonly name: string;
  readonly launch?: LaunchOptions;
  /** Called before the app starts. */
  readonly prepare?: (server: LocalServer) => Promise<void>;
  /** Files are held over the window when it is arranged. */
  readonly isDragging?: boolean;
} & (
  | { readonly window: 'connect'; readonly arrange: (window: ConnectWindow, stage: Stage) => Promise<void> }
  | { readonly window: 'files'; readonly arrange: (window: FilesWindow, stage: Stage) => Promise<void> }
);

/** Waits until there is something in the table. */
export async function waitForRows({ table }: FilesWindow): Promise<void> {
  await table.rows.first().waitFor();
}
