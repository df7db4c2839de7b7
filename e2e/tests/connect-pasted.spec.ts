import { expect, test } from '../harness/test.ts';

test('what was copied along with a key is taken off, and what cannot be a key is told as such', async ({
  openConnect,
  server,
}) => {
  server.seed(2);
  const { app, ...connect } = await openConnect();
  await connect.remember.uncheck();
  await connect.submit({ key: 'k'.repeat(5000), endpoint: server.baseUrl });
  await expect(connect.alert).toContainText('This is too long to be an API key');
  await connect.submit({ key: 'not a key', endpoint: server.baseUrl });
  await expect(connect.alert).toContainText('This is not an API key');
  await connect.submit({ key: server.apiKey, endpoint: `${server.baseUrl}/files` });
  await expect(connect.alert).toContainText('must not end in /files');
  await connect.submit({ key: server.apiKey, endpoint: `${server.baseUrl}/${'a'.repeat(2100)}` });
  await expect(connect.alert).toContainText('longer than 2,048 characters');
  expect(server.requests.all()).toHaveLength(0);

  const pasted = `export OPENROUTER_API_KEY="${server.apiKey.slice(0, 20)}\u200B${server.apiKey.slice(20)}",\n`;
  await connect.submit({ key: pasted, endpoint: server.baseUrl });
  await expect((await app.filesWindow()).table.rows).toHaveCount(2);
});
