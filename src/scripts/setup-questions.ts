import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Credentials } from '../core/credentials.ts'
import { UserError } from '../core/errors.ts'
import { keepSecret } from '../core/log.ts'

/** What was given as option or environment; the rest is asked for at a terminal. */
export type Answers = {
  botToken: string | undefined
  ownerId: string | undefined
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
  username: {
    what: 'Your Codice Persona on Polimisport (8 digits; empty: no account now)',
    check: /^\d{8}$/,
    expected: '8 digits',
    optional: true,
  },
  password: { what: 'Its password (not shown)', check: /./, expected: 'the password', secret: true },
  otpauth: {
    what: 'Its otpauth:// URL or TOTP secret (not shown; empty: no second factor)',
    check: /^(otpauth:\/\/totp\/.+secret=[A-Z2-7]+.*|[A-Z2-7 ]{16,}=*)$/i,
    expected: 'an otpauth://totp/… URL or a base32 secret',
    secret: true,
    optional: true,
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

/** Credentials of an account to add or update; none when not given and, at a terminal, none is wanted or one is there. */
export async function askAccount(answers: Answers, hasAccount: boolean): Promise<Credentials | undefined> {
  if (answers.username === undefined && (hasAccount || !process.stdin.isTTY)) return undefined
  const username = await answerTo(QUESTIONS.username, answers.username, '--username or BOOKWRIGHT_USERNAME')
  if (username === '') return undefined
  const password = await answerTo(QUESTIONS.password, answers.password, '--password or BOOKWRIGHT_PASSWORD')
  const given = answers.otpauth ?? (process.stdin.isTTY ? undefined : '')
  const otpauth = await answerTo(QUESTIONS.otpauth, given, '--otpauth or BOOKWRIGHT_OTPAUTH')
  return { username, password, ...(otpauth === '' ? {} : { otpauth }) }
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
