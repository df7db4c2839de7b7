import { join } from 'node:path';
import { answerDialogs } from '../harness/native-dialogs.ts';
import { expect, test } from '../harness/test.ts';
import { createGeneratedContent } from '../server/content.ts';

test('the question before a deletion says that a file has not finished downloading', async ({
  openFiles,
  server,
  profile,
}) => {
  server.files.addAll(
    ['one.bin', 'two.bin'].map((name) => ({ name, content: createGeneratedContent(3_000_000, 1) })),
  );
  server.faults.inject({ on: 'download', fault: { kind: 'hang', at: { answerBytes: 1_000_000 } } });
  const files = await openFiles();
  await answerDialogs(files.app.electron, { save: join(profile.saveFolder, 'one.bin') });
  await files.table.row('one.bin').click();
  await files.save.click();
  await files.transfers.expectState('one.bin', 'Receiving');
  await files.delete.click();
  await expect(files.dialog).toContainText(
    'This file has not finished downloading. Its contents are nowhere else.',
  );
  await files.dialogCancel.click();
  await files.table.selectAll.click();
  await files.delete.click();
  await expect(files.dialog).toContainText('1 of these files has not finished downloading.');
  await files.dialogCancel.click();
});
