/**
 * What the queue promises, as plain data and as simple as it can be said: no SQL, no races, one thing after the other.
 * Times are milliseconds since the beginning of the run.
 */
export type Type = 'book' | 'check' | 'sync' | 'refresh'
type Status = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'expired'

export type ModelAction = {
  id: number
  type: Type
  user: number | null
  account: number
  portal: string
  key: string
  origin: string | null
  priority: number
  status: Status
  runAt: number
  turnAt: number
  deadline: number | null
  attempt: number
  token: number
  worker: string | null
  leaseUntil: number | null
  unknown: boolean
  submitted: boolean
  cancelRequested: boolean
  /** How its attempts ended, oldest first, as `1:lost`. */
  audit: string[]
}

export type ModelLease = { id: number; token: number }

export type Model = {
  now: number
  actions: ModelAction[]
  suspended: Set<number>
  /** Portal → until when nothing but bookings is claimed of it, and until when nothing at all. */
  cooled: Map<string, number>
  blocked: Map<string, number>
  /** Who is owed the news of which end, as `user:action`. */
  notices: string[]
  /** Every lease that was ever given, oldest first. */
  leases: ModelLease[]
}

export type Wish = Pick<ModelAction, 'type' | 'user' | 'account' | 'portal' | 'key' | 'origin' | 'deadline'>
export type ModelClaimer = { worker: string; limits: ReadonlyMap<string, number>; types: readonly Type[] | undefined }
export type ModelEnding =
  | { status: 'completed' | 'cancelled' }
  | { status: 'failed' | 'expired'; unknown: boolean }
  | { status: 'pending'; after: number; unknown: boolean; counts: boolean }

export const LEASE = 20_000
/** A worker may vanish with an action once; the second time it ends. Set low so that random runs come to it. */
export const MAX_LOSSES = 2
const PRIORITY: Record<Type, number> = { book: 0, check: 5_000, sync: 30_000, refresh: 60_000 }
const CRON = 3_600_000

export function emptyModel(): Model {
  return { now: 0, actions: [], suspended: new Set(), cooled: new Map(), blocked: new Map(), notices: [], leases: [] }
}

export function isOpen({ status }: Pick<ModelAction, 'status'>): boolean {
  return status === 'pending' || status === 'processing'
}

/** The action that is there already for such a wish; its person's from now on, where only cron had asked for it. */
export function findSame(model: Model, wish: Wish): ModelAction | undefined {
  const sameOrigin = model.actions.find(({ origin }) => origin !== null && origin === wish.origin)
  if (sameOrigin) return sameOrigin
  const sameKey = model.actions.find((action) => isOpen(action) && action.key === wish.key)
  if (!sameKey || sameKey.user !== null || wish.user === null) return sameKey
  const priority = PRIORITY[wish.type]
  const turnAt = Math.min(sameKey.turnAt, model.now + priority)
  return Object.assign(sameKey, { user: wish.user, origin: wish.origin, priority, turnAt })
}

export function add(model: Model, id: number, wish: Wish): void {
  const priority = PRIORITY[wish.type] + (wish.user === null ? CRON : 0)
  model.actions.push({
    ...wish,
    id,
    priority,
    status: 'pending',
    runAt: model.now,
    turnAt: model.now + priority,
    attempt: 0,
    token: 0,
    worker: null,
    leaseUntil: null,
    unknown: false,
    submitted: false,
    cancelRequested: false,
    audit: [],
  })
}

/** Takes back what was lost, then ends what is overdue. */
export function tidy(model: Model): void {
  for (const action of model.actions) {
    if (action.status !== 'processing' || (action.leaseUntil ?? 0) >= model.now) continue
    const losses = action.audit.filter((entry) => entry.endsWith(':lost')).length + 1
    close(action, 'lost')
    if (action.cancelRequested && !action.submitted) end(model, action, 'cancelled')
    else if (losses >= MAX_LOSSES) end(model, action, 'failed')
    else Object.assign(action, { status: 'pending', unknown: true, runAt: model.now })
  }
  for (const action of model.actions) {
    const nobodyCanAsk = !action.unknown || model.suspended.has(action.account)
    if (action.status === 'pending' && isOverdue(model, action) && nobodyCanAsk) end(model, action, 'expired')
  }
}

