/** A button of a message. */
export interface MessageAction {
  readonly label: string;
  readonly onPress: () => void;
}

/** How far something has got that a message tells of. Shown, but not announced with every step. */
export interface MessageProgress {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
  /** The same in words. */
  readonly text: string;
}

/** A short piece of news in a corner of the window. */
export interface Message {
  /** A message with the id of one that stands there takes its place. */
  readonly id: string;
  readonly tone: 'status' | 'alert';
  readonly title: string;
  /** Sentences under the title. */
  readonly details?: readonly string[];
  /** When what it announces happens, in milliseconds since the epoch: shown as seconds left, not announced. */
  readonly dueAt?: number;
  readonly progress?: MessageProgress;
  readonly action?: MessageAction;
  /** Drawn before `action`. */
  readonly otherAction?: MessageAction;
  /** Whether it goes by itself; else it stays until it is dismissed or replaced. */
  readonly isBrief: boolean;
}

/** The messages that stand in the window, oldest first. */
export interface MessageStore {
  readonly show: (message: Message) => void;
  readonly dismiss: (id: string) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => readonly Message[];
}

/** Builds an empty store. */
export function createMessageStore(): MessageStore {
  let messages: readonly Message[] = [];
  const listeners = new Set<() => void>();
  const change = (next: readonly Message[]) => {
    messages = next;
    for (const listener of listeners) listener();
  };
  return {
    show: (message) => {
      const isKnown = messages.some(({ id }) => id === message.id);
      change(
        isKnown ? messages.map((old) => (old.id === message.id ? message : old)) : [...messages, message],
      );
    },
    dismiss: (id) => change(messages.filter((message) => message.id !== id)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => messages,
  };
}

/** The messages of this window. */
export const messages = createMessageStore();
