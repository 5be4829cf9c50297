import { italian, type Texts } from './texts.ts'

/**
 * Other words wherever the site's own are not known: whoever depends on an invented text fails with this set.
 * The words recorded from the real site stay.
 */
export const alternative: Texts = {
  ...italian,
  login: {
    ...italian.login,
    forgot: 'Recupera',
    badPassword: 'Code: 14 - Credenziali errate',
    badCode: 'OTP errato o scaduto',
    expiring: 'Attenzione: tra pochi giorni sarà necessario un nuovo segreto.',
    notice: 'Avviso: accesso rafforzato.',
    noticeLater: 'Altre opzioni',
    hop: 'Un momento…',
  },
  home: { ...italian.home, logout: 'Disconnetti', greeting: 'Ciao' },
  list: { ...italian.list, heading: 'Agenda', empty: 'Non hai impegni.', cancel: 'Disdici' },
  calendar: {
    ...italian.calendar,
    choose: 'Cosa vuoi fare?',
    empty: 'Giorno libero',
    booked: 'Ci sei',
    full: 'Tutto preso',
    closed: 'Presto',
    past: 'Fatto',
    broken: 'Ops.',
  },
  confirm: { ...italian.confirm, waitlist: 'Iscriviti alla Lista', heading: 'Ci siamo quasi' },
  dialogs: {
    ...italian.dialogs,
    again: 'Tutto a posto. Ancora una?',
    cancel: 'Davvero?',
    cancelled: 'Fatto.',
    waitlisted: 'Ti avviseremo.',
  },
  refusals: {
    unknown: 'Elemento inesistente',
    past: 'Troppo tardi',
    'not-open': 'Si prenota a partire da mezzanotte di due giorni prima',
    full: 'Il corso è pieno',
    'already-booked': 'Risulti già prenotato',
    'limit-reached': 'Soglia superata',
    'late-cancel': 'La disdetta andava fatta prima',
    badRequest: 'Dati errati',
  },
  booked: 'Operazione riuscita',
  banner: { ...italian.banner, text: 'Questo sito usa i biscotti.' },
  otherWords: { book: 'Partecipa', confirm: 'Avanti' },
}
