/** Makes the opaque cursor that the next page starts behind: base64url of `{"cursor":ID}` (contract, section 2). */
export function encodeCursor(afterId: string | null, variant?: number): string {
  const fields = variant === undefined ? { cursor: afterId } : { cursor: afterId, variant };
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

/** What a cursor of this server says. */
export interface CursorFields {
  /** An empty page's cursor may stand before the first file: null. */
  readonly afterId: string | null;
  /** Tells cursors of one place apart; 0 unless told. */
  readonly variant: number;
}

/** Reads a cursor of this server; null when it is none. */
export function parseCursor(cursor: string): CursorFields | null {
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof fields !== 'object' || fields === null || !('cursor' in fields)) return null;
    if (typeof fields.cursor !== 'string' && fields.cursor !== null) return null;
    const variant = 'variant' in fields ? Number(fields.variant) : 0;
    return { afterId: fields.cursor, variant };
  } catch {
    return null;
  }
}
