import { expect, it } from 'vitest';
import { parseListPage } from '../../main/openrouter/wire.ts';
import { createListingFiles } from '../bench/listing/listing-files.ts';
import { createListingPages } from '../bench/listing/listing-pages.ts';

const files = createListingFiles(25);
const { bodies, queries } = createListingPages(files, 10);

function read(position: string) {
  const page = parseListPage(JSON.parse(String(bodies.get(position))));
  if (!page) throw new Error(`There is no page behind "${position}"`);
  return page;
}

it('makes the same files again, so that two processes know the same ones', () => {
  expect(createListingFiles(25)).toEqual(files);
});

it('gives every file once when its cursors are followed, as the app reads them', () => {
  const ids: string[] = [];
  const asked: string[] = [];
  for (let position: string | null = ''; position !== null; ) {
    const page = read(position);
    expect(page.unreadableRows).toBe(0);
    ids.push(...page.files.map(({ id }) => id));
    asked.push(`limit=10${position === '' ? '' : `&cursor=${encodeURIComponent(position)}`}`);
    position = page.next !== 'untold' && page.next?.by === 'cursor' ? page.next.cursor : null;
  }
  expect(ids).toEqual(files.map(({ id }) => id));
  expect(queries).toEqual(asked);
});

it('has nothing behind the last file', () => {
  expect(read(files.at(-1)?.id ?? '')).toMatchObject({ files: [], next: null });
  expect(read(files[9]?.id ?? '').files).toHaveLength(10);
});
