import { CircleAlert, FileQuestionMark, Inbox, LoaderCircle, SearchX, Upload, WifiOff } from 'lucide-react';
import { useRef } from 'react';
import type { AppError } from '#app/errors.ts';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { type FileFilter, isUnfiltered } from '#app/files/file-query.ts';
import { ConnectButton } from '../accounts/connect-button.tsx';
import { texts } from '../texts/texts.ts';
import { FileInput } from '../transfers/file-input.tsx';
import { Button } from '../ui/button.tsx';
import { toShortName } from '../ui/short-name.ts';
import { StatePanel } from '../ui/state-panel.tsx';
import { useErrorWords } from '../ui/use-error-words.ts';
import './file-states.css';

const ICON = { size: 32, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Stands in the place of the table until the first files are read. */
export function LoadingPanel({ label }: { readonly label: string }) {
  return (
    <div className="files-loading">
      <StatePanel
        icon={<LoaderCircle {...ICON} className="files-loading-icon" />}
        title={label}
        announcedAs="status"
      />
    </div>
  );
}

/** Stands in the place of the table when there are no files at all. */
export function EmptyPanel() {
  const input = useRef<HTMLInputElement>(null);
  const words = texts.files.states;
  return (
    <StatePanel
      icon={<Inbox {...ICON} size={40} />}
      title={words.emptyTitle}
      detail={words.emptyDetail}
      footnote={words.emptyLimits}
      announcedAs={null}
    >
      <Button onPress={() => input.current?.click()}>
        <Upload size={16} aria-hidden="true" />
        {texts.files.toolbar.uploadFiles}
      </Button>
      <FileInput field={input} />
    </StatePanel>
  );
}

/** Stands in the place of the table when files are listed, but none that can be shown: to say that there are none would be wrong. */
export function UnreadablePanel(props: { readonly count: number; readonly onRefresh: () => void }) {
  const words = texts.files.states;
  return (
    <StatePanel
      icon={<FileQuestionMark {...ICON} />}
      title={words.unreadableTitle(props.count)}
      detail={words.unreadableDetail}
      announcedAs={null}
    >
      <Button onPress={props.onRefresh}>{words.retry}</Button>
    </StatePanel>
  );
}

/** Stands in the place of the table when nothing matches, which is not the last word while files are still read. */
export function NoResultsPanel(props: {
  readonly filter: FileFilter;
  /** The folder that was looked through; null and the empty string are all files. */
  readonly folder: string | null;
  readonly status: FileIndexStatus;
  readonly onClear: () => void;
}) {
  const { filter, folder, status, onClear } = props;
  const words = texts.files.states;
  const { search } = filter;
  const hasSearch = search.trim() !== '';
  const hasOther = !isUnfiltered({ ...filter, search: '' });
  const place = folder ? toShortName(folder) : null;
  const title = hasSearch ? words.noResultsTitle(search, place) : words.noFilterResultsTitle(place);
  const clear = hasSearch ? texts.files.toolbar.clearSearch : words.clearFilters;
  return (
    <StatePanel
      icon={<SearchX {...ICON} />}
      title={status.phase === 'reading' ? words.noResultsYet(status.knownFiles) : title}
      detail={hasSearch ? words.noResultsDetail : words.noFilterResultsDetail}
      announcedAs={null}
    >
      <Button onPress={onClear}>{hasSearch && hasOther ? words.clearAll : clear}</Button>
    </StatePanel>
  );
}

/** Stands in the place of the table when not one file could be read. */
export function FailedPanel(props: { readonly error: AppError; readonly onRetry: () => void }) {
  const { title, action, quote } = useErrorWords(props.error, 'list');
  const Icon = props.error.code === 'offline' ? WifiOff : CircleAlert;
  return (
    <StatePanel icon={<Icon {...ICON} />} title={title} detail={action} quote={quote} announcedAs="alert">
      <Button look="primary" onPress={props.onRetry}>
        {texts.files.states.retry}
      </Button>
      {props.error.code === 'unauthorized' ? <ConnectButton /> : null}
    </StatePanel>
  );
}
