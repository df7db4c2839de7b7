import { expect, type Page } from '@playwright/test';

/** Where in a window something is dropped; the middle of the table unless told. */
export interface DropPoint {
  readonly x: number;
  readonly y: number;
}

/** A drag of real files and folders over a window, as the system would bring it. */
export interface FileDrag {
  /** Lets go. */
  drop(): Promise<void>;
  /** Leaves the window again. */
  leave(): Promise<void>;
}

const DEFAULT_POINT: DropPoint = { x: 400, y: 300 };

/** Drags files and folders, by absolute path, over the window and holds them there until it shows its target. */
export async function dragFiles(
  page: Page,
  paths: readonly string[],
  point: DropPoint = DEFAULT_POINT,
): Promise<FileDrag> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, ...point, data });
  await send('dragEnter');
  // A window that has just opened may not listen yet; a person's drag keeps telling it where it is.
  await expect(async () => {
    await send('dragOver');
    await expect(page.getByRole('region', { name: 'Drop files to upload' })).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 10_000 });
  return {
    drop: async () => {
      await send('drop');
      await session.detach();
    },
    leave: async () => {
      // The protocol knows no leaving of the window: this is the event that leaving gives.
      await page.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })));
      await session.detach();
    },
  };
}

/** Drops files and folders, by absolute path, on the window. */
export async function dropFiles(page: Page, paths: readonly string[], point?: DropPoint): Promise<void> {
  const drag = await dragFiles(page, paths, point);
  await drag.drop();
}

/** Drops files and folders where the window may refuse them, and so shows no target. */
export async function dropWhereRefused(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...DEFAULT_POINT, data });
  await session.detach();
}

/** Pastes real files: a picker gives the page `File` objects that have a path, and a paste event carries them. */
export async function pasteFiles(page: Page, paths: readonly string[]): Promise<void> {
  const input = await page.evaluateHandle(() => {
    const element = document.createElement('input');
    element.type = 'file';
    element.multiple = true;
    return element;
  });
  await input.setInputFiles([...paths]);
  await input.evaluate((element) => {
    const clipboardData = new DataTransfer();
    for (const file of element.files ?? []) clipboardData.items.add(file);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await input.dispose();
}
