import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseProxyList } from './proxy-routes.ts';
import { createRouteMemory } from './route-memory.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('puts a route that swallowed a connection behind the others for five minutes', () => {
  const routes = parseProxyList('PROXY dead:3128; PROXY alive:3128; DIRECT');
  const [dead, alive, direct] = routes;
  if (!dead) throw new Error('The list has no entry');
  const memory = createRouteMemory();
  expect(memory.sort(routes)).toEqual([dead, alive, direct]);
  memory.noteSwallowed(dead);
  expect(memory.sort(routes)).toEqual([alive, direct, dead]);
  vi.advanceTimersByTime(5 * 60 * 1000 - 1);
  expect(memory.sort(routes)).toEqual([alive, direct, dead]);
  vi.advanceTimersByTime(1);
  expect(memory.sort(routes)).toEqual([dead, alive, direct]);
});

it('leaves the order as it is where none or all of them did', () => {
  const routes = parseProxyList('PROXY a:3128; DIRECT');
  const memory = createRouteMemory();
  for (const route of routes) memory.noteSwallowed(route);
  expect(memory.sort(routes)).toEqual(routes);
});
