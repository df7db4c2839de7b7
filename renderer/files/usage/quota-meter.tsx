import { useQuery } from '@tanstack/react-query';
import { ArrowDownWideNarrow, HardDrive, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { WorkspaceUsage } from '#app/files/workspace-usage.ts';
import { inLocation } from '../../location-in-view.ts';
import { formatSize } from '../../texts/format.ts';
import { texts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { KindIcon } from '../kind-icon.tsx';
import { describeUsage, type UsageDescription } from './describe-usage.ts';
import { usageOptions } from './usage-queries.ts';
import './quota-meter.css';

/** Draws how much of the workspace is used and by which kinds of file; nothing until main has told. */
export function QuotaMeter({ onShowLargest }: { readonly onShowLargest: () => void }) {
  const { data: usage } = useQuery(usageOptions(inLocation()));
  const id = useId();
  if (usage === undefined) return null;
  const description = describeUsage(usage);
  const { used, share, source, warning } = description;
  const words = texts.usage;
  return (
    <section
      className={warning === null ? 'usage' : 'usage usage-warning'}
      aria-labelledby={`${id}title`}
      title={used}
    >
      <h2 id={`${id}title`} className="usage-title">
        <HardDrive size={14} aria-hidden="true" />
        <span className="usage-words">{words.label}</span>
      </h2>
      <p className="usage-words usage-used">{used}</p>
      {description.percent === null ? null : (
        <Meter used={used} percent={description.percent} sourceId={`${id}source`} />
      )}
      <p className="usage-percent" aria-hidden="true">
        {share}
      </p>
      {warning === null ? null : (
        <p className="usage-words usage-alarm">
          <TriangleAlert size={14} aria-hidden="true" />
          {warning}
        </p>
      )}
      <Kinds usage={usage} segments={description.segments} />
      <p id={`${id}source`} className="usage-words usage-source">
        {source}
      </p>
      <Button
        look="quiet"
        className="usage-largest"
        label={words.showLargest}
        hint={words.showLargest}
        hintEdge="start"
        isDisabled={usage.fileCount === 0}
        onPress={onShowLargest}
      >
        <ArrowDownWideNarrow size={16} aria-hidden="true" />
        <span className="usage-words">{words.showLargest}</span>
      </Button>
    </section>
  );
}

function Meter(props: { readonly used: string; readonly percent: number; readonly sourceId: string }) {
  const { used, percent } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> takes no description and no colour that is ours.
    <div
      role="meter"
      className="usage-meter"
      aria-label={texts.usage.label}
      aria-describedby={props.sourceId}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      aria-valuetext={used}
    >
      {percent > 0 ? <div className="usage-fill" style={{ width: `${percent}%` }} /> : null}
    </div>
  );
}

/** A bar of all kinds, and the same as a list: for those who cannot tell colours, and those who see none. */
function Kinds({ usage, segments }: Pick<UsageDescription, 'segments'> & { readonly usage: WorkspaceUsage }) {
  const words = texts.usage;
  if (usage.kinds.length === 0) return null;
  return (
    <div className="usage-words usage-kinds">
      <h3 className="usage-kinds-title">{words.byKind}</h3>
      <div className="usage-chart" aria-hidden="true">
        {segments.map(({ kind, percent }) => (
          <div key={kind} className={`kind-fill-${kind}`} style={{ flexGrow: percent }} />
        ))}
      </div>
      <ul>
        {usage.kinds.map(({ kind, sizeBytes, count }) => (
          <li key={kind} className="usage-kind" title={words.files(count)}>
            <KindIcon kind={kind} size={14} />
            <span>{texts.files.kinds[kind]}</span>
            <span className="usage-kind-size">{formatSize(sizeBytes)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
