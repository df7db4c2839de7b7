import type { SnippetFile } from './to-snippet.ts';

/**
 * Writes a command a file for a POSIX shell: it saves the content, unless a file of that name is there, or shows the
 * description of a file without one to give.
 */
export function toCurl(endpoint: string, files: readonly SnippetFile[]): string {
  return files.map((file) => `${toCommand(endpoint, file)}\n`).join('');
}

function toCommand(endpoint: string, { id, localName, isSaveable }: SnippetFile): string {
  const url = `${endpoint}/files/${encodeURIComponent(id)}`;
  // Without --fail an error's text would be saved as the file; without --location no redirect gets the key.
  const start = 'curl --fail --silent --show-error --header "Authorization: Bearer $OPENROUTER_API_KEY"';
  if (!isSaveable) return `${start} ${quote(url)}`;
  // With the folder before it no name is taken for an option, or "-" for the terminal.
  const path = `./${localName}`;
  // curl would replace it, and its --no-clobber is younger than many a system's curl.
  const unlessThere = `[ -e ${quote(path)} ] && echo ${quote(`${path} is there already`)} >&2 ||`;
  return `${unlessThere} ${start} --output ${quote(path)} ${quote(`${url}/content`)}`;
}

/** Nothing has a meaning between single quotes but the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
