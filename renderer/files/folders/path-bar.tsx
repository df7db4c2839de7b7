import { FolderTree, List } from 'lucide-react';
import { memo, type ReactNode, useId } from 'react';
import type { FileIndexStatus } from '#app/files/file-index-status.ts';
import { formatSize } from '../../texts/format.ts';
import { texts } from '../../texts/texts.ts';
import { ReadingProgress } from '../reading-progress.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import './path-bar.css';

/** Where in the files one is, and how they are listed. */
export interface PathBarProps {
  /** The folder in view; null is the flat list. */
  readonly folder: string | null;
  /** Files in it, and their size together in bytes. */
  readonly fileCount: number;
  readonly sizeBytes: number;
  /** How far the list is read; undefined before that is known. */
  readonly status: FileIndexStatus | undefined;
  readonly onFolder: (folder: string) => void;
  readonly onHasFolders: (hasFolders: boolean) => void;
  /** What else there is to choose about the table. */
  readonly options: ReactNode;
}

/** Draws the way to the folder in view, what is in it, how far that is known, and the choice between folders and one flat list. */
export const PathBar = memo(function PathBar(props: PathBarProps) {
  const { folder, fileCount, sizeBytes, status, onFolder, onHasFolders, options } = props;
  const words = texts.files.path;
  return (
    <div className="path-bar">
      {folder === null ? (
        <span className="path-flat">{words.top}</span>
      ) : (
        <Breadcrumb folder={folder} onFolder={onFolder} />
      )}
      {fileCount === 0 ? null : (
        <span className="path-amount">
          {words.amount(fileCount, formatSize(sizeBytes), status?.phase === 'reading')}
        </span>
      )}
      {status === undefined ? null : <ReadingProgress status={status} />}
      <ListingChoice hasFolders={folder !== null} onHasFolders={onHasFolders} />
      {options}
    </div>
  );
});

function ListingChoice(props: {
  readonly hasFolders: boolean;
  readonly onHasFolders: (hasFolders: boolean) => void;
}) {
  const { hasFolders, onHasFolders } = props;
  const name = useId();
  const words = texts.files.path;
  return (
    <fieldset className="listing">
      <legend className="visually-hidden">{words.listing}</legend>
      <label className="listing-choice">
        <input
          type="radio"
          className="visually-hidden"
          name={name}
          checked={!hasFolders}
          onChange={() => onHasFolders(false)}
        />
        <List size={14} aria-hidden="true" />
        <span>{words.flat}</span>
      </label>
      <label className="listing-choice">
        <input
          type="radio"
          className="visually-hidden"
          name={name}
          checked={hasFolders}
          onChange={() => onHasFolders(true)}
        />
        <FolderTree size={14} aria-hidden="true" />
        <span>{words.folders}</span>
      </label>
    </fieldset>
  );
}
