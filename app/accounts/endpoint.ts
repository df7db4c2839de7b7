/** OpenRouter's own API (contract, section 1). Files exist on the global host only. */
export const DEFAULT_ENDPOINT = 'https://openrouter.ai/api/v1';
