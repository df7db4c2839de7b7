import { type Answer, createBytesAnswer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** Sends an answer, with its framing broken where the call's fault says so. */
export async function sendAnswer(exchange: Exchange, answer: Answer): Promise<void> {
  const { sizeBytes, chunks, status, headers } = toBytes(answer);
  const fault = exchange.fault?.fault;
  if (fault?.kind === 'truncatedBody') {
    if (fault.framing === 'untilClose') exchange.response.useChunkedEncodingByDefault = false;
    const framing = toTruncatedFraming(fault.framing, sizeBytes);
    exchange.sendHead(status, { ...headers, ...framing });
    await exchange.sendBody(takeBytes(chunks, fault.afterBytes));
    exchange.closeConnection();
    return;
  }
  const isLengthWrong = fault?.kind === 'wrongContentLength';
  const contentLength = isLengthWrong ? Math.max(0, sizeBytes + fault.byBytes) : sizeBytes;
  exchange.sendHead(status, { ...headers, 'content-length': contentLength });
  await exchange.sendBody(chunks);
  if (isLengthWrong) exchange.closeConnection();
  else await exchange.finish();
}

function toBytes(answer: Answer): Extract<Answer, { kind: 'bytes' }> {
  if (answer.kind === 'bytes') return answer;
  const headers = { 'content-type': 'application/json', ...answer.headers };
  const bytes = createBytesAnswer(answer.status, JSON.stringify(answer.body), headers);
  if (bytes.kind !== 'bytes') throw new Error('A bytes answer is one of bytes');
  return bytes;
}

function toTruncatedFraming(
  framing: 'contentLength' | 'chunked' | 'untilClose',
  sizeBytes: number,
): Readonly<Record<string, string | number>> {
  if (framing === 'contentLength') return { 'content-length': sizeBytes };
  return framing === 'chunked' ? { 'transfer-encoding': 'chunked' } : { connection: 'close' };
}

function* takeBytes(chunks: Iterable<Uint8Array>, count: number): Iterable<Uint8Array> {
  let left = count;
  for (const chunk of chunks) {
    if (left <= 0) return;
    const piece = chunk.subarray(0, left);
    left -= piece.byteLength;
    yield piece;
  }
}
