import type { Fault, InjectedFault } from '../../server/faults.ts';
import type { TransportBench } from '../transport-bench.ts';

/** One line of the table that every transport must pass. */
export interface TransportCase {
  readonly title: string;
  /** For which transports it means something; all unless told. */
  readonly concerns?: (bench: Pick<TransportBench, 'way' | 'httpVersion' | 'isChromium'>) => boolean;
  readonly run: (bench: TransportBench) => Promise<void>;
}

/** Adds a fault to the next call of what the bench's way asks for. */
export function inject({ server, operation }: TransportBench, fault: Fault): InjectedFault {
  return server.faults.inject({ on: operation, fault });
}
