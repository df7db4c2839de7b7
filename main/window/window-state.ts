import { readFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import * as z from 'zod';
import { writeRecordSync } from '../disk/write-record.ts';

const windowStateFile = z.object({
  bounds: z.object({
    x: z.int(),
    y: z.int(),
    width: z.int().positive(),
    height: z.int().positive(),
  }),
  isMaximized: z.boolean(),
});

type WindowState = z.infer<typeof windowStateFile>;

const DEFAULT_SIZE = { width: 1280, height: 800 } as const;
/** A window of which less than this is on a screen could not be grabbed with the mouse. */
const MIN_VISIBLE_PIXELS = 80;

/** Where the main window shall open: as it was left if that place is still on a screen, else in the middle. */
export function readWindowState(path: string): Partial<Rectangle> & { readonly isMaximized: boolean } {
  const state = readState(path);
  if (!state || !isOnScreen(state.bounds))
    return { ...DEFAULT_SIZE, isMaximized: state?.isMaximized ?? false };
  const { workAreaSize } = screen.getDisplayMatching(state.bounds);
  const width = Math.min(state.bounds.width, workAreaSize.width);
  const height = Math.min(state.bounds.height, workAreaSize.height);
  return { ...state.bounds, width, height, isMaximized: state.isMaximized };
}

/** Remembers the place of a window when it closes; a place that cannot be written is forgotten. */
export function keepWindowState(
  path: string,
  window: BrowserWindow,
  onFailure: (cause: unknown) => void,
): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    try {
      // Synchronous, as the app may end right after the window.
      writeRecordSync(path, `${JSON.stringify(state)}\n`);
    } catch (cause) {
      onFailure(cause);
    }
  });
}

function readState(path: string): WindowState | null {
  try {
    return windowStateFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width =
      Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const isTitleBarVisible =
      bounds.y >= workArea.y && bounds.y < workArea.y + workArea.height - MIN_VISIBLE_PIXELS;
    return width >= MIN_VISIBLE_PIXELS && isTitleBarVisible;
  });
}
