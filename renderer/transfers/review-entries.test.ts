import { describe, expect, it } from 'vitest';
import type { UploadConcern } from '#app/transfers/transfer.ts';
import { countConcerns, listForReview } from './review-entries.ts';
import { createSampleTransfer } from './sample-transfer.ts';

const ask = (id: string, name: string, concern: UploadConcern) =>
  createSampleTransfer({ id, name, state: 'asking', question: { kind: 'sensitive', concern } });

describe('files that a person may not mean to upload', () => {
  it('are listed by their concern, what could do most harm first', () => {
    const groups = listForReview([
      ask('a', 'd/~$a.docx', 'leftover'),
      ask('b', 'd/.x', 'hidden'),
      ask('c', 'd/.env', 'secret'),
    ]);
    expect(groups.map(({ concern }) => concern)).toEqual(['secret', 'hidden', 'leftover']);
  });

  it('are one entry where they are in one hidden folder, but each secret is its own', () => {
    const [secrets, hidden] = listForReview([
      ask('a', 'd/.git/HEAD', 'hidden'),
      ask('b', 'd/.git/objects/x', 'hidden'),
      ask('c', 'd/.gitignore', 'hidden'),
      ask('d', 'd/.ssh/id_rsa', 'secret'),
      ask('e', 'd/.ssh/config', 'secret'),
    ]);
    expect(hidden?.entries).toEqual([
      { kind: 'folder', name: 'd/.git/', ids: ['a', 'b'] },
      { kind: 'file', name: 'd/.gitignore', ids: ['c'] },
    ]);
    expect(secrets?.entries.map(({ name }) => name)).toEqual(['d/.ssh/id_rsa', 'd/.ssh/config']);
  });

  it('stay two entries where two of them have one name', () => {
    const [group] = listForReview([ask('a', '.env', 'secret'), ask('b', '.env', 'secret')]);
    expect(group?.entries.map(({ ids }) => ids)).toEqual([['a'], ['b']]);
  });

  it('are one entry for all behind the first two hundred', () => {
    const transfers = Array.from({ length: 250 }, (_, index) =>
      ask(`id${index}`, `d/${index}.pem`, 'secret'),
    );
    const [group] = listForReview(transfers);
    expect(group?.entries).toHaveLength(201);
    expect(group?.entries.at(-1)).toMatchObject({ kind: 'others', name: '' });
    expect(group?.entries.flatMap(({ ids }) => ids)).toEqual(transfers.map(({ id }) => id));
  });

  it('leave out what asks something else or is decided', () => {
    const others = [
      createSampleTransfer({ state: 'asking', question: { kind: 'openUpload' } }),
      createSampleTransfer({ state: 'skipped' }),
    ];
    expect(listForReview(others)).toEqual([]);
    expect(countConcerns([...others, ask('a', '.env', 'secret')])).toEqual({
      secret: 1,
      hidden: 0,
      leftover: 0,
    });
  });
});
