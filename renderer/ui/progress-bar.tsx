import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar';
import './progress-bar.css';

/** How far something has got. */
export interface ProgressBarProps {
  readonly label: string;
  /** From 0 to 1; null when it cannot be told. */
  readonly share: number | null;
  readonly tone?: 'accent' | 'waiting' | 'success' | 'danger' | 'quiet';
  /** What a screen reader says instead of the percentage. */
  readonly valueText?: string;
}

/** Draws a bar from 0 to 100 %, or a moving one when the share is not known. */
export function ProgressBar({ label, share, tone = 'accent', valueText }: ProgressBarProps) {
  return (
    <AriaProgressBar
      className="progress-bar"
      aria-label={label}
      value={Math.round((share ?? 0) * 100)}
      isIndeterminate={share === null}
      {...(valueText === undefined ? {} : { valueLabel: valueText })}
    >
      <div
        className={`progress-bar-fill progress-bar-${share === null ? 'unknown' : tone}`}
        style={{ transform: `scaleX(${share ?? 1})` }}
      />
    </AriaProgressBar>
  );
}
