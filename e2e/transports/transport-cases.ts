import { answerCases, silenceCases } from './cases/answers.ts';
import { breakCases, http2Cases } from './cases/breaks.ts';
import { cancelCases } from './cases/cancels.ts';
import { certificateCases } from './cases/certificates.ts';
import { proxyCases } from './cases/proxies.ts';
import type { TransportCase } from './cases/transport-case.ts';

/** The table that every transport of the app must pass, and every one that a test takes in the place of one. */
export const TRANSPORT_CASES: readonly TransportCase[] = [
  ...answerCases,
  ...silenceCases,
  ...breakCases,
  ...http2Cases,
  ...cancelCases,
  ...proxyCases,
  ...certificateCases,
];
