import type { ReactNode } from 'react';
import './state-panel.css';

/** What stands in the place of the table when there is no table to show. */
export interface StatePanelProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly detail?: string;
  readonly footnote?: string;
  readonly quote?: string | null;
  /** `alert` when something failed, `status` when something goes on, null when the words just stand there. */
  readonly announcedAs: 'alert' | 'status' | null;
  /** Buttons. */
  readonly children?: ReactNode;
}

/** Draws one calm statement in the middle of its place, with what can be done about it; its title can take the focus. */
export function StatePanel({ icon, title, detail, footnote, quote, announcedAs, children }: StatePanelProps) {
  return (
    <div className="state-panel">
      <div className="state-panel-words selectable" {...(announcedAs === null ? {} : { role: announcedAs })}>
        <div className="state-panel-icon">{icon}</div>
        <h2 className="state-panel-title" tabIndex={-1}>
          {title}
        </h2>
        {detail === undefined ? null : <p>{detail}</p>}
        {quote === undefined || quote === null ? null : <p className="state-panel-quote">{quote}</p>}
      </div>
      {children === undefined ? null : <div className="state-panel-actions">{children}</div>}
      {footnote === undefined ? null : <p className="state-panel-footnote selectable">{footnote}</p>}
    </div>
  );
}
