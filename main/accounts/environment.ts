/** The variables that name a key and its endpoint for one run. */
export interface KeyEnvironment {
  OPENROUTER_API_KEY?: string | undefined;
  OPENROUTER_BASE_URL?: string | undefined;
}

/**
 * The key itself, and what makes this process or one that it starts write down what is sent: Node's debug output, and a
 * file with which a recording of the connection can be read.
 */
const REMOVED_VARIABLES = ['OPENROUTER_API_KEY', 'NODE_DEBUG', 'NODE_DEBUG_NATIVE', 'SSLKEYLOGFILE'];

/**
 * Takes the key's variables out of an environment, so that no process that is started from now on inherits them. Those
 * that Chromium has started by then, and other programs of the same user, can still read them: a documented exception.
 */
export function takeEnvironment(environment: NodeJS.ProcessEnv): KeyEnvironment {
  const { OPENROUTER_API_KEY, OPENROUTER_BASE_URL } = environment;
  for (const name of REMOVED_VARIABLES) delete environment[name];
  return { OPENROUTER_API_KEY, OPENROUTER_BASE_URL };
}
