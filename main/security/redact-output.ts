/** What of a stream this needs. */
interface Output {
  write(chunk: string | Uint8Array, ...rest: unknown[]): boolean;
}

/**
 * Takes secrets out of whatever this process writes as text. Node reads `NODE_DEBUG` before any script runs, and then prints
 * the headers of each request on standard error: to remove the variable comes too late.
 */
export function redactOutput(
  redact: (text: string) => string,
  outputs: readonly Output[] = [process.stdout, process.stderr],
): void {
  for (const output of outputs) {
    const write = output.write.bind(output);
    output.write = (chunk, ...rest) => write(typeof chunk === 'string' ? redact(chunk) : chunk, ...rest);
  }
}
