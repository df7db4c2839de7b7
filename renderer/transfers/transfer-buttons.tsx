import { CopyPlus, FolderOpen, RotateCw, SearchCheck, SkipForward, Upload, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Transfer } from '#app/transfers/transfer.ts';
import { canRetry, isFinished } from '#app/transfers/transfer-states.ts';
import { texts } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { toShownName } from '../ui/shown-name.ts';
import {
  answerTransfers,
  cancelTransfers,
  checkTransfers,
  retryTransfers,
  showInFolder,
} from './transfer-commands.ts';

/** One transfer, and the way to ask before it is sent a second time. */
export interface TransferButtonsProps {
  readonly transfer: Transfer;
  readonly onSendAgain: (transfer: Transfer) => void;
}

/** Draws what can be done about a transfer in its state. */
export function TransferButtons({ transfer, onSendAgain }: TransferButtonsProps) {
  const words = texts.transfers;
  const { id, state } = transfer;
  const name = toShownName(transfer.name);
  return (
    <div className="transfer-buttons">
      {state === 'asking' ? <AnswerButtons id={id} name={name} /> : null}
      {state === 'unknown' ? (
        <>
          <Action label={words.check(name)} hint={words.checkShort} onPress={() => void checkTransfers([id])}>
            <SearchCheck size={16} />
          </Action>
          <Action
            label={words.sendAgain(name)}
            hint={words.sendAgainShort}
            onPress={() => onSendAgain(transfer)}
          >
            <CopyPlus size={15} />
          </Action>
          <Action
            label={words.dismissItem(name)}
            hint={words.dismissItemShort}
            onPress={() => void cancelTransfers([id])}
          >
            <X size={16} />
          </Action>
        </>
      ) : null}
      {canRetry(state) && state !== 'unknown' ? (
        <Action label={words.retry(name)} hint={words.retryShort} onPress={() => void retryTransfers([id])}>
          <RotateCw size={15} />
        </Action>
      ) : null}
      {state === 'done' ? (
        <Action label={words.show(name)} hint={words.showShort} onPress={() => void showInFolder(id)}>
          <FolderOpen size={15} />
        </Action>
      ) : null}
      {isFinished(state) ? null : (
        <Action
          label={words.cancel(name)}
          hint={words.cancelShort}
          onPress={() => void cancelTransfers([id])}
        >
          <X size={16} />
        </Action>
      )}
    </div>
  );
}

function AnswerButtons({ id, name }: Pick<Transfer, 'id' | 'name'>) {
  const words = texts.transfers;
  return (
    <>
      <Action
        label={words.uploadAnyway(name)}
        hint={words.uploadAnywayShort}
        onPress={() => void answerTransfers([id], 'upload')}
      >
        <Upload size={15} />
      </Action>
      <Action
        label={words.skip(name)}
        hint={words.skipShort}
        onPress={() => void answerTransfers([id], 'skip')}
      >
        <SkipForward size={15} />
      </Action>
    </>
  );
}

function Action(props: {
  readonly label: string;
  readonly hint: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return <IconButton {...props} hintEdge="end" />;
}
