import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { kindOfRefusal } from '../../../src/portals/polimisport/refusals.ts'
import { disguise } from './arbitraries.ts'

const MEANINGS = {
  'slot-full': [
    ...['Posti esauriti.', 'Il corso è pieno', 'Corso completo', 'Non ci sono posti: completi', 'Lista d’attesa'],
    ...['Attività non più disponibile', 'Lista d attesa'],
  ],
  'already-booked': ['Hai già prenotato questa attività.', 'Risulti già prenotato', 'Turno gia prenotato'],
  'not-open-yet': [
    'Le prenotazioni non sono ancora aperte.',
    'Si prenota a partire da mezzanotte di due giorni prima',
    'Attività non ancora prenotabile',
  ],
  'limit-reached': ['Hai raggiunto il numero massimo di prenotazioni.', 'Limite superato', 'Soglia superata'],
  overlap: ['La prenotazione si sovrappone a un’altra', 'Hai già un impegno nello stesso orario'],
  'session-expired': ['Sessione scaduta', 'La sessione è terminata', 'Accedi per continuare'],
  'too-late': ["L'attività è già iniziata.", 'Troppo tardi'],
  refused: [
    '',
    'No',
    'Prenotazione completata',
    'Certificato medico mancante',
    'Contatta la segreteria',
    'Certificato scaduto',
  ],
} as const

describe('a refusal', () => {
  for (const [kind, messages] of Object.entries(MEANINGS)) {
    it(`can mean ${kind}`, () => {
      for (const message of messages) assert.equal(kindOfRefusal(message), kind, message)
    })
  }

  it('means the same in any disguise', () => {
    const cases = Object.entries(MEANINGS).flatMap(([kind, messages]) => messages.map((message) => ({ kind, message })))
    fc.assert(
      fc.property(fc.constantFrom(...cases), disguise, ({ kind, message }, wear) => {
        assert.equal(kindOfRefusal(wear(message)), kind)
      }),
    )
  })
})
