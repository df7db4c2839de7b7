/** Gives the time of a clock that is the same in all processes of this computer, in milliseconds. */
export function readMonotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
