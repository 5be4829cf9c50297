import { type Field, spec } from './spec.ts'

/** One way in which a request or an answer departs from the specification. */
export interface Problem {
  kind: 'unknown' | 'missing' | 'type' | 'length'
  path: string
  text: string
}

/** Parameters the documentation dropped and Telegram still reads. */
const LEGACY_PARAMETERS = new Set([
  'reply_to_message_id',
  'allow_sending_without_reply',
  'disable_web_page_preview',
  'thumb',
])

/** In this order: an inline or reply keyboard may carry `force_reply`, too. */
const MARKUPS = [
  ['inline_keyboard', 'InlineKeyboardMarkup'],
  ['keyboard', 'ReplyKeyboardMarkup'],
  ['remove_keyboard', 'ReplyKeyboardRemove'],
  ['force_reply', 'ForceReply'],
] as const

const SCALARS = new Set(['Integer', 'Float', 'Boolean', 'String', 'InputFile'])

/** Checks decoded parameters against a method of the specification. */
export function checkParameters(methodName: string, values: Record<string, unknown>): Problem[] {
  const fields = spec.methods[methodName]?.fields ?? {}
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => !LEGACY_PARAMETERS.has(name)))
  return checkFields(fields, known, '')
}

/** Checks a value against type strings such as `Message` or `Array of Update`: what the server itself sends. */
export function checkValue(types: string[], value: unknown, path = 'result'): Problem[] {
  if (types.includes('InlineKeyboardMarkup')) return checkReplyMarkup(types, value, path)
  const attempts = types.map((type) => checkType(type, value, path))
  return attempts.find((problems) => problems.length === 0) ?? best(attempts)
}

/** Turns the text of a parameter into the value its types ask for; what cannot be turned stays text. */
export function decodeParameter(methodName: string, name: string, text: string): unknown {
  const types = spec.methods[methodName]?.fields[name]?.types ?? []
  if (types.includes('Boolean')) return /^(true|yes|1|false|no|0)$/i.test(text.trim()) ? isTrue(text) : text
  if ((types.includes('Integer') || types.includes('Float')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (types.length > 0 && types.every((type) => !SCALARS.has(type))) return parseJson(text)
  return text
}

function isTrue(text: string): boolean {
  return /^(true|yes|1)$/i.test(text.trim())
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The key of a markup says which kind it is meant to be, and so what is wrong with it. */
function checkReplyMarkup(types: string[], value: unknown, path: string): Problem[] {
  const kind = MARKUPS.find(([key]) => isObject(value) && key in value)?.[1]
  if (kind && types.includes(kind)) return checkType(kind, value, path)
  return [problem('type', path, `is not of type ${types.join(' or ')}`)]
}

/** Of several unsuccessful alternatives, the one that came closest. */
function best(attempts: Problem[][]): Problem[] {
  const sorted = attempts.toSorted((a, b) => b.filter(isDeep).length - a.filter(isDeep).length || a.length - b.length)
  return sorted[0] ?? []
}

function isDeep(problem: Problem): boolean {
  return problem.kind !== 'type'
}

function checkFields(fields: Record<string, Field>, value: Record<string, unknown>, path: string): Problem[] {
  const problems: Problem[] = []
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && !(name in value)) problems.push(problem('missing', join(path, name), 'is required'))
  }
  for (const [name, member] of Object.entries(value)) {
    const field = fields[name]
    if (!field) problems.push(problem('unknown', join(path, name), 'is not in the Bot API'))
    else problems.push(...checkValue(field.types, member, join(path, name)), ...checkLength(field, member, path, name))
  }
  return problems
}

function checkLength(field: Field, value: unknown, path: string, name: string): Problem[] {
  if (field.max === undefined || typeof value !== 'string') return []
  const length = field.unit === 'bytes' ? Buffer.byteLength(value) : [...value].length
  if (length >= (field.min ?? 0) && length <= field.max) return []
  return [problem('length', join(path, name), `has ${length} ${field.unit}, not ${field.min}-${field.max}`)]
}

function checkType(type: string, value: unknown, path: string): Problem[] {
  if (type.startsWith('Array of ')) return checkArray(type.slice('Array of '.length), value, path)
  if (SCALARS.has(type)) return fitsScalar(type, value) ? [] : [problem('type', path, `is not of type ${type}`)]
  if (type === 'KeyboardButton' && typeof value === 'string') return []
  if (!isObject(value)) return [problem('type', path, `is not of type ${type}`)]
  const subtypes = spec.types[type]?.subtypes
  if (subtypes) return checkUnion(type, subtypes, value, path)
  return checkFields(spec.types[type]?.fields ?? {}, value, path)
}

function checkArray(type: string, value: unknown, path: string): Problem[] {
  if (!Array.isArray(value)) return [problem('type', path, `is not of type Array of ${type}`)]
  return value.flatMap((item, index) => checkType(type, item, `${path}[${index}]`))
}

function checkUnion(type: string, subtypes: string[], value: Record<string, unknown>, path: string): Problem[] {
  const told = subtypes.filter((name) => constants(name).length > 0)
  if (told.length < subtypes.length) return checkValue(subtypes, value, path)
  const member = told.find((name) => constants(name).every(([field, constant]) => value[field] === constant))
  return member ? checkType(member, value, path) : [problem('type', path, `is none of the kinds of ${type}`)]
}

function constants(type: string): [string, string][] {
  const fields = Object.entries(spec.types[type]?.fields ?? {})
  return fields.flatMap(([name, field]) => (field.constant === undefined ? [] : [[name, field.constant]]))
}

function fitsScalar(type: string, value: unknown): boolean {
  switch (type) {
    case 'Integer':
      return Number.isSafeInteger(value)
    case 'Float':
      return typeof value === 'number'
    case 'Boolean':
      return typeof value === 'boolean'
    default:
      return typeof value === 'string'
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function problem(kind: Problem['kind'], path: string, text: string): Problem {
  return { kind, path, text: `${path} ${text}` }
}
