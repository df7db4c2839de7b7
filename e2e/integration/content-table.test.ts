import { expect, test } from 'vitest';
import { toContentOfBytes } from '../../main/transfers/uploads/content/content.ts';
import { CONTENT_RULES } from '../../main/transfers/uploads/content/rules.ts';
import type { ContentVerdict } from '../../main/transfers/uploads/content/verdict.ts';
import { getContentCases } from '../content/content-cases.ts';

const INTRODUCTION = `# The content check

What the app makes of a file’s content before it is uploaded: the rules of \`main/transfers/uploads/content/rules.ts\` in their order, where the first that recognises the content decides. What is accepted, text or undecided is sent; what is refused, or is text in another encoding, a person may send anyway. This page is written by \`e2e/integration/content-table.test.ts\` from the rules and from the files that \`e2e/content\` makes; the test fails when it is out of date, and \`vitest run --project=server e2e/integration/content-table.test.ts -u\` writes it again.

`;

/** Groups verdicts: "accepted; refused: zip, ebook". */
function describeVerdicts(verdicts: readonly ContentVerdict[]): string {
  const groups = new Map<string, Set<string>>();
  for (const verdict of verdicts) {
    const details = groups.get(verdict.verdict) ?? new Set();
    groups.set(verdict.verdict, details);
    if (verdict.verdict === 'refused') details.add(verdict.contentKind);
    if (verdict.verdict === 'notUtf8') details.add(verdict.encoding ?? 'unclear');
  }
  return [...groups]
    .map(([verdict, details]) => (details.size > 0 ? `${verdict}: ${[...details].join(', ')}` : verdict))
    .join('; ');
}

test('docs/content-check.md tells what becomes of every kind of content', async () => {
  const rows = CONTENT_RULES.map((rule) => ({ ...rule, verdicts: [] as ContentVerdict[] }));
  for (const { bytes } of getContentCases()) {
    for (const row of rows) {
      const verdict = await row.judge(toContentOfBytes(bytes));
      if (!verdict) continue;
      row.verdicts.push(verdict);
      break;
    }
  }
  const lines = rows.map(
    ({ recognises, source, verdicts }) =>
      `| ${recognises} | ${describeVerdicts(verdicts)} | ${source} | ${verdicts.length} |`,
  );
  const table = [
    '| content | what is expected | source | files tried |',
    '| --- | --- | --- | --- |',
    ...lines,
  ];
  await expect(`${INTRODUCTION}${table.join('\n')}\n`).toMatchFileSnapshot('../../docs/content-check.md');
});
