import type { ReactNode } from 'react';
import { suggestUploadName } from '#app/files/upload-name.ts';
import { canSendAnyway, canUploadUtf8Copy, canUseSuggestedName } from '#app/transfers/refused-upload.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { NamedLabel } from '../ui/named-label.tsx';
import { toShortName } from '../ui/short-name.ts';
import { toShownName } from '../ui/shown-name.ts';
import { applySuggestedNames, sendTransfersAnyway } from './transfer-commands.ts';
import './refused-buttons.css';

/** One upload, and the way to ask before a UTF-8 copy of it is sent. */
export interface RefusedButtonsProps {
  readonly transfer: Transfer;
  readonly onUtf8Copy: (transfer: Transfer) => void;
}

/** Draws how a refused upload can be sent after all; nothing where it cannot. */
export function RefusedButtons({ transfer, onUtf8Copy }: RefusedButtonsProps): ReactNode {
  const words = texts.intake;
  const { id } = transfer;
  const name = toShownName(transfer.name);
  if (canUseSuggestedName(transfer)) {
    const suggested = toShortName(suggestUploadName(transfer.name));
    return (
      <div className="refused-buttons">
        <Button onPress={() => void applySuggestedNames([id])}>
          <NamedLabel name={name} text={(shown) => words.suggestedName(shown, suggested)} />
        </Button>
      </div>
    );
  }
  if (!canSendAnyway(transfer)) return null;
  return (
    <div className="refused-buttons">
      {canUploadUtf8Copy(transfer) ? (
        <Button popup="dialog" onPress={() => onUtf8Copy(transfer)}>
          <NamedLabel name={words.ofName(name)} text={words.utf8CopyButton} />
        </Button>
      ) : null}
      <Button onPress={() => void sendTransfersAnyway([id])}>
        <NamedLabel name={name} text={words.sendAnyway} />
      </Button>
    </div>
  );
}
