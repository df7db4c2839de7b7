import { suggestUploadName } from '#app/files/upload-name.ts';
import { canSendAnyway, canUseSuggestedName } from '#app/transfers/refused-upload.ts';
import type { Transfer } from '#app/transfers/transfer.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { toShownName } from '../ui/shown-name.ts';
import { applySuggestedNames, sendTransfersAnyway } from './transfer-commands.ts';
import './refused-buttons.css';

/** Draws how a refused upload can be sent after all; nothing where it cannot. */
export function RefusedButtons({ transfer }: { readonly transfer: Transfer }) {
  const words = texts.transfers;
  const { id, name } = transfer;
  const shownName = toShownName(name);
  if (canUseSuggestedName(transfer)) {
    return (
      <div className="refused-buttons">
        <Button
          label={words.suggestedName(shownName, suggestUploadName(name))}
          onPress={() => void applySuggestedNames([id])}
        >
          {words.suggestedNameShort}
        </Button>
      </div>
    );
  }
  if (!canSendAnyway(transfer)) return null;
  return (
    <div className="refused-buttons">
      <Button label={words.sendAnyway(shownName)} onPress={() => void sendTransfersAnyway([id])}>
        {words.sendAnywayShort}
      </Button>
    </div>
  );
}
