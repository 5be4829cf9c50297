import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { type Credentials, credentialsSchema } from '../core/credentials.ts'
import { UserError } from '../core/errors.ts'
import { keepSecret } from '../core/log.ts'
import type { CredentialField, PortalFacts } from '../portals/contract.ts'
import { getPortal, portals } from '../portals/registry.ts'

/** What was given as option or environment; the rest is asked for at a terminal. */
export type Answers = {
  botToken: string | undefined
  ownerId: string | undefined
  portal: string | undefined
  username: string | undefined
  password: string | undefined
  otpauth: string | undefined
  name: string | undefined
}

type Question = { what: string; check: RegExp; expected: string; secret?: boolean; optional?: boolean }

const QUESTIONS = {
  botToken: {
    what: 'Bot token (from @BotFather, /newbot)',
    check: /^[1-9]\d*:[\w-]{3,}$/,
    expected: 'a token such as 123456:ABC-DEF',
    secret: true,
  },
  ownerId: {
    what: 'Your Telegram user id',
    check: /^[1-9]\d{0,15}$/,
    expected: 'a number such as 123456789',
  },
} satisfies Record<string, Question>

/**
 * The bot token, and the owner if one is given. Throws `UserError` when one is wrong, or the token is missing and there
 * is no terminal to ask at.
 */
export async function askTelegram(answers: Answers): Promise<{ botToken: string; ownerId?: number }> {
  const botToken = await answerTo(QUESTIONS.botToken, answers.botToken, '--bot-token or BOOKWRIGHT_BOT_TOKEN')
  if (answers.ownerId === undefined) return { botToken }
  const ownerId = await answerTo(QUESTIONS.ownerId, answers.ownerId, '--owner-id or BOOKWRIGHT_OWNER_ID')
  return { botToken, ownerId: Number(ownerId) }
}

/** An account to add or update; none when not given and, at a terminal, none is wanted or one is there. Throws `UserError`. */
export async function askAccount(
  answers: Answers,
  hasAccount: boolean,
): Promise<{ portal: PortalFacts; credentials: Credentials } | undefined> {
  const { username, portal: named } = answers
  if (username === undefined && (hasAccount || !process.stdin.isTTY)) return undefined
  const wanted = username ?? (await ask({ what: `An account now, on ${NAMES}? [y/N]`, check: /./, expected: 'y or n' }))
  if (username === undefined && !/^y/i.test(wanted)) return undefined
  const portal = await askPortal(named)
  const given: Partial<Record<keyof Credentials, string>> = {}
  for (const field of portal.credentialFields) {
    const { name } = field
    // What is optional is not asked for where there is nobody to answer.
    const nobodyThere = field.kind === 'otpauth' && !process.stdin.isTTY ? '' : undefined
    const how = `--${name} or BOOKWRIGHT_${name.toUpperCase()}`
    const answer = await answerTo(questionOf(portal, field), answers[name] ?? nobodyThere, how)
    if (answer !== '') given[name] = answer
  }
  return { portal, credentials: credentialsSchema.parse(given) }
}

const NAMES = portals.map(({ name }) => name).join(' or ')

async function askPortal(named: string | undefined): Promise<PortalFacts> {
  if (named !== undefined) return getPortal(named)
  const [first] = portals
  const isOnly = portals.length === 1 || !process.stdin.isTTY
  const ids = portals.map(({ id }) => id)
  const check = new RegExp(`^(${ids.join('|')})$`)
  const question = { what: `For which site (${ids.join(', ')})`, check, expected: `one of ${ids.join(', ')}` }
  return isOnly && first ? first : getPortal(await answerTo(question, undefined, '--portal or BOOKWRIGHT_PORTAL'))
}

/** How a credential is asked for at the terminal. */
function questionOf(portal: PortalFacts, { name, kind, format, question }: CredentialField): Question {
  const what = question?.en ?? `Your ${name} on ${portal.name}`
  switch (kind) {
    case 'text':
      return {
        what,
        check: format?.pattern ?? /./,
        expected: format ? `something like ${format.example}` : `the ${name}`,
      }
    case 'secret':
      return { what: `${what} (not shown)`, check: /./, expected: `the ${name}`, secret: true }
    case 'otpauth':
      return {
        what: `The otpauth:// URL or TOTP secret of ${portal.name} (not shown; empty: no second factor)`,
        check: /^(otpauth:\/\/totp\/.+secret=[A-Z2-7]+.*|[A-Z2-7 ]{16,}=*)$/i,
        expected: 'an otpauth://totp/… URL or a base32 secret',
        secret: true,
        optional: true,
      }
  }
}

async function answerTo(question: Question, given: string | undefined, how: string): Promise<string> {
  if (given !== undefined) {
    if (isGood(question, given)) return given
    throw new UserError(`${how}: expected ${question.expected}, found ${describe(question, given)}.`)
  }
  if (!process.stdin.isTTY)
    throw new UserError(`${question.what}: nobody is at the terminal to be asked. Give it as ${how}.`)
  for (;;) {
    const answer = await ask(question)
    if (question.secret) keepSecret(answer)
    if (isGood(question, answer)) return answer
    console.log(`  Expected ${question.expected}.`)
  }
}

function isGood(question: Question, answer: string): boolean {
  return answer === '' ? question.optional === true : question.check.test(answer)
}

function describe(question: Question, given: string): string {
  return question.secret ? `a text of ${given.length} characters` : JSON.stringify(given)
}

async function ask({ what, secret = false }: Question): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  process.stdout.write(`${what}: `)
  const reader = createInterface({ input: process.stdin, output: secret ? silent : process.stdout, terminal: true })
  const closed = new Promise<never>((_resolve, reject) =>
    reader.once('close', () => reject(new UserError('Nothing was entered; what is done so far stays.'))),
  )
  try {
    return (await Promise.race([reader.question(''), closed])).trim()
  } finally {
    reader.removeAllListeners('close')
    reader.close()
    closed.catch(() => undefined)
    if (secret) process.stdout.write('\n')
  }
}
