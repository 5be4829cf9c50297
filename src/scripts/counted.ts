/** A number of things, for the terminal: "1 booking", "2 bookings". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
