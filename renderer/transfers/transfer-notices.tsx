import { CircleAlert, CircleHelp, History, Hourglass, WifiOff } from 'lucide-react';
import type { Transfer, TransferHold, TransferQueueStatus } from '#app/transfers/transfer.ts';
import { ConnectButton } from '../accounts/connect-button.tsx';
import { formatCountdown, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { Ticking } from '../ui/ticking.tsx';
import { describeHold } from './describe-hold.ts';
import { Notice, QuietNotice } from './notice.tsx';
import { SensitiveNotice } from './sensitive-notice.tsx';
import {
  answerTransfers,
  applySuggestedNames,
  dismissLostRecords,
  resumeTransfers,
  sendTransfersAnyway,
} from './transfer-commands.ts';
import { groupQuestions, groupRefused, type QuestionGroup, type RefusedGroup } from './transfer-list.ts';

/** Draws what concerns many transfers at once: what holds them up, what is asked of them, what was lost of them. */
export function TransferNotices(props: {
  readonly transfers: readonly Transfer[];
  readonly status: TransferQueueStatus;
  /** Opens the list of files that a person may not mean. */
  readonly onReview: () => void;
}) {
  const { transfers } = props;
  const questions = groupQuestions(transfers);
  const { holds, hasLostRecords } = props.status;
  const refused = groupRefused(transfers);
  if (questions.length === 0 && holds.length === 0 && refused.length === 0 && !hasLostRecords) return null;
  return (
    <div className="transfer-notices">
      {holds.map((hold) => (
        <HoldNotice key={`${hold.scope} ${hold.error.code}`} hold={hold} />
      ))}
      {questions.map((group) =>
        group.kind === 'sensitive' ? (
          <SensitiveNotice key={group.kind} transfers={transfers} ids={group.ids} onReview={props.onReview} />
        ) : (
          <QuestionNotice key={group.kind} group={group} />
        ),
      )}
      {refused.map((group) => (
        <RefusedNotice key={group.kind} group={group} />
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
    <QuietNotice icon={<CircleHelp size={16} aria-hidden="true" />} title={title}>
      <Button onPress={() => void answerTransfers(ids, 'upload')}>{words.uploadAnywayShort}</Button>
      <Button onPress={() => void answerTransfers(ids, 'skip')}>{words.skipShort}</Button>
    </QuietNotice>
  );
}

function RefusedNotice({ group }: { readonly group: RefusedGroup }) {
  const words = texts.intake;
  const { kind, ids } = group;
  return (
    <QuietNotice icon={<CircleAlert size={16} aria-hidden="true" />} title={words.refused[kind](ids.length)}>
      {kind === 'content' ? (
        <Button onPress={() => void sendTransfersAnyway(ids)}>{words.sendAnywayShort}</Button>
      ) : (
        <Button onPress={() => void applySuggestedNames(ids)}>{words.suggestedNamesShort}</Button>
      )}
    </QuietNotice>
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
