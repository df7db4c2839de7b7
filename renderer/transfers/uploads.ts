import type { Result } from '#app/result.ts';
import type { SkippedItem, UploadIntake } from '#app/transfers/transfer.ts';
import { inLocation } from '../location-in-view.ts';
import { texts } from '../texts/texts.ts';
import { messages } from '../ui/message-store.ts';
import { readChoice, rememberChoice } from '../ui/remembered.ts';
import { showError } from '../ui/show-error.ts';
import { describeRenamed, describeSkipped } from './describe-skipped.ts';

/** Queues real `File` objects, as a drop, a paste or a chooser gives them, and says what was passed over. */
export async function uploadFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  showNotice();
  report(await window.files.uploadFiles(inLocation(), files));
}

/** Lets the person choose a folder and queues what is in it. */
export async function uploadFolder(): Promise<void> {
  report(await window.files.uploadFolder(inLocation()));
}

function report(result: Result<UploadIntake | null>): void {
  if (!result.ok) {
    showError(result.error, 'upload');
    return;
  }
  const intake = result.value;
  if (intake === null) return;
  if (intake.acceptedCount > 0) showNotice();
  if (intake.acceptedCount === 0 || intake.skipped.length > 0)
    reportSkipped(intake.acceptedCount, intake.skipped);
  if (intake.renamed.length > 0) {
    messages.show({
      id: 'renamed',
      tone: 'status',
      title: describeRenamed(intake.renamed),
      details: [],
      isBrief: false,
    });
  }
}

function reportSkipped(acceptedCount: number, skipped: readonly SkippedItem[]): void {
  const sentences = describeSkipped(skipped);
  const [first = texts.transfers.noFilesInside, ...others] = sentences;
  const isNothing = acceptedCount === 0;
  messages.show({
    id: 'skipped',
    tone: 'status',
    title: isNothing ? texts.transfers.nothingToUpload : first,
    details: isNothing ? [first, ...others] : others,
    isBrief: sentences.length < 2,
  });
}

/** Tells what nobody expects of a file store when the first files are given, beside them and not in their way, until it is acknowledged. */
function showNotice(): void {
  if (readChoice('uploadNotice') !== null) return;
  const acknowledge = () => {
    rememberChoice('uploadNotice', 'acknowledged');
    messages.dismiss('upload-notice');
  };
  messages.show({
    id: 'upload-notice',
    tone: 'status',
    title: texts.transfers.noticeTitle,
    details: [texts.transfers.noticeDetail],
    action: { label: texts.transfers.noticeAcknowledge, onPress: acknowledge },
    isBrief: false,
  });
}
