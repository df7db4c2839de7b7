import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  FILES_COMMANDS,
  FILES_EVENTS,
  type FilesApi,
  type FilesCommands,
  type FilesEvents,
} from '#app/contract/files-contract.ts';
import { createBridgeApi } from './create-bridge-api.ts';
import { toUploadPaths } from './to-upload-paths.ts';

const { uploadPaths, ...bridge } = createBridgeApi<FilesCommands, FilesEvents>(
  ipcRenderer,
  'files',
  FILES_COMMANDS,
  FILES_EVENTS,
);

const api: FilesApi = {
  ...bridge,
  uploadFiles: ({ locationId }, files) =>
    uploadPaths({ locationId, ...toUploadPaths(files, (file) => webUtils.getPathForFile(file)) }),
};

contextBridge.exposeInMainWorld('files', api);
