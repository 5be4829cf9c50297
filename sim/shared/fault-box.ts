/** What every fault has: a name, how often it strikes, and how many occasions it lets pass before. */
type AnyFault = { id: string; mode: 'off' | 'once' | 'always' | number; skip: number }

type Entry<Fault> = { fault: Fault; toSkip: number; left: number }

/** What a site knows about its own faults. */
type FaultRules<Fault, Input, Occasion> = {
  /** Throws on what is no fault. */
  parse(input: Input): Fault
  /** Whether a fault is meant for an occasion. */
  matches(fault: Fault, occasion: Occasion): boolean
  /** Faults with the same target replace each other; others stand side by side. */
  target(fault: Fault): readonly unknown[]
}

/** The faults that are switched on. */
export class FaultBox<Fault extends AnyFault, Input, Occasion extends object> {
  readonly #rules: FaultRules<Fault, Input, Occasion>
  #entries: Entry<Fault>[] = []

  constructor(rules: FaultRules<Fault, Input, Occasion>) {
    this.#rules = rules
  }

  /** Switches a fault on or off. The same fault on another target stands beside it; on the same one it is replaced. */
  set(input: Input): Fault {
    const fault = this.#rules.parse(input)
    const target = JSON.stringify(this.#rules.target(fault))
    this.#entries = this.#entries.filter((entry) => JSON.stringify(this.#rules.target(entry.fault)) !== target)
    if (fault.mode !== 'off') this.#entries.push({ fault, toSkip: fault.skip, left: strikes(fault) })
    return fault
  }

  /** Switches off everything, one kind of fault, or those of the kind that `goes` says. */
  clear(id?: Fault['id'], goes: (fault: Fault) => boolean = () => true): void {
    this.#entries = this.#entries.filter(({ fault }) => !((id === undefined || fault.id === id) && goes(fault)))
  }

  active(): Fault[] {
    return this.#entries.filter((entry) => entry.left > 0).map((entry) => entry.fault)
  }

  /** The fault, if it strikes now; a strike is used up. */
  take<Id extends Fault['id']>(
    id: Id,
    occasion?: Occasion,
    applies: (fault: Extract<Fault, { id: Id }>) => boolean = () => true,
  ): Extract<Fault, { id: Id }> | undefined {
    for (const entry of this.#entries) {
      const { fault } = entry
      if (!isFault(fault, id) || entry.left === 0 || !this.#isFor(fault, occasion) || !applies(fault)) continue
      if (entry.toSkip-- > 0) continue
      entry.left--
      return fault
    }
    return undefined
  }

  /** The fault, if it is on; nothing is used up. For faults that are a state rather than an event. */
  peek<Id extends Fault['id']>(id: Id, occasion?: Occasion): Extract<Fault, { id: Id }> | undefined {
    for (const { fault, left } of this.#entries) {
      if (left > 0 && isFault(fault, id) && this.#isFor(fault, occasion)) return fault
    }
    return undefined
  }

  #isFor(fault: Fault, occasion: Occasion | undefined): boolean {
    return this.#rules.matches(fault, occasion ?? ({} as Occasion))
  }
}

function isFault<Fault extends AnyFault, Id extends Fault['id']>(
  fault: Fault,
  id: Id,
): fault is Extract<Fault, { id: Id }> {
  return fault.id === id
}

function strikes({ mode }: AnyFault): number {
  if (mode === 'always') return Number.POSITIVE_INFINITY
  return mode === 'once' ? 1 : Number(mode)
}
