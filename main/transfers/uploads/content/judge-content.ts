import type { Content } from './content.ts';
import { CONTENT_RULES } from './rules.ts';
import type { ContentVerdict } from './verdict.ts';

/**
 * Tells what the server will say of a file's content, as far as that can be known before it is sent. Reads the end of
 * archives too. Throws the AppFailures fileChanged and fileUnreadable.
 */
export async function judgeContent(content: Content): Promise<ContentVerdict> {
  for (const rule of CONTENT_RULES) {
    const judged = rule.judge(content);
    // Most rules answer at once, and many small files are judged in a row.
    const verdict = judged instanceof Promise ? await judged : judged;
    if (verdict) return verdict;
  }
  return { verdict: 'refused', contentKind: 'unknown' };
}
