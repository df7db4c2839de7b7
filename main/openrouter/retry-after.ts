/** Longer waits than this are not believed. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Reads how long an answer asks to wait (RFC 9110, section 10.2.3), in milliseconds; null where it asks for nothing that
 * can be kept to: no header, a negative number, a date that is over, anything else. A date is compared with the answer's
 * own `Date`, as this computer's clock may be wrong.
 */
export function parseRetryAfter(headers: ReadonlyMap<string, string>): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  // Whole seconds by the standard; some servers send fractions.
  const ms = /^\d+(\.\d+)?$/.test(value) ? Math.ceil(Number(value) * 1000) : toWait(value, headers);
  return ms === null ? null : Math.min(ms, MAX_RETRY_AFTER_MS);
}

function toWait(value: string, headers: ReadonlyMap<string, string>): number | null {
  // Without a name of a month it is no HTTP date, and `Date.parse` makes one even of "-1".
  if (!/[a-z]{3}/i.test(value)) return null;
  const at = Date.parse(value);
  const sentAt = Date.parse(headers.get('date') ?? '');
  const ms = at - (Number.isNaN(sentAt) ? Date.now() : sentAt);
  return ms > 0 ? ms : null;
}
