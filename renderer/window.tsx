import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '#app/accounts/session.ts';
import { assertNever } from '#app/assert-never.ts';
import { describeLocation } from './accounts/describe-location.ts';
import { Locations } from './accounts/locations.tsx';
import { LockedPanel, UnlockingPanel } from './accounts/session-panels.tsx';
import { sessionOptions } from './accounts/session-queries.ts';
import { toAppError } from './bridge.ts';
import { FilesView } from './files/files-view.tsx';
import { texts } from './texts/texts.ts';
import { DropTarget } from './transfers/drop-target.tsx';
import { TransfersPanel } from './transfers/transfers-panel.tsx';
import { Announcer } from './ui/announcer.tsx';
import { FocusHome } from './ui/focus-home.tsx';
import { MessageStack } from './ui/message-stack.tsx';
import './window.css';

/** Draws the main window. */
export function FilesWindow() {
  const { data: session, error } = useQuery(sessionOptions);
  const location = session?.phase === 'ready' ? session.location : null;
  const [sidebar, setSidebar] = useState<HTMLElement | null>(null);
  return (
    <div className="window">
      <div className="window-sidebar">
        <Locations location={location} />
        <div ref={setSidebar} className="window-sidebar-end" />
      </div>
      <div className="window-main">
        <div className="window-upper">
          <main className="window-files">
            <h1 className="visually-hidden">{location?.label ?? texts.messages.appName}</h1>
            {session === undefined ? null : <SessionContent session={session} sidebar={sidebar} />}
            {error === null ? null : <LockedPanel error={toAppError(error)} />}
          </main>
          <MessageStack />
        </div>
        <FocusHome className="window-bottom">
          <TransfersPanel />
        </FocusHome>
      </div>
      {location === null ? null : <DropTarget location={describeLocation(location)} />}
      <Announcer />
    </div>
  );
}

/** `sidebar` is where the files in view may draw what belongs to their location. */
function SessionContent(props: { readonly session: Session; readonly sidebar: HTMLElement | null }) {
  const { session, sidebar } = props;
  switch (session.phase) {
    case 'unlocking':
      return <UnlockingPanel />;
    case 'locked':
      return <LockedPanel error={session.error} />;
    case 'ready':
      return (
        <FilesView
          key={session.location.id}
          location={describeLocation(session.location)}
          sidebar={sidebar}
        />
      );
    default:
      return assertNever(session);
  }
}
