import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codeFor } from '../../../sim/polimisport/totp.ts'
import { PortalError } from '../../../src/portals/errors.ts'
import { OneTimeCodes } from '../../../src/portals/polimisport/one-time-code.ts'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const at = (time: string) => Temporal.Instant.from(`2026-10-14T${time}Z`)

/** Codes on a clock that moves only when somebody waits. */
function codesAt(time: string, otpauth = SECRET) {
  let now = at(time)
  const waits: number[] = []
  const wait = async (ms: number) => {
    waits.push(ms)
    now = now.add({ milliseconds: ms })
  }
  return { codes: new OneTimeCodes(otpauth, { now: () => now, wait }), waits, now: () => now }
}

describe('one-time codes', () => {
  it('are those of an authenticator', async () => {
    const { codes, waits } = codesAt('08:00:10')
    assert.equal(await codes.next(), codeFor(SECRET, at('08:00:10')))
    assert.deepEqual(waits, [])
  })

  it('are not begun with in the last five seconds of a step', async () => {
    const late = codesAt('08:00:25.001')
    assert.equal(await late.codes.next(), codeFor(SECRET, at('08:00:30')))
    assert.deepEqual(late.waits, [4_999])
    const early = codesAt('08:00:25')
    assert.equal(await early.codes.next(), codeFor(SECRET, at('08:00:25')))
  })

  it('are never given out twice: the second is of a later step', async () => {
    const { codes, waits } = codesAt('08:00:10')
    const given = [await codes.next(), await codes.next(), await codes.next()]
    assert.deepEqual(given, [
      codeFor(SECRET, at('08:00:10')),
      codeFor(SECRET, at('08:00:30')),
      codeFor(SECRET, at('08:01:00')),
    ])
    assert.deepEqual(waits, [20_000, 30_000])
  })

  it('do not wait for ever for a clock that stands still', async () => {
    const codes = new OneTimeCodes(SECRET, { now: () => at('08:00:28'), wait: async () => undefined })
    await assert.rejects(codes.next(), (error) => error instanceof PortalError && error.kind === 'timeout')
  })

  it('work with the short secrets that some universities give out', async () => {
    const { codes } = codesAt('08:00:10', 'JBSW Y3DP EHPK 3PXP')
    assert.equal(await codes.next(), codeFor('JBSWY3DPEHPK3PXP', at('08:00:10')))
  })
})

describe('a secret that is none', () => {
  it('is refused without being quoted', () => {
    for (const wrong of ['otpauth://totp/x', 'hunter2 1890!', 'otpauth://totp/x?secret=189']) {
      assert.throws(
        () => codesAt('08:00:10', wrong),
        (error) => error instanceof PortalError && error.kind === 'bad-credentials' && !error.message.includes(wrong),
      )
    }
  })
})
