/** The user that must run the packaged app; undefined when this process is not root. */
export function unprivilegedUser(userId?: number): { readonly uid: number; readonly gid: number } | undefined;

/** Starts the packaged app with its sandbox on and a debugging port; see packaged-app.mjs. */
export function startPackagedApp(options: {
  readonly executable: string;
  readonly folder: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly args?: readonly string[];
}): Promise<{
  readonly endpoint: string;
  readonly profile: string;
  readonly readLog: () => string;
  readonly stop: () => Promise<void>;
}>;
