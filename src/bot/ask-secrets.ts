import { keepSecret } from '../core/log.ts'
import { readOtpauth } from '../core/otpauth.ts'
import type { CredentialField, PortalFacts } from '../portals/contract.ts'
import type { Deps } from './feature.ts'
import { readQrCode } from './qr.ts'
import type { Answer, Question, Talk } from './talk.ts'
import { TEXTS, type TextKey } from './texts/keys.ts'
import { lines } from './view.ts'

/** The longest a site takes, and more. */
const LONGEST = 200

type FieldKey = Extract<TextKey, `field-${string}`>

/** Asks for one field of a portal's credentials until it can be right. For `otpauth`: null when there is no second factor. */
export async function askField(
  deps: Deps,
  talk: Talk,
  portal: PortalFacts,
  field: CredentialField,
  choices: Question['choices'] = [],
): Promise<string | null> {
  return field.kind === 'otpauth' ? await askOtpauth(deps, talk, portal) : await askText(talk, portal, field, choices)
}

async function askText(
  talk: Talk,
  portal: PortalFacts,
  field: CredentialField,
  choices: Question['choices'],
): Promise<string> {
  const { words } = talk.person
  const secret = field.kind === 'secret'
  const question = words.html(fieldKey(portal.id, field.name), { portal: portal.name })
  let trouble: string | undefined
  for (;;) {
    const text = lines(trouble, trouble && '', question, '', words.html(secret ? 'talk-deletes' : 'talk-leaves'))
    const answer = await talk.ask({ text, choices, accepts: ['text'], secret })
    const given = answer.kind === 'text' ? answer.text : ''
    if (secret) keepSecret(given)
    if (given !== '' && given.length <= LONGEST && (field.pattern?.test(given) ?? true)) return given
    trouble = words.html('field-wrong')
  }
}

/** The words of the site for the field, where they are known. */
function fieldKey(portal: string, name: CredentialField['name']): FieldKey {
  const own = `field-${portal}-${name}`
  return isFieldKey(own) ? own : `field-${name}`
}

function isFieldKey(key: string): key is FieldKey {
  return key in TEXTS
}

async function askOtpauth(deps: Deps, talk: Talk, portal: PortalFacts): Promise<string | null> {
  const { words } = talk.person
  let trouble: string | undefined
  for (;;) {
    const text = lines(
      trouble,
      trouble && '',
      words.html('field-otpauth', { portal: portal.name }),
      '',
      words.html('talk-deletes'),
    )
    const choices = [[{ label: words.text('button-no-second-factor'), choice: 'none' }]]
    const answer = await talk.ask({ text, choices, accepts: ['text', 'photo'], secret: true })
    if (answer.kind === 'choice') return null
    const given = await talk.once(() => textOf(deps, answer))
    keepSecret(given ?? undefined)
    if (given !== null && readOtpauth(given)) return given
    if (given === null) trouble = words.html('otpauth-no-picture')
    else trouble = words.html(given.startsWith('otpauth-migration:') ? 'otpauth-migration' : 'otpauth-wrong')
  }
}

/** What was written, or what the QR code in the picture says; null when it cannot be read. */
async function textOf({ files, log }: Deps, answer: Exclude<Answer, { kind: 'choice' }>): Promise<string | null> {
  if (answer.kind === 'text') return answer.text
  try {
    return (await readQrCode(await files.download(answer.fileId))) ?? null
  } catch {
    log.warn('a picture could not be read')
    return null
  }
}
