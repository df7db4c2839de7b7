import type { ElectronApplication } from '@playwright/test';

/** A system dialog that the app wanted to open, with what it had to say. */
export interface OpenedDialog {
  readonly kind: 'save' | 'open' | 'message';
  /** Of a message what it says. */
  readonly title: string | undefined;
  readonly defaultPath: string | undefined;
  readonly properties: readonly string[];
}

/** What the person in front of the dialogs does: chooses a path, or null to close them. */
export interface DialogAnswers {
  readonly save?: string | null;
  readonly open?: string | null;
  /** The button that is pressed in a message, by its words. */
  readonly message?: string;
}

/** The dialogs that were opened since they were replaced. */
export interface NativeDialogs {
  opened(): Promise<readonly OpenedDialog[]>;
}

/** Answers the system's dialogs in the place of a person, who is not there; a dialog with no answer given is closed. */
export async function answerDialogs(
  electron: ElectronApplication,
  answers: DialogAnswers,
): Promise<NativeDialogs> {
  const handle = await electron.evaluateHandle(({ dialog }, { save = null, open = null, message = '' }) => {
    const opened: OpenedDialog[] = [];
    const note = (kind: OpenedDialog['kind'], args: readonly unknown[]) => {
      // The last argument is the options, with or without a window before it.
      const options = args.at(-1) as Partial<Omit<OpenedDialog, 'kind'>>;
      opened.push({
        kind,
        title: options.title,
        defaultPath: options.defaultPath,
        properties: options.properties ?? [],
      });
    };
    dialog.showSaveDialog = async (...args: readonly unknown[]) => {
      note('save', args);
      return { canceled: save === null, filePath: save ?? '' };
    };
    dialog.showOpenDialog = async (...args: readonly unknown[]) => {
      note('open', args);
      return { canceled: open === null, filePaths: open === null ? [] : [open] };
    };
    dialog.showMessageBox = async (...args: readonly unknown[]) => {
      const options = args.at(-1) as { readonly message: string; readonly buttons: readonly string[] };
      opened.push({ kind: 'message', title: options.message, defaultPath: undefined, properties: [] });
      return { response: options.buttons.indexOf(message), checkboxChecked: false };
    };
    return opened;
  }, answers);
  return { opened: () => handle.jsonValue() };
}
