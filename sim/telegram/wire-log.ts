import type { Json } from './model.ts'
import type { Params } from './params.ts'
import { decodeParameter } from './validate.ts'

/** One call of a Bot API method. */
export interface Call {
  number: number
  method: string
  params: Json
  at: string
  /** Undefined while the call is being served, and for ever if the connection was cut. */
  status: number | undefined
  milliseconds: number | undefined
  result: unknown
  error: string | undefined
}

const KEPT = 10_000

/** Every call the bot made. The token never appears in it. */
export class WireLog {
  readonly #token: string
  readonly calls: Call[] = []
  inFlight = 0
  #count = 0

  constructor(token: string) {
    this.#token = token
  }

  add(method: string, params: Params, at: Temporal.Instant): Call {
    this.#count += 1
    const call: Call = {
      number: this.#count,
      method,
      params: this.#describe(method, params),
      at: at.toString(),
      status: undefined,
      milliseconds: undefined,
      result: undefined,
      error: undefined,
    }
    this.calls.push(call)
    if (this.calls.length > KEPT) this.calls.shift()
    return call
  }

  #describe(method: string, params: Params): Json {
    const described: Json = {}
    for (const [name, text] of params.values) {
      described[name] = decodeParameter(method, name, text.replaceAll(this.#token, '<token>'))
    }
    for (const [name, { name: fileName, bytes }] of params.uploads) described[name] = { fileName, size: bytes.length }
    return described
  }
}
