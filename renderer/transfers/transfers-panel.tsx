import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { Transfer } from '#app/transfers/transfer.ts';
import { isFinished } from '#app/transfers/transfer-states.ts';
import { formatFacts, formatSize } from '../texts/format.ts';
import { texts } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { cancelTransfers, clearFinished } from './transfer-commands.ts';
import { TransferItems } from './transfer-items.tsx';
import { sortForDisplay, summarizeTransfers, type TransferSummary } from './transfer-progress.ts';
import { useTransferAnnouncements, useTransfers } from './use-transfers.ts';
import './transfers-panel.css';

/** Draws the uploads and saves under the table; nothing while there are none. */
export function TransfersPanel() {
  const { transfers } = useTransfers();
  const [isExpanded, setIsExpanded] = useState(true);
  const listId = useId();
  useTransferAnnouncements(transfers);
  const sorted = useMemo(() => sortForDisplay(transfers), [transfers]);
  if (transfers.length === 0) return null;
  return (
    <section className="transfers" aria-label={texts.transfers.label}>
      <div className="transfers-head">
        <IconButton
          label={isExpanded ? texts.transfers.collapse : texts.transfers.expand}
          hintEdge="start"
          isExpanded={isExpanded}
          controls={listId}
          onPress={() => setIsExpanded(!isExpanded)}
        >
          {isExpanded ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
        </IconButton>
        <h2 className="transfers-title">{texts.transfers.label}</h2>
        <Overall transfers={transfers} />
      </div>
      <div id={listId} className="transfers-body" hidden={!isExpanded}>
        {isExpanded ? <TransferItems transfers={sorted} /> : null}
      </div>
    </section>
  );
}

function Overall({ transfers }: { readonly transfers: readonly Transfer[] }) {
  const summary = summarizeTransfers(transfers);
  const unfinished = transfers.filter((transfer) => !isFinished(transfer.state));
  return (
    <>
      <span className="transfers-overall">{describeSummary(summary)}</span>
      {unfinished.length === 0 ? null : <OverallBar summary={summary} />}
      <div className="transfers-buttons">
        {unfinished.length < 2 ? null : (
          <Button look="quiet" onPress={() => void cancelTransfers(unfinished.map(({ id }) => id))}>
            {texts.transfers.cancelAll}
          </Button>
        )}
        <Button
          look="quiet"
          isDisabled={unfinished.length === transfers.length}
          onPress={() => void clearFinished()}
        >
          {texts.transfers.clearFinished}
        </Button>
      </div>
    </>
  );
}

function OverallBar({ summary }: { readonly summary: TransferSummary }) {
  const { transferredBytes, totalBytes } = summary;
  const share = totalBytes === 0 ? 0 : Math.min(transferredBytes / totalBytes, 0.99);
  return (
    <div className="transfers-overall-bar">
      <ProgressBar
        label={texts.transfers.overall}
        share={share}
        valueText={texts.transfers.progress(formatSize(transferredBytes), formatSize(totalBytes))}
      />
    </div>
  );
}

function describeSummary(summary: TransferSummary): string {
  const words = texts.transfers;
  const counts = [
    ...(summary.running === 0 ? [] : [words.running(summary.running)]),
    ...(summary.queued === 0 ? [] : [words.queued(summary.queued)]),
    ...(summary.done === 0 ? [] : [words.done(summary.done)]),
    ...(summary.failed === 0 ? [] : [words.failed(summary.failed)]),
    ...(summary.cancelled === 0 ? [] : [words.cancelled(summary.cancelled)]),
  ];
  if (summary.running + summary.queued === 0) return formatFacts(counts);
  const bytes = words.progress(formatSize(summary.transferredBytes), formatSize(summary.totalBytes));
  return formatFacts([...counts, bytes]);
}
