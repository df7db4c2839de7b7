import type { Transfer } from '#app/transfers/transfer.ts';
import type { LoggedRequest } from '../server/request-log.ts';
import type { SoakFiles } from './soak-files.ts';
import type { SoakVerdict } from './soak-verdict.ts';

/** What a soak has measured. */
export interface SoakFindings {
  readonly files: readonly SoakFiles[];
  readonly transfers: readonly Transfer[];
  readonly requests: readonly LoggedRequest[];
  /** Calls that a fault has hit, by its name. */
  readonly hits: ReadonlyMap<string, number>;
  readonly verdict: SoakVerdict;
  readonly durationMs: number;
  /** Of the main process, in bytes. */
  readonly memory: { readonly atStart: number; readonly atPeak: number; readonly atEnd: number };
}

const MIB = 1024 * 1024;

/** Puts the figures into words. */
export function toSoakFigures(findings: SoakFindings): string {
  const { files, transfers, requests, hits, verdict, durationMs, memory } = findings;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const count = (isCounted: (transfer: Transfer) => boolean) => transfers.filter(isCounted).length;
  const inState = (state: Transfer['state']) => count((transfer) => transfer.state === state);
  const calls = (operation: LoggedRequest['operation']) =>
    requests.filter((request) => request.operation === operation).length;
  const fileCount = sum(files.map(({ paths }) => paths.length));
  const byListing = count(({ confirmedBy }) => confirmedBy === 'listing');
  const causes = transfers.flatMap(({ name, state, error }) =>
    state === 'failed' || state === 'unknown' ? [`  ${name} ${state}: ${JSON.stringify(error)}`] : [],
  );
  return [
    `Soak: ${fileCount} files, ${toMib(sum(files.map(({ sizeBytes }) => sizeBytes)))} MiB, ${Math.round(durationMs / 1000)} s`,
    `  ${inState('done')} done (${byListing} confirmed by listing), ${inState('failed')} failed, ${inState('unknown')} unknown`,
    ...causes,
    `  ${calls('upload')} uploads begun (${calls('upload') - fileCount} again), ${calls('list')} pages of listings read`,
    `  ${sum([...hits.values()])} calls hit: ${[...hits].map(([name, times]) => `${times} × ${name}`).join(', ')}`,
    `  memory of main: ${toMib(memory.atStart)} MiB at the start, ${toMib(memory.atPeak)} at its peak, ${toMib(memory.atEnd)} at rest (${toSigned(memory.atEnd - memory.atStart)})`,
    `${fileCount} files: ${verdict.lost.length} lost, ${verdict.duplicated.length} duplicated, ${verdict.partial.length} partial`,
  ].join('\n');
}

function toMib(bytes: number): string {
  return (bytes / MIB).toFixed(0);
}

function toSigned(bytes: number): string {
  return `${bytes < 0 ? '−' : '+'}${(Math.abs(bytes) / MIB).toFixed(1)} MiB`;
}
