import { parseArgs } from 'node:util';
import { addSampleWorkspace } from './sample-workspace.ts';
import { startServer } from './server.ts';

const HELP = `Usage: tsx e2e/server/serve.ts [options]
  --port N               port on 127.0.0.1; 0 takes a free one (default)
  --key KEY              API key to accept; made up when left out
  --sample               add the demo's 40 files
  --files N              add N made-up files
  --latency-ms N         wait before every answer
  --bytes-per-second N   speed of bodies in both directions
Prints {"baseUrl","apiKey"} as one line when it listens; ends on SIGTERM, SIGINT or the end of standard input.
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    key: { type: 'string' },
    sample: { type: 'boolean', default: false },
    files: { type: 'string', default: '0' },
    'latency-ms': { type: 'string', default: '0' },
    'bytes-per-second': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else await serve();

async function serve(): Promise<void> {
  const keys = values.key === undefined ? [{}] : [{ key: values.key }];
  const server = await startServer({ port: toCount('port', values.port), keys });
  if (values.sample) addSampleWorkspace(server.files, Date.now());
  server.seed(toCount('files', values.files));
  server.settings.latencyMs = { any: toCount('latency-ms', values['latency-ms']) };
  const speed = values['bytes-per-second'];
  if (speed !== undefined) {
    const bytesPerSecond = toCount('bytes-per-second', speed);
    server.settings.bytesPerSecond = { request: bytesPerSecond, answer: bytesPerSecond };
  }
  const end = () => void server.close().finally(() => process.exit());
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // Whoever started it holds the other end: when they die, however they die, this ends too.
  process.stdin.once('end', end).once('error', end).resume();
  process.stdout.write(`${JSON.stringify({ baseUrl: server.baseUrl, apiKey: server.apiKey })}\n`);
}

function toCount(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} needs a whole number, not "${text}"`);
  return Number(text);
}
