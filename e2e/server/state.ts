import type { ApiKeys } from './api-keys.ts';
import type { FaultPlan } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { Settings } from './settings.ts';
import type { FileStore } from './store.ts';

/** Everything that one server holds. */
export interface ServerState {
  readonly files: FileStore;
  readonly keys: ApiKeys;
  readonly requests: RequestLog;
  readonly faults: FaultPlan;
  readonly settings: Settings;
}
