import type { Page } from '@playwright/test';

/** Where in a window something is dropped; the middle of a narrow strip of the table unless told. */
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

/** Drags files and folders, by absolute path, over the window and holds them there. */
export async function dragFiles(
  page: Page,
  paths: readonly string[],
  point: DropPoint = DEFAULT_POINT,
): Promise<FileDrag> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const send = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel') =>
    session.send('Input.dispatchDragEvent', { type, ...point, data });
  await send('dragEnter');
  await send('dragOver');
  const end = async (type: 'drop' | 'dragCancel') => {
    await send(type);
    await session.detach();
  };
  return { drop: () => end('drop'), leave: () => end('dragCancel') };
}

/** Drops files and folders, by absolute path, on the window. */
export async function dropFiles(page: Page, paths: readonly string[], point?: DropPoint): Promise<void> {
  const drag = await dragFiles(page, paths, point);
  await drag.drop();
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
