import {
  type BridgeName,
  type InputOf,
  type OutputOf,
  toCommandChannel,
  toEventChannel,
} from '#app/contract/bridge.ts';
import type { CommandSchemas, EventSchemas } from '#app/contract/schemas.ts';
import { AppFailure } from '#app/errors.ts';
import { fail, type Result, succeed } from '#app/result.ts';

/** What a call says of its sender: the part of Electron's `IpcMainInvokeEvent` that is looked at. */
export interface CallEvent {
  readonly senderFrame: object | null;
}

/** The part of Electron's `ipcMain` that a bridge needs. */
export interface MainPort {
  handle(channel: string, listener: (event: CallEvent, input: unknown) => Promise<unknown>): void;
  removeHandler(channel: string): void;
}

/** A function for every command of a contract; a missing one does not compile. Throws `AppFailure` for an expected error. */
export type CommandHandlers<Commands> = {
  readonly [Name in keyof Commands]: (
    input: InputOf<Commands, Name>,
  ) => OutputOf<Commands, Name> | Promise<OutputOf<Commands, Name>>;
};

/** Sends one event of a contract to its window, if there is one. */
export type EmitEvent<Events> = <Name extends keyof Events & string>(
  event: Name,
  payload: Events[Name],
) => void;

/** What one side of a bridge is made of. */
export interface BridgeParts<Commands, Events> {
  readonly bridge: BridgeName;
  readonly port: MainPort;
  /** Whether a call comes from our own page in the main frame of our own window. */
  readonly isTrustedSender: (event: CallEvent) => boolean;
  readonly commandSchemas: CommandSchemas<Commands>;
  readonly eventSchemas: EventSchemas<Events>;
  readonly handlers: CommandHandlers<Commands>;
  /** Delivers an event to the window's page; does nothing when there is none. */
  readonly send: (channel: string, payload: unknown) => void;
  /** Puts an unexpected error in the log and answers the id it stands under. */
  readonly logUnexpected: (context: string, cause: unknown) => string;
}

/** Main's side of a bridge, while it is registered. */
export interface RegisteredBridge<Events> {
  readonly emit: EmitEvent<Events>;
  readonly unregister: () => void;
}

/**
 * Answers the commands of one contract. For each call, in this order: the sender is checked, the input parsed, the
 * handler run, the output parsed (a wall against leaking what the contract does not name), and a `Result` answered.
 */
export function registerBridge<Commands, Events>(
  parts: BridgeParts<Commands, Events>,
): RegisteredBridge<Events> {
  const names = Object.keys(parts.handlers) as (keyof Commands & string)[]; // Object.keys forgets the key type.
  for (const name of names) {
    parts.port.handle(toCommandChannel(parts.bridge, name), (event, input) =>
      answer(parts, name, event, input),
    );
  }
  return {
    emit: (event, payload) => {
      const parsed = parts.eventSchemas[event].safeParse(payload);
      if (parsed.success) parts.send(toEventChannel(parts.bridge, event), parsed.data);
      else parts.logUnexpected(`event ${event}`, parsed.error);
    },
    unregister: () => {
      for (const name of names) parts.port.removeHandler(toCommandChannel(parts.bridge, name));
    },
  };
}

async function answer<Commands, Events, Name extends keyof Commands & string>(
  parts: BridgeParts<Commands, Events>,
  name: Name,
  event: CallEvent,
  input: unknown,
): Promise<Result<OutputOf<Commands, Name>>> {
  if (!parts.isTrustedSender(event)) {
    parts.logUnexpected(`command ${name}`, new Error('refused: not sent by our own page'));
    return fail({ code: 'refused' });
  }
  const parsedInput = parts.commandSchemas[name].input.safeParse(input);
  if (!parsedInput.success) {
    parts.logUnexpected(`command ${name}`, new Error(`refused input: ${toIssues(parsedInput.error)}`));
    return fail({ code: 'refused' });
  }
  try {
    const output = await parts.handlers[name](parsedInput.data);
    return succeed(parts.commandSchemas[name].output.parse(output));
  } catch (cause) {
    if (cause instanceof AppFailure) return fail(cause.error);
    return fail({ code: 'unexpected', errorId: parts.logUnexpected(`command ${name}`, cause) });
  }
}

const MAX_ISSUES_TOLD = 5;

/** Says where an input was wrong without repeating it: it may hold a key. */
function toIssues(error: { readonly issues: readonly { path: PropertyKey[]; code: string }[] }): string {
  return error.issues
    .slice(0, MAX_ISSUES_TOLD)
    .map((issue) => `${issue.path.map(String).join('.') || '(input)'} ${issue.code}`)
    .join(', ');
}
