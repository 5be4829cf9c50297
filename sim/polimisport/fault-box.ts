import { type Fault, type FaultId, type FaultInput, type FaultOf, faultSchema } from './faults.ts'

/** The occasion on which a fault could strike. */
export type Occasion = { route?: string; method?: string; person?: string | undefined }

type Entry = { fault: Fault; toSkip: number; left: number }

/** The faults that are switched on. */
export class FaultBox {
  #entries: Entry[] = []

  /** Switches a fault on or off. The same fault on another route stands beside it; on the same route it is replaced. */
  set(input: FaultInput): Fault {
    const fault = faultSchema.parse(input)
    this.#entries = this.#entries.filter((entry) => !sameTarget(entry.fault, fault))
    if (fault.mode !== 'off') this.#entries.push({ fault, toSkip: fault.skip, left: strikes(fault) })
    return fault
  }

  /** Switches off everything, one kind of fault, or one kind on one route. */
  clear(id?: FaultId, route?: string): void {
    const goes = (fault: Fault) =>
      (id === undefined || fault.id === id) && (route === undefined || ('route' in fault && fault.route === route))
    this.#entries = this.#entries.filter(({ fault }) => !goes(fault))
  }

  active(): Fault[] {
    return this.#entries.filter((entry) => entry.left > 0).map((entry) => entry.fault)
  }

  /** The fault, if it strikes now; a strike is used up. */
  take<Id extends FaultId>(id: Id, occasion: Occasion = {}, applies: (fault: FaultOf<Id>) => boolean = () => true) {
    for (const entry of this.#entries) {
      const { fault } = entry
      if (!isFault(fault, id) || entry.left === 0 || !matches(fault, occasion) || !applies(fault)) continue
      if (entry.toSkip-- > 0) continue
      entry.left--
      return fault
    }
    return undefined
  }

  /** The fault, if it is on; nothing is used up. For faults that are a state rather than an event. */
  peek<Id extends FaultId>(id: Id, occasion: Occasion = {}): FaultOf<Id> | undefined {
    for (const { fault, left } of this.#entries) {
      if (left > 0 && isFault(fault, id) && matches(fault, occasion)) return fault
    }
    return undefined
  }
}

/** Whether a path is the route meant: `*`, the whole path, its end, or its last part; never minding case. */
export function matchesRoute(wanted: string, path: string): boolean {
  const [name, full] = [wanted.toLowerCase(), path.toLowerCase()]
  return name === '*' || full === name || full.endsWith(name.startsWith('/') ? name : `/${name}`)
}

function isFault<Id extends FaultId>(fault: Fault, id: Id): fault is FaultOf<Id> {
  return fault.id === id
}

function sameTarget(a: Fault, b: Fault): boolean {
  const target = (fault: Fault) => [
    fault.id,
    fault.person,
    'route' in fault && fault.route,
    'at' in fault && fault.at,
    'target' in fault && fault.target,
  ]
  return target(a).join() === target(b).join()
}

function strikes({ mode }: Fault): number {
  if (mode === 'always') return Number.POSITIVE_INFINITY
  return mode === 'once' ? 1 : Number(mode)
}

function matches(fault: Fault, { route, method, person }: Occasion): boolean {
  if (fault.person !== undefined && fault.person !== person && fault.id !== 'sso-passthrough') return false
  if ('route' in fault && route !== undefined && !matchesRoute(fault.route, route)) return false
  return !('method' in fault) || fault.method === undefined || fault.method === method
}
