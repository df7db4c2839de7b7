import type {
  EndpointProblem,
  KeyProblem,
  MaybeUploadedReason,
  NamePart,
  NameProblem,
  UnexpectedAnswer,
} from '#app/errors.ts';
import { plural } from '../format.ts';
import { contentErrorsTexts } from './content-errors.ts';

const nameProblems: Readonly<Record<NameProblem, string>> = {
  empty: 'The file has no name',
  tooLong: 'The name is longer than 255 characters, folders included',
  forbiddenCharacter: 'The name contains a character that OpenRouter does not allow',
  edgeSlash: 'The name begins or ends with a slash',
  emptySegment: 'The name contains a folder without a name',
  dotSegment: 'The name contains a folder called “.” or “..”',
};

const endpointProblems: Readonly<Record<EndpointProblem, string>> = {
  notAUrl: 'The endpoint is not a web address',
  notHttps: 'The endpoint must begin with https://',
  hasCredentials: 'The endpoint must not include a user name or a password',
  hasQuery: 'The endpoint must not include a query (?…) or a fragment (#…)',
  isResource: 'The endpoint must not end in /files or another path of the API',
  tooLong: 'The endpoint is longer than 2,048 characters',
};

const keyProblems: Readonly<Record<KeyProblem, string>> = {
  empty: 'There is no API key in what you entered',
  tooLong: 'This is too long to be an API key',
  forbiddenCharacter: 'This is not an API key: it contains spaces or characters that no key has',
};

const unexpectedAnswers: Readonly<Record<Exclude<UnexpectedAnswer, 'status'>, string>> = {
  html: 'The server answered with a web page',
  malformed: 'The server sent an unexpected response',
  redirect: 'The server pointed to another address',
  tooLarge: 'The server’s answer was too long',
  endless: 'The server’s file list repeats itself',
  early: 'The server answered before it had received the whole file',
  otherFile: 'The server’s answer was about another file',
  undecodable: 'The server’s answer was compressed in a way that cannot be read',
  notStored: 'The server said it stored the file, but the file isn’t there',
};

/** What an error means for the thing that was asked, by what was asked. */
const meanings = {
  list: 'The list may be incomplete. Files that were already loaded remain usable.',
  details: 'The details may be out of date.',
  upload: 'The file was not uploaded.',
  save: 'Nothing was saved to this computer.',
  delete: 'The file is still stored at OpenRouter.',
  connect: 'The key was not stored.',
  account: 'Your key and your files were not changed.',
  copy: 'Nothing was copied. The clipboard was not changed.',
  replace: 'Nothing was uploaded, and the old file was not changed.',
  local: 'The file at OpenRouter was not changed.',
  other: 'Nothing was changed.',
};

/** Why it is not known whether an upload is stored. */
const maybeUploadedMeanings: Readonly<Record<MaybeUploadedReason, string>> = {
  severalMatches:
    'OpenRouter may or may not have it: the answer was lost, and it is not clear which file there is this one.',
  lookFailed:
    'OpenRouter may or may not have it: the answer was lost, and the list of files could not be read.',
  stopped: 'OpenRouter may or may not have it: you stopped it before the answer came.',
};

