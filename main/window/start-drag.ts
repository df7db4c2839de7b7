import { app, type NativeImage, nativeImage, type WebContents } from 'electron';

/** Begins the system's drag of files out of a window, while the person holds the mouse button down; at least one path. */
export async function startDrag(contents: WebContents, paths: readonly string[]): Promise<void> {
  const [first] = paths;
  if (first === undefined) return;
  const icon = await readIcon(first);
  if (!contents.isDestroyed()) contents.startDrag({ file: first, files: [...paths], icon });
}

/** macOS and Linux refuse to drag without a picture, and not every desktop has one for each kind of file. */
async function readIcon(path: string): Promise<NativeImage> {
  const icon = await app.getFileIcon(path, { size: 'normal' }).catch(() => null);
  return icon === null || icon.isEmpty() ? drawPage() : icon;
}

const WIDTH = 24;
const HEIGHT = 32;
const BYTES_PER_PIXEL = 4;
/** Blue, green, red, alpha: a grey that is seen on light and on dark. */
const EDGE = [0x80, 0x80, 0x80, 0xff];
const PAPER = [0xf5, 0xf5, 0xf5, 0xff];

/** Draws an empty sheet. */
function drawPage(): NativeImage {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * BYTES_PER_PIXEL);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const isEdge = x === 0 || y === 0 || x === WIDTH - 1 || y === HEIGHT - 1;
      pixels.set(isEdge ? EDGE : PAPER, (y * WIDTH + x) * BYTES_PER_PIXEL);
    }
  }
  return nativeImage.createFromBitmap(pixels, { width: WIDTH, height: HEIGHT });
}
