import { useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useImperativeHandle, useRef } from 'react';
import type { Transfer, TransferHold } from '#app/transfers/transfer.ts';
import { texts } from '../texts/texts.ts';
import { toShownName } from '../ui/shown-name.ts';
import { TransferItem } from './transfer-item.tsx';

/** Height of an item without an error, in pixels; one with an error is measured. */
const ITEM_HEIGHT = 44;
const ITEM_HEIGHT_WITH_ERROR = 64;

/** What others may do with the list. */
export interface TransferItemsHandle {
  /** Brings an item into view, by its place in the list. */
  readonly scrollTo: (index: number) => void;
}

/** The transfers as they are listed. */
export interface TransferItemsProps {
  readonly transfers: readonly Transfer[];
  readonly holds: readonly TransferHold[];
  readonly onSendAgain: (transfer: Transfer) => void;
  readonly onUtf8Copy: (transfer: Transfer) => void;
  readonly ref: Ref<TransferItemsHandle>;
}

/** Draws the list of transfers; only the items in view exist, so that thousands cost what a few do. */
export function TransferItems({ transfers, holds, onSendAgain, onUtf8Copy, ref }: TransferItemsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: transfers.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (transfers[index]?.error == null ? ITEM_HEIGHT : ITEM_HEIGHT_WITH_ERROR),
    getItemKey: (index) => transfers[index]?.id ?? index,
    initialRect: { width: 800, height: 180 },
    overscan: 4,
    useFlushSync: false,
  });
  useImperativeHandle(
    ref,
    () => ({ scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'start' }) }),
    [virtualizer],
  );
  const height = virtualizer.getTotalSize();
  return (
    <section
      ref={scroller}
      className="transfers-scroller"
      style={{ height }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard, and items may have no buttons.
      tabIndex={0}
      aria-label={texts.transfers.list}
    >
      <ul className="transfers-list" style={{ height }}>
        {virtualizer.getVirtualItems().map((item) => {
          const transfer = transfers[item.index];
          if (transfer === undefined) return null;
          return (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className="transfer"
              aria-label={toShownName(transfer.name)}
              aria-posinset={item.index + 1}
              aria-setsize={transfers.length}
              tabIndex={-1}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <TransferItem
                transfer={transfer}
                isHeld={holds.some(({ error }) => error.code === transfer.error?.code)}
                onSendAgain={onSendAgain}
                onUtf8Copy={onUtf8Copy}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
