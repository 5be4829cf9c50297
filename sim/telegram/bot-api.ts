import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError } from './errors.ts'
import { type Fault, faultError } from './faults.ts'
import { Described } from './methods/method.ts'
import { METHODS } from './methods/registry.ts'
import { type Params, readBody, readParams } from './params.ts'
import type { Sim } from './sim.ts'
import { findMethodName, spec } from './spec.ts'
import { checkParameters, decodeParameter } from './validate.ts'
import type { Call } from './wire-log.ts'

const INVALID_TOKEN = new ApiError(401, 'Unauthorized: invalid token specified')
const UNAUTHORIZED = new ApiError(401, 'Unauthorized')
const TOO_LARGE = new ApiError(413, 'Request Entity Too Large')
const BODY_LIMIT = 50 * 1024 * 1024
const NOT_FOUND = new ApiError(404, 'Not Found')

/** Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export async function serveBotApi(
  sim: Sim,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = /^\/file\/bot([^/]*)\/(.+)$/.exec(url.pathname)
  if (file) return serveFile(sim, file, response)
  const [, token, method] = /^\/bot([^/]*)\/([^/]+)$/.exec(url.pathname) ?? []
  if (token === undefined || method === undefined) return sendError(response, NOT_FOUND)
  const body = await readBody(request)
  const problem = checkToken(sim, decodeURIComponent(token)) ?? (body.length > BODY_LIMIT ? TOO_LARGE : undefined)
  if (problem) return sendError(response, problem)
  const params = readParams(url.searchParams, request.headers['content-type'] ?? '', body)
  await serveCall(sim, method, params, response)
}

function checkToken(sim: Sim, token: string): ApiError | undefined {
  if (token.length > 80 || !/^[1-9]\d*:/.test(token)) return INVALID_TOKEN
  return token === sim.token ? undefined : UNAUTHORIZED
}

function serveFile(sim: Sim, [, token = '', path = '']: RegExpExecArray, response: ServerResponse): void {
  const file = sim.files.findByPath(path)
  const problem = checkToken(sim, decodeURIComponent(token)) ?? (file ? undefined : NOT_FOUND)
  if (problem) sendError(response, problem)
  else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file?.bytes)
}

async function serveCall(sim: Sim, spelling: string, params: Params, response: ServerResponse): Promise<void> {
  const method = findMethodName(spelling)
  const call = sim.wire.add(method ?? spelling, params, sim.clock.now())
  const fault = sim.faults.take(call.method)
  const start = performance.now()
  const waits = call.method === 'getUpdates'
  if (!waits) sim.wire.inFlight += 1
  sim.changes.note()
  response.on('close', () => {
    call.milliseconds = Math.round((performance.now() - start) * 10) / 10
    if (!waits) sim.wire.inFlight -= 1
    sim.changes.note()
  })
  if (fault?.with === 'hang') return
  if (fault?.with === 'drop-before') return void response.destroy()
  await answer(sim, method, call, params, fault, response)
}

async function answer(
  sim: Sim,
  method: string | undefined,
  call: Call,
  params: Params,
  fault: Fault | undefined,
  response: ServerResponse,
): Promise<void> {
  try {
    if (typeof fault?.with === 'number') throw faultError(fault.with, fault)
    if (!method) throw new ApiError(404, 'Not Found: method not found')
    const result = await run(sim, method, params, response)
    const described = result instanceof Described ? result : undefined
    call.result = described ? described.result : result
    if (fault?.with === 'drop-after') return void response.destroy()
    call.status = 200
    const description = described ? { description: described.description } : {}
    sendJson(response, 200, { ok: true, result: call.result, ...description })
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(500, 'Internal Server Error')
    if (known !== error) console.error(error)
    call.status = known.code
    call.error = known.message
    sendError(response, known)
  }
}

async function run(sim: Sim, method: string, params: Params, response: ServerResponse): Promise<unknown> {
  const carryOut = METHODS[method]
  if (!carryOut) throw new ApiError(400, `Bad Request: ${method} is not part of this simulator`)
  checkSpec(sim, method, params)
  if (/^(send|edit)/.test(method) && method !== 'sendChatAction') sim.flood.check(params.text('chat_id'))
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  return carryOut(sim, params, gone.signal)
}

/**
 * Records every departure from the specification. Telegram ignores unknown names; here they are refused, because
 * they are typing errors. What Telegram itself refuses is left to the method, which knows the true text.
 */
function checkSpec(sim: Sim, method: string, params: Params): void {
  if (!sim.strict) return
  const values: Record<string, unknown> = {}
  for (const [name, text] of params.values) values[name] = decodeParameter(method, name, text)
  for (const name of params.uploads.keys()) {
    if (spec.methods[method]?.fields[name]) values[name] ??= `attach://${name}`
  }
  const problems = checkParameters(method, values)
  sim.violations.push(...problems.map(({ text }) => ({ method, text })))
  const unknown = problems.find((problem) => problem.kind === 'unknown')
  const mistyped = problems.find((problem) => problem.kind === 'type' && isScalar(method, problem.path))
  const refused = unknown ?? mistyped
  if (refused) throw new ApiError(400, `Bad Request: strict mode: ${refused.text}`)
}

function isScalar(method: string, path: string): boolean {
  const types = spec.methods[method]?.fields[path]?.types ?? []
  return types.some((type) => ['Integer', 'Float', 'Boolean'].includes(type)) && !types.includes('String')
}

function sendError(response: ServerResponse, error: ApiError): void {
  const { code, message, parameters } = error
  if (parameters) response.setHeader('retry-after', parameters.retry_after)
  sendJson(response, code, { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) })
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
