/** What passes between the page and this process; all values as JSON, which costs a fraction of Playwright's own form. */
export interface PageBindings {
  /** Answers a command; null is no input. */
  invokeMain(channel: string, input: string | null): Promise<string>;
  /** Names the paths of `givenFiles`, as {@link GivenPaths}. */
  findGivenPaths(): Promise<string>;
  /** Tells the page of an event. */
  deliverFromMain(channel: string, payload: string): void;
  /** What was dropped, pasted or picked last. */
  givenFiles: readonly File[];
}

/** What the preload script makes of real `File` objects. */
export interface GivenPaths {
  readonly paths: readonly string[];
  readonly withoutPath: readonly string[];
}
