import { CircleAlert, CircleHelp, History, Hourglass, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Transfer, TransferHold, TransferQueueStatus } from '#app/transfers/transfer.ts';
import { ConnectButton } from '../accounts/connect-button.tsx';
import { formatCountdown, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { Ticking } from '../ui/ticking.tsx';
import { describeHold } from './describe-hold.ts';
import { answerTransfers, dismissLostRecords, resumeTransfers } from './transfer-commands.ts';
import { groupQuestions, type QuestionGroup } from './transfer-list.ts';
import './transfer-notices.css';

/** Draws what concerns many transfers at once: what holds them up, what is asked of them, what was lost of them. */
export function TransferNotices(props: {
  readonly transfers: readonly Transfer[];
  readonly status: TransferQueueStatus;
}) {
  const questions = groupQuestions(props.transfers);
  const { holds, hasLostRecords } = props.status;
  if (questions.length === 0 && holds.length === 0 && !hasLostRecords) return null;
  return (
    <div className="transfer-notices">
      {holds.map((hold) => (
        <HoldNotice key={`${hold.scope} ${hold.error.code}`} hold={hold} />
      ))}
      {questions.map((group) => (
        <QuestionNotice key={group.kind} group={group} />
      ))}
      {hasLostRecords ? <LostRecordsNotice /> : null}
    </div>
  );
}

function HoldNotice({ hold }: { readonly hold: TransferHold }) {
  const words = texts.transfers.holds;
  const { title, detail, quote, endsByItself } = describeHold(hold);
  const { resumesAt, error } = hold;
  const Icon = error.code === 'offline' ? WifiOff : endsByItself ? Hourglass : CircleAlert;
  return (
    <Notice
      tone={endsByItself ? 'warning' : 'danger'}
      icon={<Icon size={16} aria-hidden="true" />}
      title={title}
      words={
        <LiveRegion role={endsByItself ? 'status' : 'alert'} className="transfer-notice-words selectable">
          <strong>{title}</strong>
          <span>{detail}</span>
          {quote === null ? null : <span>{quote}</span>}
        </LiveRegion>
      }
    >
      {resumesAt === null ? null : (
        // Outside the live region: a screen reader would read every second of it.
        <span className="transfer-notice-countdown">
          <Ticking read={(now) => words.goesOn(formatCountdown(resumesAt - now))} />
        </span>
      )}
      <Button onPress={() => void resumeTransfers()}>{endsByItself ? words.tryNow : words.resume}</Button>
      {error.code === 'unauthorized' ? <ConnectButton /> : null}
    </Notice>
  );
}

function QuestionNotice({ group }: { readonly group: QuestionGroup }) {
  const words = texts.transfers;
  const { kind, ids, freeBytes } = group;
  const title = words.questions[kind](ids.length, formatSize(freeBytes ?? 0));
  return (
    <Notice
      tone="warning"
      icon={<CircleHelp size={16} aria-hidden="true" />}
      title={title}
      words={
        <p className="transfer-notice-words selectable">
          <strong>{title}</strong>
        </p>
      }
    >
      <Button onPress={() => void answerTransfers(ids, 'upload')}>{words.uploadAnywayShort}</Button>
      <Button onPress={() => void answerTransfers(ids, 'skip')}>{words.skipShort}</Button>
    </Notice>
  );
}

function LostRecordsNotice() {
  const words = texts.transfers.lostRecords;
  return (
    <Notice
      tone="warning"
      icon={<History size={16} aria-hidden="true" />}
      title={words.title}
      words={
        <LiveRegion role="alert" className="transfer-notice-words selectable">
          <strong>{words.title}</strong>
          <span>{words.detail}</span>
        </LiveRegion>
      }
    >
      <Button onPress={() => void dismissLostRecords()}>{words.dismiss}</Button>
    </Notice>
  );
}

function Notice(props: {
  readonly tone: 'warning' | 'danger';
  readonly icon: ReactNode;
  readonly title: string;
  readonly words: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form; these are words with buttons.
    <div role="group" aria-label={props.title} className={`transfer-notice transfer-notice-${props.tone}`}>
      {props.icon}
      {props.words}
      <div className="transfer-notice-buttons">{props.children}</div>
    </div>
  );
}
