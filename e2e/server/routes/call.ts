import type { Answer } from '../answer.ts';
import type { ApiKey } from '../api-keys.ts';
import { ApiError } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import type { Shape } from '../shapes.ts';
import type { ServerState } from '../state.ts';
import type { Scope, Storage } from '../store.ts';

/** One authenticated call, as its route sees it. */
export interface Call {
  readonly state: ServerState;
  readonly exchange: Exchange;
  readonly caller: ApiKey;
  readonly query: URLSearchParams;
  readonly scope: Scope;
  readonly shape: Shape;
}

/** What a route gives back once everything is checked: carrying it out is a step of its own, so that a fault can strike before or after it. */
export type Action = () => Answer;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Finds out which files a call is about; throws 403 for another workspace than the key's, 400 for a provider that the caller has no key for (contract, section 1). */
export function resolveScope(state: ServerState, caller: ApiKey, query: URLSearchParams): Scope {
  return { workspaceId: resolveWorkspace(state, caller, query), storage: resolveStorage(caller, query) };
}

function resolveWorkspace(state: ServerState, caller: ApiKey, query: URLSearchParams): string {
  const workspaceId = query.get('workspace_id');
  if (workspaceId === null || workspaceId === caller.workspaceId) return caller.workspaceId;
  if (!UUID.test(workspaceId)) throw new ApiError(400, 'workspace_id must be a UUID');
  if (caller.reach !== 'account' || !state.keys.knowsWorkspace(workspaceId)) {
    throw new ApiError(403, 'The key has no access to this workspace');
  }
  return workspaceId;
}

function resolveStorage(caller: ApiKey, query: URLSearchParams): Storage {
  const provider = query.get('provider');
  if (provider === null) return 'openrouter';
  if (provider !== 'openai' && provider !== 'anthropic') throw new ApiError(400);
  if (!caller.providers.includes(provider)) throw new ApiError(400, `No key of your own for ${provider}`);
  return provider;
}
