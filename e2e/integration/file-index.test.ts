import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '#app/files/file-query.ts';
import { createForeignFile, setUpIndex } from './index-bench.ts';

const bench = setUpIndex();

describe('the file index', () => {
  it('reads the listing to its end and answers newest first', async () => {
    bench.server.seed(2300);
    await bench.index.refresh();
    const page = await bench.query({ limit: 50 });
    expect(page.total).toBe(2300);
    expect(page.status.phase).toBe('complete');
    const listed = bench.server.files.all().map((file) => file.id);
    expect(page.rows.map((row) => 'id' in row && row.id)).toEqual(listed.reverse().slice(0, 50));
    expect(bench.server.requests.all('list')).toHaveLength(3);
  });

  it('puts files of the same moment in the reverse of the listing', async () => {
    bench.server.files.addAll(['a', 'b', 'c'].map((name) => ({ name, createdAt: 1_700_000_000_000 })));
    await bench.index.refresh();
    expect(await bench.names()).toEqual(['c', 'b', 'a']);
  });

  it('answers from the first page while it reads on', async () => {
    bench.server.seed(2500);
    bench.server.faults.inject({ on: 'list', from: 2, fault: { kind: 'hang', at: 'headers' } });
    void bench.index.refresh();
    await bench.until(({ knownFiles }) => knownFiles === 1000);
    const page = await bench.query();
    expect(page.total).toBe(1000);
    expect(page.status.phase).toBe('reading');
  });

  it('tells of the first rows at once, before the rest of their page is taken in', async () => {
    bench.server.seed(2500);
    void bench.index.refresh();
    await bench.until(({ knownFiles }) => knownFiles > 0);
    const [first] = bench.changes.filter(({ knownFiles }) => knownFiles > 0);
    expect(first?.knownFiles).toBeLessThan(1000);
    expect(first?.phase).toBe('reading');
  });

  it('says nothing new for a file that is as it was', async () => {
    bench.server.seed(3);
    await bench.index.refresh();
    const [file] = (await bench.query()).rows;
    const before = bench.changes.length;
    if (file && 'id' in file) bench.index.put({ ...file });
    expect(bench.changes).toHaveLength(before);
  });

  it('takes in what another reading finds, but for what was deleted meanwhile', async () => {
    const [kept, deleted] = bench.server.seed(2);
    await bench.index.refresh();
    const rows = (await bench.query()).rows.flatMap((row) => ('id' in row ? [row] : []));
    const take = bench.index.followReading();
    bench.index.remove([deleted?.id ?? '']);
    take([...rows, ...['x', 'y'].map((id) => ({ ...createForeignFile(id), name: 'of another program' }))]);
    const ids = (await bench.query()).rows.map((row) => ('id' in row ? row.id : row.path));
    expect(new Set(ids)).toEqual(new Set([kept?.id, 'x', 'y']));
    expect(new Set(bench.index.findSame('of another program', 1).map(({ id }) => id))).toEqual(
      new Set(['x', 'y']),
    );
    // A reading that began afterwards may lag behind as well.
    bench.index.followReading()(rows);
    expect(bench.index.find(deleted?.id ?? '')).toBeUndefined();
  });

  it('finds by words in any case and without accents, and by a whole id', async () => {
    const [file] = bench.server.files.addAll([
      { name: 'reports/Résumé Q3.pdf' },
      { name: 'notes.txt' },
      { name: 'Q3 plan.md' },
    ]);
    await bench.index.refresh();
    expect(await bench.find('resume q3')).toEqual(['reports/Résumé Q3.pdf']);
    expect((await bench.find('q3')).toSorted()).toEqual(['Q3 plan.md', 'reports/Résumé Q3.pdf']);
    expect(await bench.find(file?.id ?? '')).toEqual(['reports/Résumé Q3.pdf']);
    expect(await bench.find('nothing')).toEqual([]);
  });

  it('answers the last page for an offset past the end', async () => {
    bench.server.seed(45);
    await bench.index.refresh();
    expect(await bench.query({ offset: 500, limit: 20 })).toMatchObject({ offset: 40, total: 45 });
    expect(
      await bench.query({ filter: { ...NO_FILTER, search: 'no such file' }, offset: 500, limit: 20 }),
    ).toMatchObject({
      offset: 0,
      total: 0,
    });
  });

  it('says nothing after it is closed', async () => {
    bench.server.seed(10);
    bench.server.faults.inject({ on: 'list', fault: { kind: 'hang', at: 'headers' } });
    const reading = bench.index.refresh();
    await bench.server.waitFor((request) => request.isHeld);
    const seen = bench.changes.length;
    bench.index.close();
    await reading;
    expect(bench.changes).toHaveLength(seen);
  });
});
