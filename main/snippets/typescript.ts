import type { SnippetFile, SnippetFiles } from './to-snippet.ts';

/** Writes a module for the official SDK, `@openrouter/sdk`, on Node. */
export function toTypeScript(endpoint: string, { saveable, others }: SnippetFiles): string {
  return [
    ...(saveable.length > 0 ? ["import { writeFile } from 'node:fs/promises';"] : []),
    "import { OpenRouter } from '@openrouter/sdk';",
    '',
    'const openRouter = new OpenRouter({',
    "  apiKey: process.env['OPENROUTER_API_KEY'] ?? '',",
    `  serverURL: ${JSON.stringify(endpoint)},`,
    '});',
    ...(saveable.length > 0 ? toDownload(saveable) : []),
    ...(others.length > 0 ? toDescription(others) : []),
    '',
  ].join('\n');
}

function toDownload(files: readonly SnippetFile[]): readonly string[] {
  return [
    '',
    'const saves = [',
    ...files.map(
      ({ id, localName }) =>
        `  { fileId: ${JSON.stringify(id)}, path: ${JSON.stringify(`./${localName}`)} },`,
    ),
    '];',
    'for (const { fileId, path } of saves) {',
    '  const content = await openRouter.files.download({ fileId });',
    '  // "wx": fails rather than to replace a file.',
    "  await writeFile(path, new Uint8Array(await new Response(content).arrayBuffer()), { flag: 'wx' });",
    '}',
  ];
}

function toDescription(files: readonly SnippetFile[]): readonly string[] {
  return [
    '',
    'const fileIds = [',
    ...files.map(({ id }) => `  ${JSON.stringify(id)},`),
    '];',
    'for (const fileId of fileIds) {',
    '  console.log(await openRouter.files.retrieve({ fileId }));',
    '}',
  ];
}
