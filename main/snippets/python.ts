import type { SnippetFile, SnippetFiles } from './to-snippet.ts';

/** Writes a script for Python 3 with `requests`, which needs no more than that. */
export function toPython(endpoint: string, { saveable, others }: SnippetFiles): string {
  return [
    'import os',
    '',
    'import requests',
    '',
    `FILES = ${toLiteral(`${endpoint}/files`)}`,
    'HEADERS = {"Authorization": f"Bearer {os.environ[\'OPENROUTER_API_KEY\']}"}',
    ...(saveable.length > 0 ? toDownload(saveable) : []),
    ...(others.length > 0 ? toDescription(others) : []),
    '',
  ].join('\n');
}

function toDownload(files: readonly SnippetFile[]): readonly string[] {
  return [
    '',
    'saves = [',
    ...files.map(({ id, localName }) => `    (${toLiteral(id)}, ${toLiteral(`./${localName}`)}),`),
    ']',
    'for file_id, path in saves:',
    '    response = requests.get(f"{FILES}/{file_id}/content", headers=HEADERS, timeout=60)',
    '    response.raise_for_status()',
    '    # "xb": fails rather than to replace a file.',
    '    with open(path, "xb") as file:',
    '        file.write(response.content)',
  ];
}

function toDescription(files: readonly SnippetFile[]): readonly string[] {
  return [
    '',
    'file_ids = [',
    ...files.map(({ id }) => `    ${toLiteral(id)},`),
    ']',
    'for file_id in file_ids:',
    '    response = requests.get(f"{FILES}/{file_id}", headers=HEADERS, timeout=60)',
    '    response.raise_for_status()',
    '    print(response.json())',
  ];
}

/** What JSON escapes, and how, Python reads as well; what differs (lone surrogates) is in no local name. */
function toLiteral(text: string): string {
  return JSON.stringify(text);
}
