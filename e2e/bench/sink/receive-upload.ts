import type { IncomingMessage } from 'node:http';

/** What an upload was, after all of it has been thrown away. */
export interface ReceivedUpload {
  readonly name: string;
  readonly sizeBytes: number;
}

const HEAD_END = '\r\n\r\n';

/**
 * Reads the multipart body of `POST /files` to its end and keeps nothing but the part's head. The size is what the head
 * and the closing boundary leave of the body. Rejects when the body breaks off or has no file part.
 */
export async function receiveUpload(request: IncomingMessage): Promise<ReceivedUpload> {
  const [, boundary] = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '') ?? [];
  if (boundary === undefined) throw new Error('There is no boundary');
  let bodyBytes = 0;
  let head = Buffer.alloc(0);
  let headBytes = 0;
  request.on('data', (chunk: Buffer) => {
    bodyBytes += chunk.byteLength;
    if (headBytes > 0) return;
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(HEAD_END);
    if (end >= 0) headBytes = end + HEAD_END.length;
  });
  await new Promise<void>((resolve, reject) => {
    request.once('end', resolve);
    request.once('error', reject);
  });
  const [, name] = /filename="([^"]*)"/.exec(head.toString('utf8', 0, headBytes)) ?? [];
  if (name === undefined) throw new Error('There is no file part');
  const tailBytes = `\r\n--${boundary}--\r\n`.length;
  return { name, sizeBytes: bodyBytes - headBytes - tailBytes };
}
