import { messageOf } from '../../core/errors.ts'
import { keepSecret } from '../../core/log.ts'
import type { CredentialField, PortalFacts } from '../../portals/contract.ts'
import type { Deps } from '../feature.ts'
import { type OneTimeSecret, readOneTimeSecret } from '../one-time-secret.ts'
import { readQrCode } from '../qr-code.ts'
import type { Choice, Talk } from '../talk.ts'
import type { Answer } from '../talk-answers.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Words } from '../texts.ts'
import { lines } from '../view.ts'

/** What a person gave for a credential field; `none`: there is no such thing; `left`: they want to stop. */
export type Asked = { value: string } | 'none' | 'left'

type Problem = Extract<TextKey, `field-bad-${string}`> | Extract<OneTimeSecret, { problem: string }>['problem']
type Read = { value: string } | { problem: Problem }

const LONGEST = 200

/** Asks for one field of a portal's credentials, again until it can be right. */
export async function askField(talk: Talk, deps: Deps, portal: PortalFacts, field: CredentialField): Promise<Asked> {
  const { words } = talk.person
  const accepts: readonly ('text' | 'photo')[] = field.kind === 'otpauth' ? ['text', 'photo'] : ['text']
  const question = { choices: choicesFor(words, field), accepts, secret: field.kind !== 'text' }
  for (let problem: Problem | undefined; ; ) {
    const text = lines(problem && problemText(words, problem, field), problem && '', questionText(words, portal, field))
    const answer = await talk.ask({ ...question, text })
    if (answer.kind === 'choice') return answer.choice === 'none' ? 'none' : 'left'
    const read = await readAnswer(talk, deps, field, answer)
    if ('value' in read) return read
    problem = read.problem
  }
}

function choicesFor(words: Words, { kind }: CredentialField): Choice[][] {
  const none = { label: words.text('button-no-second-factor'), choice: 'none' }
  return [...(kind === 'otpauth' ? [[none]] : []), [stopChoice(words)]]
}

/** The way out of every question. */
export function stopChoice(words: Words): Choice {
  return { label: words.text('button-stop'), choice: 'stop' }
}

async function readAnswer(
  talk: Talk,
  deps: Deps,
  { kind, format }: CredentialField,
  answer: Exclude<Answer, { kind: 'choice' }>,
): Promise<Read> {
  if (answer.kind === 'photo') return readPhoto(talk, deps, answer.fileId)
  const { text } = answer
  if (kind === 'otpauth') return text === '' ? { problem: 'field-bad-photo' } : readSecret(text)
  if (text === '') return { problem: 'field-bad-kind' }
  if (text.length > LONGEST || /[\r\n]/.test(text)) return { problem: 'field-bad-text' }
  return format && !format.pattern.test(text) ? { problem: 'field-bad-format' } : { value: text }
}

async function readPhoto(talk: Talk, { files, log }: Deps, fileId: string): Promise<Read> {
  const seen = await talk.once(async () => {
    try {
      return { code: (await readQrCode(await files.download(fileId))) ?? null }
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'a photo was not read')
      return { failed: true }
    }
  })
  if ('failed' in seen) return { problem: 'field-bad-download' }
  return seen.code === null ? { problem: 'field-bad-photo' } : readSecret(seen.code, 'field-bad-code')
}

function readSecret(text: string, otherwise?: Problem): Read {
  keepSecret(text)
  const read = readOneTimeSecret(text)
  if ('problem' in read)
    return { problem: read.problem === 'not-a-secret' ? (otherwise ?? read.problem) : read.problem }
  keepSecret(read.otpauth)
  return { value: read.otpauth }
}

function questionText(words: Words, portal: PortalFacts, { kind, question }: CredentialField): string {
  const own = question?.[words.language]
  switch (kind) {
    case 'otpauth':
      return words.html('ask-otpauth', { portal: portal.name })
    case 'secret':
      return words.html('ask-password', { question: own ?? words.text('ask-password-plainly') })
    case 'text':
      return words.html('ask-username', { portal: portal.name, question: own ?? words.text('ask-username-plainly') })
  }
}

function problemText(words: Words, problem: Problem, { format }: CredentialField): string {
  switch (problem) {
    case 'field-bad-format':
      return words.html('field-bad-format', { example: format?.example ?? '' })
    case 'field-bad-kind':
    case 'field-bad-text':
    case 'field-bad-photo':
    case 'field-bad-code':
    case 'field-bad-download':
      return words.html(problem)
    case 'not-a-secret':
    case 'code':
    case 'not-totp':
    case 'export':
      return words.html(`otpauth-${problem}`)
  }
}
