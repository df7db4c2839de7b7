/** The words of the system's dialogs and title bars, which main opens; those of the pages are in `renderer/texts`. */
export const nativeTexts = {
  saveFileTitle: 'Save file',
  saveFolderTitle: 'Choose a folder to save into',
  saveButton: 'Save',
  uploadFolderTitle: 'Choose a folder to upload',
  uploadButton: 'Upload',
  connectTitle: 'Connect to OpenRouter',
  environmentErrorTitle: 'The key from the environment cannot be used',
  environmentErrorText:
    'OPENROUTER_API_KEY or OPENROUTER_BASE_URL is not valid: an endpoint is an https address (http only on this computer), a key has no spaces. You can connect by hand instead.',
} as const;