/** What went wrong and what to do about it, by the code of the error. */
export const errorsTexts = {
  meanings,
  maybeUploadedMeanings,
  ...contentErrorsTexts,
  nameProblems,
  endpointProblems,
  keyProblems,
  unexpectedAnswers,
  unexpectedStatus: (status: number) => `The server answered with status ${status}`,
  badRequest: {
    title: 'The server did not accept the request',
    action: 'Try again. If this keeps happening, update the app.',
  },
  invalidFile: {
    title: 'OpenRouter does not take this file',
    action:
      'It takes PDF, PNG, JPEG, GIF, WebP, Word, Excel, PowerPoint, MP3, WAV, FLAC, OGG and UTF-8 text, and goes by the content, not the name.',
  },
  notSaveable: {
    title: 'Uploads cannot be downloaded again',
    action:
      'OpenRouter gives back only files that were generated there. Keep your own copy of what you upload.',
  },
  unauthorized: {
    title: 'The API key was not accepted',
    action: 'Check that the key is complete and still active, then connect with it again.',
  },
  paymentRequired: {
    title: 'The account has no credit left',
    action: 'Add credit at OpenRouter, then try again.',
  },
  forbidden: {
    title: 'This API key isn’t allowed to do that',
    action: 'Check the key’s workspace and limits in the settings at OpenRouter.',
  },
  keyWithoutFiles: {
    title: 'The server has no files for this API key',
    action:
      'The key may be limited to another place, such as an intern or a single project. Connect with a key for the workspace whose files you want, or check the endpoint.',
  },
  uploadForbidden: {
    title: 'OpenRouter refused to store this file',
    action:
      'The workspace may be full (it holds 10 GiB), or the key may not upload to it. Delete files you no longer need or check the key, then retry.',
    /** The list shows that there is space. */
    actionWithSpace:
      'The key may not be allowed to upload to this workspace, or a firewall on the way blocked the file. Check the key, or try another network, then retry.',
  },
  notFound: {
    title: 'The file no longer exists',
    meaningDelete: 'There is nothing left to delete.',
    action: 'Another person or program deleted it. Refresh the list.',
  },
  deletedHere: {
    title: 'The file was deleted before it was downloaded',
    action: 'You deleted or replaced it in this app, and OpenRouter keeps no copy.',
  },
  fileTooLarge: {
    title: (limit: string) => `The file is larger than ${limit}`,
    titleWithSize: (size: string, limit: string) => `The file is larger than ${limit}: it has ${size}`,
    titleAny: 'The server refused the file as too large',
    action: 'Split it or make it smaller, then upload it again.',
    /** OpenRouter itself would take a file of this size. */
    titleRefused: (size: string) => `The server refused the file as too large, although it has only ${size}`,
    actionRefused: (limit: string) =>
      `OpenRouter takes files of up to ${limit}, so a proxy or firewall on the way may allow less. Try another network, ask who runs the proxy, or upload a smaller file.`,
  },
  rateLimited: {
    title: 'Too many requests at once',
    action: 'Wait a minute, then try again.',
    actionAfter: (when: string) => `Try again ${when}.`,
  },
  serverFailed: { title: 'The server had an internal error', action: 'Try again in a few minutes.' },
  providerFailed: { title: 'The storage behind OpenRouter failed', action: 'Try again in a few minutes.' },
  unavailable: {
    title: 'The server is not available at the moment',
    action: 'Try again in a few minutes.',
    actionAfter: (when: string) => `Try again ${when}.`,
  },
  reportedError: {
    title: 'The server reported an error',
    action: 'Try again. If this keeps happening, check the endpoint and any proxy on the way.',
  },
  unexpectedAnswer: {
    action: 'Try again. If this keeps happening, check the endpoint and any proxy on the way.',
  },
  offline: {
    title: 'The server cannot be reached',
    action: 'Check the internet connection, then try again.',
  },
  timedOut: { title: 'The server took too long to answer', action: 'Try again in a moment.' },
  connectionLost: {
    title: 'The connection broke off',
    action: 'Check the internet connection, then try again.',
  },
  untrustedCertificate: {
    title: 'The server’s certificate is not trusted',
    action: 'Check this computer’s date, and whether a proxy or a security program reads the connection.',
  },
  proxyRefused: {
    title: (status: number) => `The proxy refused the connection with status ${status}`,
    titleLogin: 'The proxy asks for a name and a password',
    action: 'Check the proxy in the system’s network settings, or ask who runs it to allow the endpoint.',
    /** It could not reach the server, or is busy. */
    actionPassing: 'Try again in a few minutes. If this keeps happening, ask who runs the proxy.',
  },
  uploadsBlocked: {
    titles: {
      certificate: 'Uploads cannot verify the server’s certificate',
      proxySignIn: 'The proxy asks for a sign-in, which uploads cannot do yet',
    },
    actions: {
      certificate:
        'The list and downloads work, as the system trusts it. Ask who runs the server to send the whole certificate chain, or to use an authority that this computer knows.',
      proxySignIn:
        'The list and downloads work, as the system signs in for them. Ask who runs the proxy to let this app through without a sign-in.',
    },
  },
  maybeUploaded: {
    title: 'The file may have arrived',
    action: 'Check again, or look for it in the list. Sending it again may store it twice.',
  },
  maybeDeleted: {
    title: 'The file may have been deleted',
    meaning:
      'The answer was lost, or it did not confirm the deletion. OpenRouter may or may not still have the file.',
    action: 'Refresh the list to see.',
  },
  fileEmpty: { title: 'The file is empty', action: 'OpenRouter takes no empty files.' },
  fileMissing: {
    title: 'The file is no longer where it was',
    actionLocal: 'Someone may have moved, renamed or deleted it on this computer.',
    action: 'Put it back, or upload it from its new place.',
  },
  diskSilent: {
    title: 'The drive isn’t responding',
    action: 'Check the drive or its network connection, or cancel this transfer. Other transfers continue.',
  },
  nameNotUtf8: {
    title: 'The file’s name isn’t valid UTF-8 text, so the file can’t be opened',
    action: 'Rename the file, then add it again.',
  },
  fileUnreadable: { title: 'The file cannot be read', action: 'Check its permissions, then retry.' },
  fileChanged: {
    title: 'The file changed while it was being sent',
    action: 'Close the program that writes to it, then retry.',
  },
  storedMixture: {
    title: 'OpenRouter stored a different size from what was sent',
    meaning: 'It has a file of this name whose content may differ from yours.',
    action: 'Delete that file from the list, then retry.',
  },
  invalidName: {
    actions: {
      file: (name: string) =>
        `Upload it as “${name}”, or rename it on this computer and then upload it again.`,
      folder: (name: string) =>
        `Upload it with its folder named “${name}”, or rename the folder on this computer and then upload it again.`,
      path: (name: string) =>
        `Upload it as “${name}”, or rename its folders on this computer and then upload it again.`,
    } satisfies Readonly<Record<NamePart, (name: string) => string>>,
  },
  incompleteDownload: {
    title: (received: string, expected: string) => `The file arrived incomplete: ${received} of ${expected}`,
    titleLonger: (expected: string) => `More arrived than the ${expected} that the file has`,
    action: 'Retry. What had arrived was removed.',
  },
  diskFull: { title: 'The disk is full', action: 'Free up disk space, then retry.' },
  notEnoughSpace: {
    title: 'There is not enough disk space',
    action: (needed: string, free: string) =>
      `The file needs ${needed}, and ${free} are free. Free up disk space or save it to another disk, then retry.`,
  },
  folderUnwritable: {
    title: 'The folder cannot be written to',
    action: 'Check its permissions, or download the file to another folder.',
  },
  folderMissing: {
    title: 'The folder no longer exists',
    action: 'Put it back and retry, or download the file to another folder.',
  },
  nameNotAllowed: {
    title: 'The disk does not accept this file name',
    action: 'Download the file under a shorter name, or to another folder.',
  },
  targetIsFolder: {
    title: 'There is a folder of that name',
    action: 'Download the file under another name.',
  },
  targetLocked: {
    title: 'The existing file cannot be replaced',
    action: 'It may be protected or open in another program. Unlock it and retry, or choose another name.',
  },
  partialFileLost: {
    title: 'Another program moved or changed the unfinished download',
    action: 'Retry. If this keeps happening, download the file to another folder.',
  },
  targetExists: { title: 'A file of that name is already there', action: 'Save it under another name.' },
  beingDeleted: {
    title: 'These files are already being deleted',
    meaning: 'They are part of a deletion that has already started.',
    action: 'Undo that deletion, or wait until it finishes.',
  },
  beingReplaced: {
    title: 'This file is already being replaced',
    action: 'Wait until the new file is uploaded, or cancel its upload in Transfers.',
  },
  journalUnwritable: {
    title: 'The list of transfers cannot be saved',
    meaning: 'The app would lose track of them if it quit now, so new transfers are on hold.',
    titleDelete: 'The list of deletions cannot be saved',
    meaningDelete: 'The app would lose track of them if it quit now, so nothing more is deleted.',
    action:
      'Free up disk space, or check that the app can write to its data folder, then try again. If that does not help, restart the app.',
  },
  invalidEndpoint: { action: 'Correct it under Advanced, for example https://openrouter.ai/api/v1.' },
  invalidKey: { action: 'Copy only the key itself, which begins with sk-or-, then paste it here.' },
  keychainUnavailable: {
    title: 'The system keychain cannot be read',
    action: 'Unlock it and try again, or connect with a key that is kept until you quit.',
    actionConnect: 'Connect again to use the key until you quit, without storing it.',
  },
  keychainSilent: {
    title: 'The system keychain is not answering',
    action: 'Log out of this computer and in again, or connect with a key that is kept until you quit.',
    actionConnect: 'Connect again to use the key until you quit, without storing it.',
  },
  signedOut: { title: 'You are signed out', action: 'Connect with your API key again.' },
  tooMany: {
    title: 'That is too many files at once',
    action: (limit: number) =>
      plural(limit, {
        one: 'Select # file, then try again.',
        other: 'Select at most # files, then try again.',
      }),
  },
  cancelled: { title: 'Cancelled', action: 'Retry if you still want it.' },
  refused: { title: 'The app refused that request', action: 'Restart the app and try again.' },
  unexpected: {
    title: 'Something went wrong in the app',
    action: (errorId: string) => `Try again. See error ${errorId} in the log.`,
  },
};
