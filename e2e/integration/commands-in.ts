import type { InputOf, OutputOf } from '#app/contract/bridge.ts';
import type { FilesCommands, InView } from '#app/contract/files-contract.ts';
import type { CommandHandlers } from '../../main/ipc/register-bridge.ts';

type Answer<Name extends keyof FilesCommands> = OutputOf<FilesCommands, Name>;

/** The commands of a window that shows one view of a location: each names both by itself. */
export type CommandsIn = {
  readonly [Name in keyof FilesCommands]: (
    input: Omit<InputOf<FilesCommands, Name>, keyof InView>,
  ) => Answer<Name> | Promise<Answer<Name>>;
};

/** The commands that are about a view, and so name it. */
const IN_VIEW: ReadonlySet<keyof FilesCommands> = new Set([
  'queryFiles',
  'changeSelection',
  'copyFiles',
  'dragFiles',
  'draftDeletion',
  'beginDeletion',
  'saveFiles',
]);

/** The commands that are about the app. */
const OF_APP: ReadonlySet<keyof FilesCommands> = new Set([
  'getSession',
  'readClock',
  'unlock',
  'signOut',
  'openConnect',
]);

/** Gives what a command names of a view. */
export function toAddress(name: keyof FilesCommands, { locationId, viewId }: InView): Partial<InView> {
  if (OF_APP.has(name)) return {};
  return IN_VIEW.has(name) ? { locationId, viewId } : { locationId };
}

/** Gives the commands of a view. */
export function commandsIn(handlers: CommandHandlers<FilesCommands>, view: InView): CommandsIn {
  const bound = Object.entries(handlers).map(([name, handle]) => [
    name,
    // The handler of each name takes what its own entry in CommandsIn takes, and the view.
    (input: object) =>
      (handle as (input: object) => unknown)({ ...toAddress(name as keyof FilesCommands, view), ...input }),
  ]);
  return Object.fromEntries(bound) as CommandsIn;
}
