/** Ends a `switch` over a union: does not compile while a member is unhandled, throws when one arrives anyway. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
