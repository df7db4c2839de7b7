/** The variables that name a key and its endpoint for one run. */
export interface KeyEnvironment {
  OPENROUTER_API_KEY?: string | undefined;
  OPENROUTER_BASE_URL?: string | undefined;
}

/**
 * Takes the key's variables out of an environment, so that no process that is started from now on inherits them. Those
 * that Chromium has started by then, and other programs of the same user, can still read them: a documented exception.
 */
export function takeEnvironment(environment: NodeJS.ProcessEnv): KeyEnvironment {
  const { OPENROUTER_API_KEY, OPENROUTER_BASE_URL } = environment;
  delete environment['OPENROUTER_API_KEY'];
  return { OPENROUTER_API_KEY, OPENROUTER_BASE_URL };
}
