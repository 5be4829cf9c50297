/**
 * Condenses the full Bot API specification into bot-api.json: names, types, what is required, constants and bounds.
 * Usage: node sim/telegram/spec/generate.ts <api.json> <additions.json>
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Field, Method, Spec, Type } from '../spec.ts'

interface SourceField {
  name: string
  types: string[]
  required: boolean
  description: string
}

interface SourceEntry {
  name: string
  returns?: string[]
  fields?: SourceField[]
  subtypes?: string[]
}

interface Additions {
  target_version: string
  methods: Record<string, SourceEntry>
  method_fields: Record<string, SourceField[]>
  types: Record<string, SourceEntry>
  type_fields: Record<string, SourceField[]>
}

const [apiPath, additionsPath] = process.argv.slice(2)
if (!apiPath || !additionsPath) throw new Error('usage: generate.ts <api.json> <additions.json>')

const api: { methods: Record<string, SourceEntry>; types: Record<string, SourceEntry> } = JSON.parse(
  readFileSync(apiPath, 'utf8'),
)
const additions: Additions = JSON.parse(readFileSync(additionsPath, 'utf8'))

const constantPattern = /(?:always|must be) ["“]?([A-Za-z0-9_]+)["”]?\.?$/
const boundsPattern = /(\d+)-(\d+) (characters|bytes)( after entit)?/

function condenseField(field: SourceField): Field {
  const constant = field.required ? constantPattern.exec(field.description)?.[1] : undefined
  const bounds = boundsPattern.exec(field.description)
  return {
    types: field.types,
    ...(field.required ? { required: true } : {}),
    ...(constant ? { constant } : {}),
    ...(bounds && !bounds[4] ? { min: Number(bounds[1]), max: Number(bounds[2]), unit: bounds[3] ?? '' } : {}),
  }
}

function condenseFields(own: SourceField[] = [], added: SourceField[] = []): Record<string, Field> {
  return Object.fromEntries([...own, ...added].map((field) => [field.name, condenseField(field)]))
}

function condenseMethod(entry: SourceEntry): Method {
  return { returns: entry.returns ?? [], fields: condenseFields(entry.fields, additions.method_fields[entry.name]) }
}

function condenseType(entry: SourceEntry): Type {
  if (entry.subtypes) return { subtypes: entry.subtypes }
  return { fields: condenseFields(entry.fields, additions.type_fields[entry.name]) }
}

/** One entry a line, so that an update of the specification is readable as a diff. */
function lines(record: Record<string, Method | Type>): string {
  const entries = Object.entries(record).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  return `{\n${entries.join(',\n')}\n}`
}

const spec: Spec = { version: additions.target_version, methods: {}, types: {} }
for (const entry of Object.values({ ...api.methods, ...additions.methods })) {
  spec.methods[entry.name] = condenseMethod(entry)
}
for (const entry of Object.values({ ...api.types, ...additions.types })) spec.types[entry.name] = condenseType(entry)

// Since 10.3 a reply may name an ephemeral message instead.
const repliedTo = spec.types['ReplyParameters']?.fields?.['message_id']
if (repliedTo) delete repliedTo.required

const text = `{"version":${JSON.stringify(spec.version)},"methods":${lines(spec.methods)},"types":${lines(spec.types)}}\n`
writeFileSync(new URL('bot-api.json', import.meta.url), text)
console.log(`${spec.version}: ${Object.keys(spec.methods).length} methods, ${Object.keys(spec.types).length} types`)
