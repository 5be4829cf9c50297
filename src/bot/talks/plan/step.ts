import type { Draft } from '../../plans/draft.ts'
import type { HouseAccount } from '../../plans/house-accounts.ts'
import type { Choice, Talk } from '../../talk.ts'
import type { Answer } from '../../talk-answers.ts'
import type { Words } from '../../texts.ts'

/** What a talk about a plan knows from its beginning on. JSON, as it is read once. */
export type Known = {
  /** ISO: when the talk began. */
  now: string
  /** The accounts that can be chosen, of every portal: the person's own first. */
  accounts: HouseAccount[]
}

/** What a question has come to: other choices than before, one question back, or none of it at all. */
export type StepEnd = Draft | 'back' | 'stop'

/** Asks for one thing of a plan. `canGoBack`: there is a question before it. */
export type Step = (talk: Talk, known: Known, draft: Draft, canGoBack: boolean) => Promise<StepEnd>

type StepQuestion = { text: string; choices: Choice[][]; canGoBack: boolean; typed?: true }

/** Asks one question with the ways back and out below it; `back` and `stop` are choices as well. */
export async function askStep(talk: Talk, { text, choices, canGoBack, typed }: StepQuestion): Promise<Heard> {
  const { words } = talk.person
  const all = [...choices, wayOut(words, canGoBack)]
  return heard(await talk.ask({ text, choices: all, ...(typed ? { accepts: ['text'] as const } : {}) }))
}

type Heard = { choice: string } | { typed: string }

function heard(answer: Answer): Heard {
  switch (answer.kind) {
    case 'choice':
      return { choice: answer.choice }
    case 'text':
      return { typed: answer.text }
    // Never accepted.
    case 'photo':
      return { typed: '' }
  }
}

/** The last row of every question. */
function wayOut(words: Words, canGoBack: boolean): Choice[] {
  const stop = { label: words.text('button-leave'), choice: 'stop' }
  return canGoBack ? [{ label: words.text('button-back'), choice: 'back' }, stop] : [stop]
}

/** The way back or out, if that is what was pressed. */
export function wayOf(answer: Heard): 'back' | 'stop' | undefined {
  if (!('choice' in answer)) return undefined
  return answer.choice === 'back' || answer.choice === 'stop' ? answer.choice : undefined
}

/** So many buttons a row. */
export function inRows<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) => items.slice(row * size, (row + 1) * size))
}
