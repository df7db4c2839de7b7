import { describe, expect, it } from 'vitest';
import type { SnippetFormat } from '#app/files/file-details.ts';
import type { RemoteFile } from '#app/files/remote-file.ts';
import { toSnippet } from './to-snippet.ts';

const ENDPOINT = 'https://openrouter.ai/api/v1';

const toFile = (name: string, isSaveable: boolean, id = 'or_file_1'): RemoteFile => ({
  id,
  name,
  isSaveable,
  mimeType: 'text/plain',
  sizeBytes: 1,
  createdAt: 1,
});
const CHART = toFile('out/chart.png', true, 'or_file_chart');
const REPORT = toFile('report.pdf', false, 'or_file_report');
const copy = (format: SnippetFormat, ...files: readonly RemoteFile[]) => toSnippet(format, ENDPOINT, files);

describe('a copy for a program', () => {
  it('is the ids, one a line', () => {
    expect(copy('ids', CHART)).toBe('or_file_chart');
    expect(copy('ids', CHART, REPORT)).toBe('or_file_chart\nor_file_report');
  });

  it('is a command of curl a file, for the content where the server gives it and else for the description', () => {
    const start = 'curl --fail --silent --show-error --header "Authorization: Bearer $OPENROUTER_API_KEY"';
    expect(copy('curl', CHART, REPORT)).toBe(
      [
        `[ -e './chart.png' ] && echo './chart.png is there already' >&2 || ${start} --output './chart.png' 'https://openrouter.ai/api/v1/files/or_file_chart/content'`,
        `${start} 'https://openrouter.ai/api/v1/files/or_file_report'`,
        '',
      ].join('\n'),
    );
  });

  it('is a module for the official SDK', () => {
    expect(copy('typescript', CHART, REPORT)).toBe(`import { writeFile } from 'node:fs/promises';
import { OpenRouter } from '@openrouter/sdk';

const openRouter = new OpenRouter({
  apiKey: process.env['OPENROUTER_API_KEY'] ?? '',
  serverURL: "https://openrouter.ai/api/v1",
});

const saves = [
  { fileId: "or_file_chart", path: "./chart.png" },
];
for (const { fileId, path } of saves) {
  const content = await openRouter.files.download({ fileId });
  // "wx": fails rather than to replace a file.
  await writeFile(path, new Uint8Array(await new Response(content).arrayBuffer()), { flag: 'wx' });
}

const fileIds = [
  "or_file_report",
];
for (const fileId of fileIds) {
  console.log(await openRouter.files.retrieve({ fileId }));
}
`);
  });

  it('is a script for Python', () => {
    expect(copy('python', CHART, REPORT)).toBe(`import os

import requests

FILES = "https://openrouter.ai/api/v1/files"
HEADERS = {"Authorization": f"Bearer {os.environ['OPENROUTER_API_KEY']}"}

saves = [
    ("or_file_chart", "./chart.png"),
]
for file_id, path in saves:
    response = requests.get(f"{FILES}/{file_id}/content", headers=HEADERS, timeout=60)
    response.raise_for_status()
    # "xb": fails rather than to replace a file.
    with open(path, "xb") as file:
        file.write(response.content)

file_ids = [
    "or_file_report",
]
for file_id in file_ids:
    response = requests.get(f"{FILES}/{file_id}", headers=HEADERS, timeout=60)
    response.raise_for_status()
    print(response.json())
`);
  });

  it('is one part of a message, or a list of them', () => {
    const part = (id: string) => ({ type: 'file', file: { file_id: id } });
    expect(JSON.parse(copy('messagePart', CHART))).toEqual(part('or_file_chart'));
    expect(JSON.parse(copy('messagePart', CHART, REPORT))).toEqual([
      part('or_file_chart'),
      part('or_file_report'),
    ]);
  });

  it('imports only what it uses', () => {
    expect(copy('typescript', REPORT)).not.toContain('writeFile');
    expect(copy('typescript', CHART)).not.toContain('retrieve');
  });

  it('gives two files of one name two names', () => {
    const snippet = copy('curl', toFile('a/x.txt', true, 'f1'), toFile('b/x.txt', true, 'f2'));
    expect(snippet).toContain("--output './x.txt'");
    expect(snippet).toContain("--output './x (1).txt'");
  });

  it.each(['ids', 'curl', 'typescript', 'python', 'messagePart'] as const)(
    'as %s refuses an id that is not plain',
    (format) => {
      for (const id of ["x';touch pwned;'", '../key', 'a?b=c', 'a b', ''])
        expect(() => copy(format, toFile('a.txt', true, id))).toThrow('refused');
    },
  );

  it('quotes an endpoint that has a quote in it', () => {
    expect(toSnippet('curl', "https://host/a'b", [REPORT])).toContain(
      "'https://host/a'\\''b/files/or_file_report'",
    );
  });
});
