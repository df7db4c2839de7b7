import { lookup } from 'node:dns/promises';
import { text as readText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createOpenRouterClient } from '../../main/openrouter/client.ts';
import { createBufferContent } from '../server/content.ts';
import { never, setUpClient } from './client-bench.ts';
import { keepProxies } from './proxies.ts';
import { keepUploads, send } from './upload-setup.ts';

const bench = setUpClient();
const { startHttpProxy } = keepProxies();
const { createTransport, openFile } = keepUploads();

/** A name that no resolver of this computer knows (RFC 6761, section 6.4), as one of a company's own network. */
const NAME = 'files.company.invalid';

describe('an endpoint whose name only a proxy knows', () => {
  it('is listed, uploaded to, downloaded from and deleted from, and never looked up here', async () => {
    await expect(lookup(NAME)).rejects.toThrow();
    const { server } = bench;
    const proxy = await startHttpProxy({ leadsTo: new URL(server.baseUrl).host });
    const transport = createTransport({ resolveProxy: async () => `PROXY ${proxy.address}` });
    const endpoint = `http://${NAME}/api/v1`;
    const client = createOpenRouterClient({
      endpoint,
      key: server.apiKey,
      transport,
      sendForContent: transport.sendForContent,
      redact: (words) => words,
    });
    const content = createBufferContent(Buffer.from('made by a model'));
    const { id } = server.files.add({ name: 'chart.txt', mimeType: 'text/plain', content });
    expect((await client.listFiles(null, never)).files).toHaveLength(1);
    const target = { baseUrl: endpoint, apiKey: server.apiKey };
    expect((await send(transport, target, await openFile('hello'))).sizeBytes).toBe(5);
    expect(await readText((await client.openContent(id, { signal: never })).body)).toBe('made by a model');
    await client.deleteFile(id, never);
    expect(server.files.get(id)).toBeUndefined();
    expect(new Set(proxy.asked)).toEqual(new Set([`${NAME}:80`]));
  });
});
