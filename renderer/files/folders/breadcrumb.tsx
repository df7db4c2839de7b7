import { ChevronRight, CornerLeftUp } from 'lucide-react';
import { texts } from '../../texts/texts.ts';
import { IconButton } from '../../ui/button.tsx';
import { FocusHome } from '../../ui/focus-home.tsx';
import { toShownFolderName } from '../../ui/shown-name.ts';
import { toVisibleName } from '../../ui/split-name.ts';
import { toFolderSteps, toParentFolder } from './folder-path.ts';

/** The folder in view, and the way to those around it. */
export interface BreadcrumbProps {
  readonly folder: string;
  readonly onFolder: (folder: string) => void;
}

/** Draws the way from the top to a folder; each step leads there. */
export function Breadcrumb({ folder, onFolder }: BreadcrumbProps) {
  const words = texts.files.path;
  const parent = toParentFolder(folder);
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
          {toFolderSteps(folder).map((step) => (
            <li key={step.path} className="breadcrumb-step">
              {step.path === '' ? null : <ChevronRight size={12} aria-hidden="true" />}
              <button
                type="button"
                className="breadcrumb-button"
                title={toVisibleName(step.path)}
                {...(step.path === folder ? { 'aria-current': 'page' } : {})}
                onClick={() => onFolder(step.path)}
              >
                {step.path === '' ? words.top : toVisibleName(toShownFolderName(step.name))}
              </button>
            </li>
          ))}
        </ol>
      </FocusHome>
    </nav>
  );
}
