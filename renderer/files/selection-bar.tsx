import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import type { AnsweredPage } from './file-queries.ts';
import type { SelectionControl } from './use-selection.ts';

/** The page in view and its selection. */
export interface SelectionBarProps {
  readonly answer: AnsweredPage;
  readonly selection: SelectionControl;
  /** Asked for when the bar's button has done its work and goes. */
  readonly onDone: () => void;
}

/** Offers to select what is on the other pages too, when all of this one is selected. */
export function SelectionBar({ answer, selection, onDone }: SelectionBarProps) {
  if (!selection.canSelectMatching) return null;
  const { rows, fileCount } = answer.page;
  const words = texts.files.selection;
  return (
    <div className="selection-bar">
      <span>{words.wholePage(rows.length)}</span>
      <Button
        onPress={() => {
          onDone();
          selection.selectMatching();
        }}
      >
        {words.selectMatching(fileCount)}
      </Button>
    </div>
  );
}
