import type { ReactNode } from 'react';
import './transfer-notices.css';

/** Something that concerns many transfers, and what can be done about it. */
export interface NoticeProps {
  readonly tone: 'warning' | 'danger';
  readonly icon: ReactNode;
  readonly title: string;
  readonly words: ReactNode;
  /** The buttons. */
  readonly children: ReactNode;
}

/** Draws a line above the list of transfers. */
export function Notice(props: NoticeProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form; these are words with buttons.
    <div role="group" aria-label={props.title} className={`transfer-notice transfer-notice-${props.tone}`}>
      {props.icon}
      {props.words}
      <div className="transfer-notice-buttons">{props.children}</div>
    </div>
  );
}

/** Draws a notice that needs no announcement of its own, as the transfers themselves are announced. */
export function QuietNotice(props: Omit<NoticeProps, 'tone' | 'words'> & { readonly detail?: string }) {
  const { title, icon, detail, children } = props;
  return (
    <Notice
      tone="warning"
      icon={icon}
      title={title}
      words={
        <p className="transfer-notice-words selectable">
          <strong>{title}</strong>
          {detail === undefined ? null : <span>{detail}</span>}
        </p>
      }
    >
      {children}
    </Notice>
  );
}
