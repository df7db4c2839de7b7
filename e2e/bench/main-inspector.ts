import { once } from 'node:events';
import * as z from 'zod';

/** The inspector of a main process (V8's own protocol): how the bench looks into it without a hook in the product. */
export interface MainInspector {
  /** Runs a function there, which may use nothing from outside of it, or an expression, which may use `require`; gives its JSON. */
  evaluate(run: (() => unknown) | string): Promise<unknown>;
  /** Sends a command of the protocol, such as `Profiler.start`. */
  send(method: string, params?: object): Promise<unknown>;
  close(): void;
}

const message = z.object({
  id: z.number().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

const evaluated = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z
    .object({ text: z.string(), exception: z.object({ description: z.string() }).optional() })
    .optional(),
});

/** Connects to the address that a process has written when it began to listen. */
export async function connectInspector(endpoint: string): Promise<MainInspector> {
  const socket = new WebSocket(endpoint);
  const waiting = new Map<number, (answer: z.infer<typeof message>) => void>();
  let lastId = 0;
  socket.addEventListener('message', ({ data }) => {
    const answer = message.parse(JSON.parse(String(data)));
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  await once(socket, 'open');
  const send: MainInspector['send'] = async (method, params = {}) => {
    lastId += 1;
    const id = lastId;
    const answer = await new Promise<z.infer<typeof message>>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    waiting.delete(id);
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  };
  return {
    send,
    evaluate: async (run) => {
      const expression = typeof run === 'string' ? run : `(${run.toString()})()`;
      const options = { expression, awaitPromise: true, returnByValue: true, includeCommandLineAPI: true };
      const { result, exceptionDetails } = evaluated.parse(await send('Runtime.evaluate', options));
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    close: () => socket.close(),
  };
}