/** Whose turn it is; undefined when it is nobody's. */
export function claim(model: Model, { worker, limits, types }: ModelClaimer): ModelAction | undefined {
  const working = model.actions.filter(({ status }) => status === 'processing')
  const next = model.actions
    .filter((action) => action.status === 'pending' && action.runAt <= model.now)
    .filter((action) => !types || types.includes(action.type))
    .filter((action) => action.unknown || !isOverdue(model, action))
    .filter((action) => action.type === 'check' || !model.suspended.has(action.account))
    .filter((action) => (model.blocked.get(action.portal) ?? 0) <= model.now)
    .filter((action) => action.type === 'book' || (model.cooled.get(action.portal) ?? 0) <= model.now)
    .filter(({ portal }) => working.filter((other) => other.portal === portal).length < (limits.get(portal) ?? 1))
    .filter(({ account }) => working.every((other) => other.account !== account))
    .sort((a, b) => a.turnAt - b.turnAt || a.id - b.id)[0]
  if (!next) return undefined
  const token = next.token + 1
  model.leases.push({ id: next.id, token })
  const lease = { worker, leaseUntil: model.now + LEASE, token, attempt: next.attempt + 1 }
  return Object.assign(next, { status: 'processing' as const, ...lease })
}

/** The action, while the lease is held. */
export function leased(model: Model, { id, token }: ModelLease): ModelAction | undefined {
  return model.actions.find((action) => action.id === id && action.token === token && action.status === 'processing')
}

export function endAttempt(model: Model, action: ModelAction, ending: ModelEnding): void {
  const isTakenBack = ending.status === 'pending' && action.cancelRequested && !ending.unknown
  if (ending.status !== 'pending' || isTakenBack) {
    const status = ending.status === 'pending' ? 'cancelled' : ending.status
    close(action, status)
    action.unknown = 'unknown' in ending && ending.unknown
    end(model, action, status)
    return
  }
  close(action, 'pending')
  const runAt = model.now + ending.after
  const attempt = action.attempt - (ending.counts ? 0 : 1)
  const submitted = action.submitted && ending.unknown
  const { unknown } = ending
  Object.assign(action, { status: 'pending', runAt, turnAt: runAt + action.priority, attempt, submitted, unknown })
}

export function release(model: Model, action: ModelAction): void {
  const isTakenBack = action.cancelRequested && !action.submitted
  close(action, isTakenBack ? 'cancelled' : 'released')
  if (!isTakenBack) {
    Object.assign(action, { status: 'pending', runAt: model.now, attempt: action.attempt - 1 })
    return
  }
  action.unknown = false
  end(model, action, 'cancelled')
}

export function cancel(model: Model, id: number, user: number) {
  const action = model.actions.find((each) => each.id === id && each.user === user)
  if (!action) return 'unknown'
  if (!isOpen(action)) return 'ended'
  if (action.submitted) return 'too-late'
  if (action.status === 'processing') {
    action.cancelRequested = true
    return 'requested'
  }
  // Its person sees it at once: no notice is owed.
  action.status = 'cancelled'
  return 'cancelled'
}

function isOverdue(model: Model, { deadline }: ModelAction): boolean {
  return deadline !== null && deadline <= model.now
}

/** The attempt is over, and in the audit. */
function close(action: ModelAction, outcome: Status | 'lost' | 'released'): void {
  action.audit.push(`${action.attempt}:${outcome}`)
  Object.assign(action, { worker: null, leaseUntil: null })
}

function end(model: Model, action: ModelAction, status: Status): void {
  action.status = status
  if (action.user !== null) model.notices.push(`${action.user}:${action.id}`)
}
