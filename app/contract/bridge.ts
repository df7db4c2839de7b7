import type { Result } from '../result.ts';

/** One command's types: what the page gives and what main answers. */
export interface Command<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

/** The command names of a contract, as data that the preload script can walk; a missing or a foreign name does not compile. */
export type Keys<Map> = Readonly<Record<keyof Map, true>>;

/** The input of a command. */
export type InputOf<Commands, Name extends keyof Commands> =
  Commands[Name] extends Command<infer Input, unknown> ? Input : never;

/** The output of a command. */
export type OutputOf<Commands, Name extends keyof Commands> =
  Commands[Name] extends Command<unknown, infer Output> ? Output : never;

/** Ends a subscription; a second call does nothing. */
export type Unsubscribe = () => void;

/** The page's side of a contract: a method a command, `onX` an event. */
export type BridgeApi<Commands, Events> = {
  readonly [Name in keyof Commands]: InputOf<Commands, Name> extends undefined
    ? () => Promise<Result<OutputOf<Commands, Name>>>
    : (input: InputOf<Commands, Name>) => Promise<Result<OutputOf<Commands, Name>>>;
} & {
  readonly [Name in keyof Events & string as `on${Capitalize<Name>}`]: (
    listener: (payload: Events[Name]) => void,
  ) => Unsubscribe;
};

/** The windows that have a bridge of their own; each is also the host part of its pages' origin. */
export type BridgeName = 'files' | 'connect';

/** The one place where a command's channel name is made. */
export function toCommandChannel(bridge: BridgeName, command: string): string {
  return `${bridge}:command:${command}`;
}

/** The one place where an event's channel name is made. */
export function toEventChannel(bridge: BridgeName, event: string): string {
  return `${bridge}:event:${event}`;
}
