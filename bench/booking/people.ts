import { generateSecret } from 'otplib'

/** Somebody with an account on the stand-in. */
export type BenchPerson = { username: string; password: string; secret: string; name: string }

/** A person for each cold round: a one-time code is good once, and nobody should wait for the next. */
export function makePeople(count: number): BenchPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    username: String(10_000_000 + index),
    password: `password-${index}`,
    secret: generateSecret(),
    name: `Person ${index}`,
  }))
}
