/** OpenRouter's own API (contract, section 1). Files exist on this host only, not on its regional ones. */
export const DEFAULT_ENDPOINT = 'https://openrouter.ai/api/v1';
