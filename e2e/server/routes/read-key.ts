import { createJsonAnswer } from '../answer.ts';
import type { ApiKey } from '../api-keys.ts';
import { ApiError } from '../errors.ts';
import type { Action, Call } from './call.ts';

/** GET /key: what a key may do; 403 for a key that may not ask. */
export function readKey({ caller }: Call): Action {
  if (!caller.canReadKey) throw new ApiError(403, 'This key cannot read its own data');
  return () => createJsonAnswer(200, { data: toKeyData(caller) });
}

/** All fields that SDK 1.3.19 requires: it rejects the whole answer when one is absent (contract, section 5). */
function toKeyData(key: ApiKey): Readonly<Record<string, unknown>> {
  return {
    label: key.label,
    limit: 100,
    limit_remaining: 74.5,
    limit_reset: 'monthly',
    include_byok_in_limit: false,
    usage: 25.5,
    usage_daily: 25.5,
    usage_weekly: 25.5,
    usage_monthly: 25.5,
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    is_free_tier: false,
    is_management_key: key.isManagementKey,
    is_provisioning_key: key.isManagementKey,
    creator_user_id: 'user_2dHFtVWx2n56w6HkM0000000000',
    organization_id: null,
    workspace_id: key.workspaceId,
    expires_at: null,
    allowed_data_regions: ['global'],
    free_model_daily_requests: { limit: 1000, remaining: 1000, used: 0 },
    rate_limit: {
      requests: -1,
      interval: '10s',
      note: 'This field is deprecated and safe to ignore.',
    },
  };
}
