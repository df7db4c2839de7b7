/** Makes the opaque cursor that the next page starts behind: base64url of `{"cursor":ID}` (contract, section 2). */
export function encodeCursor(afterId: string | null, variant?: number): string {
  const fields = variant === undefined ? { cursor: afterId } : { cursor: afterId, variant };
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

/** Reads a cursor of this server; null when it is none. An empty page's cursor may stand before the first file (`afterId` null). */
export function parseCursor(cursor: string): { readonly afterId: string | null } | null {
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof fields !== 'object' || fields === null || !('cursor' in fields)) return null;
    return typeof fields.cursor === 'string' || fields.cursor === null ? { afterId: fields.cursor } : null;
  } catch {
    return null;
  }
}
