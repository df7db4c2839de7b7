import type { SkippedItem, TransferState } from '#app/transfers/transfer.ts';
import { plural } from '../format.ts';

const states: Readonly<Record<TransferState, string>> = {
  queued: 'Queued',
  preparing: 'Preparing',
  sending: 'Sending',
  waitingForServer: 'Waiting for OpenRouter',
  receiving: 'Receiving',
  verifying: 'Checking',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

const skipped: Readonly<Record<SkippedItem['reason'], (count: number, names: string) => string>> = {
  systemFile: (count, names) =>
    plural(count, {
      one: `# system file was skipped (${names})`,
      other: `# system files were skipped (${names})`,
    }),
  link: (count, names) =>
    plural(count, { one: `# link was skipped (${names})`, other: `# links were skipped (${names})` }),
  notAFile: (count, names) =>
    plural(count, {
      one: `# item is not a file and was skipped (${names})`,
      other: `# items are not files and were skipped (${names})`,
    }),
  unreadable: (count, names) =>
    plural(count, {
      one: `# item could not be read and was skipped (${names})`,
      other: `# items could not be read and were skipped (${names})`,
    }),
  noPath: (count, names) =>
    plural(count, {
      one: `# item is not stored on this computer and was skipped (${names})`,
      other: `# items are not stored on this computer and were skipped (${names})`,
    }),
};

/** The words of uploads and saves. */
export const transfersTexts = {
  label: 'Transfers',
  list: 'Uploads and saves',
  states,
  skipped,
  /** The last item of a list of names that leaves some out: "a, b, 3 more". */
  more: (count: number) => plural(count, { one: '# more', other: '# more' }),
  upload: 'Upload',
  save: 'Save',
  progress: (transferred: string, total: string) => `${transferred} of ${total}`,
  running: (count: number) => plural(count, { one: '# running', other: '# running' }),
  queued: (count: number) => plural(count, { one: '# queued', other: '# queued' }),
  done: (count: number) => plural(count, { one: '# done', other: '# done' }),
  failed: (count: number) => plural(count, { one: '# failed', other: '# failed' }),
  cancelled: (count: number) => plural(count, { one: '# cancelled', other: '# cancelled' }),
  cancel: (name: string) => `Cancel ${name}`,
  retry: (name: string) => `Retry ${name}`,
  show: (name: string) => `Show ${name} in folder`,
  cancelShort: 'Cancel',
  retryShort: 'Retry',
  showShort: 'Show in folder',
  cancelAll: 'Cancel all',
  clearFinished: 'Clear finished',
  collapse: 'Hide the list of transfers',
  expand: 'Show the list of transfers',
  overall: 'All transfers',
  dropLabel: 'Drop files to upload',
  dropDetail: (location: string) => `They go to ${location}. Folders keep their structure.`,
  noFilesToPaste: 'There are no files in the clipboard',
  noFilesToPasteDetail: 'Copy files in your file manager, then paste them here.',
  nothingToUpload: 'Nothing was uploaded',
  noFilesInside: 'There are no files in there.',
  noticeTitle: 'Keep your own copies',
  noticeDetail:
    'OpenRouter lets models read what you upload, but never gives it back: an upload cannot be downloaded again.',
  noticeAcknowledge: 'Got it',
  finishedUploads: (count: number) => plural(count, { one: '# file uploaded', other: '# files uploaded' }),
  finishedSaves: (count: number) => plural(count, { one: '# file saved', other: '# files saved' }),
  finishedFailures: (count: number) =>
    plural(count, { one: '# transfer failed', other: '# transfers failed' }),
};
