import { hashKey, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import {
  type FilePage,
  type FileQuery,
  type FileView,
  type RowKey,
  toRowKey,
} from '#app/files/file-query.ts';
import type { FileSummary, SelectionChange, SelectionView } from '#app/files/selection.ts';
import { inView } from '../location-in-view.ts';
import { formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { announce } from '../ui/announcer.tsx';
import { showError } from '../ui/show-error.ts';
import { type AnsweredPage, filePageOptions, toPagesKey } from './file-queries.ts';
import { type SelectionMarks, toSelectionMarks } from './selection-marks.ts';

/** What a click on a row says beside where it was. */
export interface RowClick {
  readonly isRange: boolean;
  readonly isToggle: boolean;
}

/** The ways to change the selection. They keep their identity. */
export interface SelectionActions {
  readonly clickRow: (key: RowKey, click: RowClick) => void;
  /** Selects from one row to another, both included. */
  readonly extend: (from: RowKey, to: RowKey) => void;
  readonly togglePage: () => void;
  /** Selects the page; when all of it is selected, all that match. */
  readonly selectMore: () => void;
  /** Selects all files that match, on whatever page. */
  readonly selectMatching: () => void;
  readonly clear: () => void;
  /**
   * The page in view with the selection as the changes that are under way leave it, which need not be drawn yet;
   * undefined while there is no page. What is to happen to the selection is decided by this.
   */
  readonly whenChanged: () => Promise<FilePage | undefined>;
}

/** The selection of the window, which main keeps. */
export interface SelectionControl extends SelectionActions {
  readonly summary: FileSummary;
  readonly marks: SelectionMarks;
  /** Whether all of the page is selected, but not all that match. */
  readonly canSelectMatching: boolean;
}

const NOTHING: SelectionView = {
  summary: { count: 0, sizeBytes: 0, saveableCount: 0, kinds: [], firstFiles: [] },
  selectedKeys: [],
  partlySelectedKeys: [],
  isAllMatchingSelected: false,
};

/** Shows the selection on the page in view and lets it be changed. */
export function useSelection(answer: AnsweredPage | undefined): SelectionControl {
  const rows = answer?.page.rows;
  const selection = answer?.page.selection ?? NOTHING;
  const marks = useMemo(() => toSelectionMarks({ rows: rows ?? [], selection }), [rows, selection]);
  const canSelectMatching = hasMoreToSelect(marks, selection);
  useAnnouncement(selection.summary);
  const actions = useSelectionActions({ answer, marks });
  return useMemo(
    () => ({ ...actions, summary: selection.summary, marks, canSelectMatching }),
    [actions, selection, marks, canSelectMatching],
  );
}

interface Shown {
  readonly answer: AnsweredPage | undefined;
  readonly marks: SelectionMarks;
}

function useSelectionActions(shown: Shown): SelectionActions {
  const client = useQueryClient();
  const latest = useRef(shown);
  latest.current = shown;
  return useMemo(() => {
    const underWay = createChangesUnderWay();
    const ask = async (toChange: (answer: AnsweredPage) => SelectionChange) => {
      const { answer } = latest.current;
      return answer && changeSelection(client, answer.query, toChange(answer));
    };
    const change = (toChange: (answer: AnsweredPage) => SelectionChange) => underWay.add(ask(toChange));
    const whenChanged = async () => {
      const changed = await underWay.whenMade();
      const { answer } = latest.current;
      if (answer === undefined) return undefined;
      const { page } = client.getQueryData(filePageOptions(inView(), answer.query).queryKey) ?? answer;
      return { ...page, selection: changed ?? page.selection };
    };
    const selectMore = async () => {
      // Two presses in quick succession: the second is about what the first has made of the page.
      const page = await whenChanged();
      if (page === undefined) return undefined;
      const hasMore = hasMoreToSelect(toSelectionMarks(page), page.selection);
      return ask(hasMore ? toAllMatching : (answer) => toPageChange(answer, true));
    };
    return {
      clickRow: (key, { isRange, isToggle }) =>
        change(({ query }) => {
          if (isRange) return { kind: 'range', view: toView(query), fromKey: key, toKey: key };
          return { kind: isToggle ? 'toggle' : 'only', key };
        }),
      extend: (fromKey, toKey) =>
        change(({ query }) => ({ kind: 'range', view: toView(query), fromKey, toKey })),
      togglePage: () => change((answer) => toPageChange(answer, latest.current.marks.page !== 'all')),
      selectMore: () => underWay.add(selectMore()),
      selectMatching: () => change(toAllMatching),
      clear: () => change(() => ({ kind: 'clear' })),
      whenChanged,
    };
  }, [client]);
}

/** Changes of the selection that were asked for and are not made yet. */
interface ChangesUnderWay {
  readonly add: (change: Promise<SelectionView | undefined>) => void;
  /** Settles when all of them are made, with what came of the last; undefined when there are none, or it failed. */
  readonly whenMade: () => Promise<SelectionView | undefined>;
}

function createChangesUnderWay(): ChangesUnderWay {
  const none = Promise.resolve(undefined);
  let all: Promise<SelectionView | undefined> = none;
  return {
    add: (change) => {
      const withThis = all.then(() => change);
      all = withThis;
      void withThis.then(() => {
        if (all === withThis) all = none;
      });
    },
    whenMade: () => all,
  };
}

function toPageChange({ page }: AnsweredPage, isSelected: boolean): SelectionChange {
  return { kind: 'rows', keys: page.rows.map(toRowKey), isSelected };
}

function toAllMatching({ query }: AnsweredPage): SelectionChange {
  return { kind: 'allMatching', view: toView(query) };
}

/** Whether all of the page is selected, but not all that match. */
function hasMoreToSelect(marks: SelectionMarks, { isAllMatchingSelected }: SelectionView): boolean {
  return marks.page === 'all' && !isAllMatchingSelected;
}

/** The bridge takes no more than what belongs to a view. */
function toView({ filter, folder, sort }: FileQuery): FileView {
  return { filter, folder, sort };
}

/** Gives how the page shows the selection after the change; undefined when that failed, which is told. */
async function changeSelection(
  client: QueryClient,
  query: FileQuery,
  change: SelectionChange,
): Promise<SelectionView | undefined> {
  const view = inView();
  const result = await window.files.changeSelection({ ...view, change, page: query });
  if (!result.ok) {
    showError(result.error, 'other');
    return undefined;
  }
  const asked = filePageOptions(view, query).queryKey;
  client.setQueryData(asked, (old) => old && { ...old, page: { ...old.page, selection: result.value } });
  // Other pages still show the selection as it was; one that came into view meanwhile is asked for again.
  client.removeQueries({ queryKey: toPagesKey(view), type: 'inactive' });
  const isOther = ({ queryHash }: { readonly queryHash: string }) => queryHash !== hashKey(asked);
  void client.invalidateQueries({ queryKey: toPagesKey(view), predicate: isOther });
  return result.value;
}

/** A selection in the making, such as a range by the arrow keys, is announced when it rests for this long, in milliseconds. */
const ANNOUNCE_AFTER_MS = 400;

function useAnnouncement({ count, sizeBytes }: FileSummary): void {
  const announced = useRef(0);
  useEffect(() => {
    if (count === announced.current) return;
    const timer = setTimeout(() => {
      announced.current = count;
      const words = texts.files.selection;
      announce(count === 0 ? words.cleared : words.summary(count, formatSize(sizeBytes)));
    }, ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [count, sizeBytes]);
}
