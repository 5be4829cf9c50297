import { readFileSync } from 'node:fs'

/** A parameter of a method or a member of a type. `min` and `max` count `unit` (characters or bytes). */
export interface Field {
  types: string[]
  required?: true
  constant?: string
  min?: number
  max?: number
  unit?: string
}

export interface Method {
  returns: string[]
  fields: Record<string, Field>
}

/** An object with fields, or a union of other types. */
export interface Type {
  fields?: Record<string, Field>
  subtypes?: string[]
}

export interface Spec {
  version: string
  methods: Record<string, Method>
  types: Record<string, Type>
}

/** The Bot API as data: see spec/LICENSE for its origin and spec/generate.ts for how it is made. */
export const spec: Spec = JSON.parse(readFileSync(new URL('spec/bot-api.json', import.meta.url), 'utf8'))

const methodNames = new Map(Object.keys(spec.methods).map((name) => [name.toLowerCase(), name]))

/** The documented spelling of a method, which clients may write in any case. */
export function findMethodName(name: string): string | undefined {
  return methodNames.get(name.toLowerCase())
}
