import { ChevronRight, CornerLeftUp, Ellipsis, Folder } from 'lucide-react';
import { texts } from '../../texts/texts.ts';
import { IconButton } from '../../ui/button.tsx';
import { FocusHome } from '../../ui/focus-home.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { toShownFolderName } from '../../ui/shown-name.ts';
import { toVisibleName } from '../../ui/split-name.ts';
import { type FolderStep, foldSteps, toFolderSteps, toParentFolder } from './folder-path.ts';

/** The folder in view, and the way to those around it. */
export interface BreadcrumbProps {
  readonly folder: string;
  readonly onFolder: (folder: string) => void;
}

/** Draws the way from the top to a folder; each step leads there. */
export function Breadcrumb({ folder, onFolder }: BreadcrumbProps) {
  const words = texts.files.path;
  const parent = toParentFolder(folder);
  const { before, hidden, after } = foldSteps(toFolderSteps(folder));
  return (
    <nav className="breadcrumb" aria-label={words.label}>
      {/* In the top the button that led there can no longer be pressed. */}
      <FocusHome className="breadcrumb-way">
        <IconButton
          label={words.up}
          hintEdge="start"
          className="breadcrumb-up"
          isDisabled={parent === null}
          onPress={() => onFolder(parent ?? '')}
        >
          <CornerLeftUp size={14} />
        </IconButton>
        <ol className="breadcrumb-steps">
          {before.map((step) => (
            <Step key={step.path} step={step} isCurrent={step.path === folder} onFolder={onFolder} />
          ))}
          {hidden.length === 0 ? null : <HiddenSteps steps={hidden} onFolder={onFolder} />}
          {after.map((step) => (
            <Step key={step.path} step={step} isCurrent={step.path === folder} onFolder={onFolder} />
          ))}
        </ol>
      </FocusHome>
    </nav>
  );
}

function Step(props: {
  readonly step: FolderStep;
  readonly isCurrent: boolean;
  readonly onFolder: (folder: string) => void;
}) {
  const { path } = props.step;
  return (
    <li className="breadcrumb-step">
      {path === '' ? null : <ChevronRight size={12} aria-hidden="true" />}
      <button
        type="button"
        className="breadcrumb-button"
        title={toVisibleName(path)}
        {...(props.isCurrent ? { 'aria-current': 'page' } : {})}
        onClick={() => props.onFolder(path)}
      >
        {toStepName(props.step)}
      </button>
    </li>
  );
}

/** Draws a button with a menu of the folders that are left out. */
function HiddenSteps(props: {
  readonly steps: readonly FolderStep[];
  readonly onFolder: (folder: string) => void;
}) {
  const actions = props.steps.map((step) => ({
    id: step.path,
    label: toStepName(step),
    icon: <Folder size={14} aria-hidden="true" />,
    onAction: () => props.onFolder(step.path),
  }));
  return (
    <li className="breadcrumb-step breadcrumb-more">
      <ChevronRight size={12} aria-hidden="true" />
      <MenuButton label={texts.files.path.hidden(actions.length)} actions={actions}>
        <Ellipsis size={14} />
      </MenuButton>
    </li>
  );
}

function toStepName({ path, name }: FolderStep): string {
  return path === '' ? texts.files.path.top : toVisibleName(toShownFolderName(name));
}
