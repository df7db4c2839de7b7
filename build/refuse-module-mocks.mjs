/** Set-up of those projects of Vitest's whose files share processes, where a replaced module would be so for all. */
import { vi } from 'vitest';

function refuse() {
  throw new Error('A test that replaces a module needs a process of its own: name its file under `mocked`');
}

Object.assign(vi, { mock: refuse, doMock: refuse });
