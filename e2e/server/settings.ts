import type { Operation } from './request-log.ts';
import type { ShapeMarks } from './shapes.ts';
import type { TypeRules } from './sniff.ts';

/** What a test may change while the server runs. */
export interface Settings {
  /** Time before each call is looked at, in milliseconds; `any` applies where an operation has none of its own. */
  latencyMs: Partial<Record<Operation | 'any', number>>;
  /** Speed of each request's body and of each answer's, in bytes a second; Infinity is as fast as it goes. */
  bytesPerSecond: { request: number; answer: number };
  /** Room of each workspace, in bytes; 10 GiB unless told (contract, section 2). */
  quotaBytes: number;
  /** Which bodies carry `_shape`. */
  shapeMarks: ShapeMarks;
  /** Content that is taken or refused against what is documented, by MIME type (`sniff.ts`). */
  types: TypeRules;
  /** When an answer goes out before the request's body is in: false reads the rest and drops it, true ends the connection. */
  closesAfterEarlyAnswer: boolean;
}

/** Gives the settings of a quick and healthy server. */
export function createSettings(): Settings {
  return {
    latencyMs: {},
    bytesPerSecond: { request: Number.POSITIVE_INFINITY, answer: Number.POSITIVE_INFINITY },
    quotaBytes: 10_737_418_240,
    shapeMarks: 'everywhere',
    types: { takes: [], refuses: [] },
    closesAfterEarlyAnswer: false,
  };
}
