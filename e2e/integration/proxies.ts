import { afterEach } from 'vitest';
import { createProxies, type Proxies } from '../transports/proxies.ts';

/** Gives functions that start proxies, which are closed after each test. */
export function keepProxies(): Omit<Proxies, 'close'> {
  const { close, ...start } = createProxies();
  afterEach(close);
  return start;
}
