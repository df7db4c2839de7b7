import { createHash } from 'node:crypto';
import { ApiError } from './errors.ts';
import type { Storage } from './store.ts';

/** A key that the server accepts; what is left out is that of an ordinary key. */
export interface NewApiKey {
  /** The secret itself; made up when left out. */
  readonly key?: string;
  readonly workspaceId?: string;
  /** `workspace`: another `workspace_id` is answered with 403; `account`: any workspace that the server knows may be named. */
  readonly reach?: 'workspace' | 'account';
  /** False: `GET /key` answers 403. */
  readonly canReadKey?: boolean;
  readonly isManagementKey?: boolean;
  /** True: the key belongs to another place, such as an intern, and each workspace route answers 404 (contract, section 9). */
  readonly isConfined?: boolean;
  /** Providers whose own keys the user has stored; without one `provider=` answers 400. */
  readonly providers?: readonly Exclude<Storage, 'openrouter'>[];
}

/** A key as the server knows it. */
export type ApiKey = Required<NewApiKey> & {
  /** Shortened form that is safe to show, as `GET /key` gives it. */
  readonly label: string;
};

/** The workspace of the first key. */
export const DEFAULT_WORKSPACE_ID = 'a103d8b6-42f0-4e50-9a3c-bf41e2c3c1a7';

/** The keys of the server, and who may call. */
export class ApiKeys {
  readonly #keys = new Map<string, ApiKey>();
  #created = 0;

  /** Adds a key and gives it back with everything filled in. */
  add(key: NewApiKey = {}): ApiKey {
    this.#created += 1;
    const secret = key.key ?? createSecret(this.#created);
    const added: ApiKey = {
      key: secret,
      label: `${secret.slice(0, 12)}...${secret.slice(-3)}`,
      workspaceId: key.workspaceId ?? DEFAULT_WORKSPACE_ID,
      reach: key.reach ?? 'workspace',
      canReadKey: key.canReadKey ?? true,
      isManagementKey: key.isManagementKey ?? false,
      isConfined: key.isConfined ?? false,
      providers: key.providers ?? [],
    };
    this.#keys.set(secret, added);
    return added;
  }

  /** Makes the server forget a key: from now on it answers 401. */
  revoke(secret: string): void {
    this.#keys.delete(secret);
  }

  /** Finds the key of an Authorization header; undefined for a missing, malformed or unknown one. */
  find(authorization: string | undefined): ApiKey | undefined {
    const secret = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    return secret === undefined ? undefined : this.#keys.get(secret);
  }

  /** Gives the caller's key or throws a 401. */
  authenticate(authorization: string | undefined): ApiKey {
    if (authorization === undefined || authorization === '') throw new ApiError(401);
    const key = this.find(authorization);
    if (key === undefined) throw new ApiError(401, 'Invalid API key');
    return key;
  }

  /** Tells whether any key belongs to that workspace. */
  knowsWorkspace(workspaceId: string): boolean {
    return [...this.#keys.values()].some((key) => key.workspaceId === workspaceId);
  }
}

/** Looks like a real key, yet stands nowhere in the sources. */
function createSecret(number: number): string {
  return `sk-or-v1-${createHash('sha256').update(`local server key ${number}`).digest('hex')}`;
}
