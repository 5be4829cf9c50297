import type { Outbox } from './outbox.ts'

/** The question somebody has in front of them, in which message. */
type Open = { key: string; messageId: number; text: string; hasButtons: boolean }

/** The open question of each person, as far as this process has asked it: what is answered loses its buttons. */
export type Questions = {
  note(personId: number, question: Open): void
  /** Whether this question is known to have reached the person. */
  isShown(personId: number, key: string): boolean
  /** Whether an open question stands in this message. */
  standsIn(personId: number, messageId: number): boolean
  /** It was answered. Answers in which message it stands, if that is known. */
  answered(personId: number): number | undefined
  /** It was answered in words, which stay in the chat as it does: its buttons go. */
  answeredInWords(personId: number): void
  /** It will not be answered any more: `text` (HTML) takes its place, unless something else does already. */
  left(personId: number, text: string, taken?: number | null): void
}

export function createQuestions(outbox: Outbox): Questions {
  const open = new Map<number, Open>()
  const take = (personId: number): Open | undefined => {
    const question = open.get(personId)
    open.delete(personId)
    return question
  }
  return {
    note: (personId, question) => void open.set(personId, question),
    isShown: (personId, key) => open.get(personId)?.key === key,
    standsIn: (personId, messageId) => open.get(personId)?.messageId === messageId,
    answered: (personId) => take(personId)?.messageId,
    answeredInWords(personId) {
      const question = take(personId)
      if (!question?.hasButtons) return
      void outbox.edit(personId, question.messageId, { text: question.text, buttons: [] })
    },
    left(personId, text, taken) {
      const question = take(personId)
      if (question && question.messageId !== taken)
        void outbox.edit(personId, question.messageId, { text, buttons: [] })
    },
  }
}
