/** The bytes around a file in a `multipart/form-data` body with one part. */
export interface MultipartFrame {
  readonly contentType: string;
  readonly head: Buffer;
  readonly tail: Buffer;
}

/**
 * Frames one file as the part `file` (contract, section 2, POST /files). The name goes as UTF-8 with quotes and line
 * breaks percent-encoded, as browsers do (WHATWG HTML, multipart/form-data; RFC 7578, section 4.2).
 */
export function createMultipartFrame(fileName: string, boundary: string): MultipartFrame {
  const escapedName = fileName.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${escapedName}"`,
    // The server judges content, not this header.
    'Content-Type: application/octet-stream',
    '',
    '',
  ].join('\r\n');
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    head: Buffer.from(head, 'utf8'),
    tail: Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8'),
  };
}
