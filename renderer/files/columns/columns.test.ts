import { describe, expect, it } from 'vitest';
import {
  DEFAULT_COLUMNS,
  formatColumns,
  moveColumn,
  moveColumnTo,
  parseColumns,
  resizeColumn,
  showColumn,
  toShownColumns,
  toTableWidth,
  toTemplate,
} from './columns.ts';

describe('remembered columns', () => {
  it('come back as they were', () => {
    const changed = moveColumn(
      showColumn(resizeColumn(DEFAULT_COLUMNS, 'kind', 140), 'saveable', false),
      'size',
      'left',
    );
    expect(formatColumns(changed)).toBe('name size kind:140 created -saveable');
    expect(parseColumns(formatColumns(changed))).toEqual(changed);
  });

  it('are the default when there are none, and whole when some are missing, unknown or said twice', () => {
    expect(parseColumns(null)).toEqual(DEFAULT_COLUMNS);
    expect(parseColumns('{"broken":')).toEqual(DEFAULT_COLUMNS);
    expect(toShownColumns(parseColumns('size:90 owner size -created'))).toEqual([
      'size',
      'name',
      'kind',
      'saveable',
    ]);
  });

  it('never hide the name, and keep widths within bounds', () => {
    expect(toShownColumns(parseColumns('-name'))).toContain('name');
    expect(parseColumns('kind:99999')[0]).toMatchObject({ id: 'kind', width: 480 });
    expect(parseColumns('kind:1')[0]).toMatchObject({ id: 'kind', width: 64 });
  });
});

describe('moving a column', () => {
  it('passes the next one that is shown, and stops at the edges', () => {
    const withoutKind = showColumn(DEFAULT_COLUMNS, 'kind', false);
    expect(toShownColumns(moveColumn(withoutKind, 'size', 'left'))).toEqual([
      'size',
      'name',
      'created',
      'saveable',
    ]);
    expect(moveColumn(DEFAULT_COLUMNS, 'name', 'left')).toBe(DEFAULT_COLUMNS);
    expect(moveColumn(DEFAULT_COLUMNS, 'saveable', 'right')).toBe(DEFAULT_COLUMNS);
    expect(moveColumn(withoutKind, 'kind', 'right')).toBe(withoutKind);
  });

  it('puts it before or after any other', () => {
    const moved = moveColumnTo(DEFAULT_COLUMNS, 'saveable', 'name', 'before');
    expect(toShownColumns(moved)).toEqual(['saveable', 'name', 'kind', 'size', 'created']);
    expect(moveColumnTo(moved, 'saveable', 'created', 'after').at(-1)?.id).toBe('saveable');
    expect(moveColumnTo(DEFAULT_COLUMNS, 'kind', 'name', 'after')).toBe(DEFAULT_COLUMNS);
  });
});

describe('widths', () => {
  it('leave the rest to the name, and more room to exact dates unless a person chose', () => {
    expect(toTemplate(DEFAULT_COLUMNS, 'relative')).toBe('36px minmax(140px, 1fr) 112px 104px 128px 96px');
    expect(toTemplate(DEFAULT_COLUMNS, 'exact')).toContain('184px');
    expect(toTemplate(resizeColumn(DEFAULT_COLUMNS, 'created', 100), 'exact')).not.toContain('184px');
    expect(resizeColumn(DEFAULT_COLUMNS, 'name', 300)).toBe(DEFAULT_COLUMNS);
  });

  it('add up to the least width of the table', () => {
    expect(toTableWidth(DEFAULT_COLUMNS, 'relative')).toBe(36 + 140 + 112 + 104 + 128 + 96);
    expect(toTableWidth(showColumn(DEFAULT_COLUMNS, 'created', false), 'relative')).toBe(488);
  });
});
