/** Milliseconds of the machine's own monotonic clock: all processes read the same one. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
