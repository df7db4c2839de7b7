import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { formatCountdown } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button, IconButton } from './button.tsx';
import { useTicking } from './clock.ts';
import { FocusHome } from './focus-home.tsx';
import { LiveRegion } from './live-region.tsx';
import { type Message, type MessageProgress, messages } from './message-store.ts';
import { ProgressBar } from './progress-bar.tsx';
import './message-stack.css';

/** How long brief news stays, in milliseconds; it waits while the pointer or the focus is on it. */
const BRIEF_MS = 6000;

/** Draws the messages of the window, the newest at the bottom. */
export function MessageStack() {
  const all = useSyncExternalStore(messages.subscribe, messages.read);
  return (
    <FocusHome className="message-stack">
      <div className="message-list">
        {all.map((message) => (
          <MessageCard key={`${message.id} ${message.tone}`} message={message} />
        ))}
      </div>
    </FocusHome>
  );
}

function MessageCard({ message }: { readonly message: Message }) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (!message.isBrief || isHeld) return;
    const timer = setTimeout(() => messages.dismiss(message.id), BRIEF_MS);
    return () => clearTimeout(timer);
  }, [message, isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer and the focus only hold the card, they do nothing.
    <div
      className={`message message-${message.tone}`}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <LiveRegion role={message.tone} className="message-region">
        <div className="message-words selectable">
          <p className="message-title">{message.title}</p>
          {message.details?.map((detail) => (
            <p key={detail} className="message-detail">
              {detail}
            </p>
          ))}
          {message.progress === undefined ? null : <Progress progress={message.progress} />}
        </div>
        {message.dueAt === undefined ? null : <SecondsLeft dueAt={message.dueAt} />}
        <MessageButtons message={message} />
      </LiveRegion>
    </div>
  );
}

/** Silent within its live region: every step would be read out. */
function Progress({ progress }: { readonly progress: MessageProgress }) {
  return (
    <div className="message-progress" aria-live="off">
      <ProgressBar label={progress.label} share={progress.share} valueText={progress.text} />
      <span aria-hidden="true">{progress.text}</span>
    </div>
  );
}

function MessageButtons({ message }: { readonly message: Message }) {
  const { action, otherAction } = message;
  // The button of a question is its only answer; an alert can be put away without one.
  const canDismiss = action === undefined || message.tone === 'alert';
  return (
    <>
      {[otherAction, action].map((one) =>
        one === undefined ? null : (
          <Button key={one.label} look="plain" onPress={one.onPress}>
            {one.label}
          </Button>
        ),
      )}
      {canDismiss ? (
        <IconButton
          label={texts.messages.dismiss}
          hintEdge="end"
          onPress={() => messages.dismiss(message.id)}
        >
          <X size={14} />
        </IconButton>
      ) : null}
    </>
  );
}

/** Hidden from screen readers: a live region that changes each second would be read out each second. */
function SecondsLeft({ dueAt }: { readonly dueAt: number }) {
  const left = useTicking((now) =>
    now < dueAt ? texts.messages.wait.inTime(formatCountdown(dueAt - now)) : null,
  );
  if (left === null) return null;
  return (
    <span aria-hidden="true" className="message-seconds">
      {left}
    </span>
  );
}
