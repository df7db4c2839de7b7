/** The local server in a process of its own, so that its work is not measured as the app's; asked over Node's IPC. */
import { addSampleWorkspace } from '../server/sample-workspace.ts';
import { startServer } from '../server/server.ts';

const server = await startServer();
addSampleWorkspace(server.files, Date.now());
process.on('message', (name: unknown) => {
  const [file] = server.files.named(String(name));
  process.send?.({ sha256: file?.sha256 ?? null });
});
process.once('disconnect', () => void server.close().finally(() => process.exit()));
process.send?.({ baseUrl: server.baseUrl, apiKey: server.apiKey });
