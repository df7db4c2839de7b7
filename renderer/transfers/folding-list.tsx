import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Transfer, TransferHold } from '#app/transfers/transfer.ts';
import { texts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { describeOver } from './describe-queue.ts';
import { TransferItems, type TransferItemsHandle } from './transfer-items.tsx';
import { listTransfers } from './transfer-list.ts';
import { summarizeTransfers } from './transfer-progress.ts';

/** The transfers of the queue. */
export interface FoldingListProps {
  readonly transfers: readonly Transfer[];
  readonly holds: readonly TransferHold[];
  readonly onSendAgain: (transfer: Transfer) => void;
  readonly onUtf8Copy: (transfer: Transfer) => void;
}

/** Draws the list, with what is over folded into one line below it when it is much. */
export function FoldingList({ transfers, holds, onSendAgain, onUtf8Copy }: FoldingListProps) {
  const [isOpen, setIsOpen] = useState(false);
  const items = useRef<TransferItemsHandle>(null);
  const { listed, folded } = useMemo(() => listTransfers(transfers, isOpen), [transfers, isOpen]);
  const firstFolded = useRef(0);
  firstFolded.current = listed.length - folded.length;
  useEffect(() => {
    if (isOpen) items.current?.scrollTo(firstFolded.current);
  }, [isOpen]);
  return (
    <>
      {listed.length === 0 ? null : (
        <TransferItems
          ref={items}
          transfers={listed}
          holds={holds}
          onSendAgain={onSendAgain}
          onUtf8Copy={onUtf8Copy}
        />
      )}
      {folded.length === 0 ? null : (
        <Button
          look="quiet"
          className="transfers-fold"
          isExpanded={isOpen}
          onPress={() => setIsOpen(!isOpen)}
        >
          {isOpen ? (
            <ChevronDown size={14} aria-hidden="true" />
          ) : (
            <ChevronRight size={14} aria-hidden="true" />
          )}
          {texts.transfers.facts(describeOver(summarizeTransfers(folded, null)))}
        </Button>
      )}
    </>
  );
}
