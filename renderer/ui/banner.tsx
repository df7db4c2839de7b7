import type { ReactNode } from 'react';
import './banner.css';

/** A line above the table about the table as a whole. */
export interface BannerProps {
  readonly tone: 'danger' | 'warning' | 'quiet';
  readonly icon: ReactNode;
  readonly title: string;
  readonly detail?: string;
  readonly quote?: string | null;
  readonly children?: ReactNode;
}

/** Draws a banner: an alert when something failed, else a status. */
export function Banner({ tone, icon, title, detail, quote, children }: BannerProps) {
  return (
    <div className={`banner banner-${tone}`} role={tone === 'quiet' ? 'status' : 'alert'}>
      {icon}
      <div className="banner-text selectable">
        <strong className="banner-title">{title}</strong>
        {detail === undefined ? null : <span>{detail}</span>}
        {quote === undefined || quote === null ? null : <span className="banner-quote">{quote}</span>}
      </div>
      {children}
    </div>
  );
}
