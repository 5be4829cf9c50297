/** All words that a person can see. Those marked [site] are the site's own; the others are invented. */
export type Texts = {
  /** [site] */
  title: string
  weekdays: readonly string[]
  months: readonly string[]
  login: {
    /** [site] The way to the login service. */
    start: string
    forgot: string
    /** [site] */
    username: string
    /** [site] */
    password: string
    /** [site] */
    submit: string
    /** [site] */
    otp: string
    /** [site] Moves on from the code and from the expiring password. */
    proceed: string
    badPassword: string
    badCode: string
    expiring: string
    notice: string
    noticeLater: string
    hop: string
  }
  home: { tile: string; tileSub: string; tileMore: string; logout: string; greeting: string }
  list: {
    /** [site] */
    newBooking: string
    heading: string
    empty: string
    cancel: string
  }
  calendar: {
    choose: string
    /** [site] */
    back: string
    /** [site] */
    today: string
    empty: string
    /** [site] Before the instructor. */
    with: string
    /** [site] Before the number of spots. */
    spots: string
    /** [site] */
    minutes: string
    /** [site] */
    book: string
    booked: string
    full: string
    closed: string
    past: string
    broken: string
  }
  confirm: {
    /** [site] */
    button: string
    waitlist: string
    heading: string
  }
  dialogs: {
    again: string
    cancel: string
    cancelled: string
    waitlisted: string
    /** [site] */
    yes: string
    /** [site] */
    no: string
    /** [site] */
    ok: string
  }
  refusals: {
    unknown: string
    past: string
    'not-open': string
    full: string
    'already-booked': string
    'limit-reached': string
    'late-cancel': string
    badRequest: string
  }
  booked: string
  banner: { text: string; accept: string; close: string }
  /** For `layout-text` with `button`. */
  otherWords: { book: string; confirm: string }
}

export const italian: Texts = {
  title: 'Sportrick SocialBooking',
  weekdays: ['Lunedì', 'Martedì', 'Mercoledì', 'Giovedì', 'Venerdì', 'Sabato', 'Domenica'],
  months: [
    ...['Gennaio', 'Febbraio', 'Marzo', 'Aprile', 'Maggio', 'Giugno'],
    ...['Luglio', 'Agosto', 'Settembre', 'Ottobre', 'Novembre', 'Dicembre'],
  ],
  login: {
    start: 'Accedi al tuo account',
    forgot: 'Invia',
    username: 'Codice Persona',
    password: 'Password',
    submit: 'Accedi',
    otp: 'OTP',
    proceed: 'Continua',
    badPassword: 'Identificazione fallita: codice persona o password non corretti.',
    badCode: 'Il codice inserito non è valido.',
    expiring: 'La tua password sta per scadere. Puoi cambiarla ora o continuare.',
    notice: 'Per questo servizio è richiesto un secondo fattore di autenticazione.',
    noticeLater: 'Configura un altro metodo',
    hop: 'Attendere, reindirizzamento in corso…',
  },
  home: {
    tile: 'Booking',
    tileSub: 'Prenotazioni e noleggi',
    tileMore: 'View more',
    logout: 'Esci',
    greeting: 'Benvenuto',
  },
  list: {
    newBooking: 'Nuova Prenotazione',
    heading: 'Le mie prenotazioni',
    empty: 'Nessuna prenotazione attiva.',
    cancel: 'Annulla',
  },
  calendar: {
    choose: 'Scegli una attività',
    back: 'Attività',
    today: 'Oggi',
    empty: 'Nessuna attività disponibile',
    with: 'con',
    spots: 'Posti disponibili:',
    minutes: 'min',
    book: 'Prenota',
    booked: 'Prenotato',
    full: 'Completo',
    closed: 'Non ancora prenotabile',
    past: 'Terminato',
    broken: 'Si è verificato un errore.',
  },
  confirm: { button: 'Conferma Prenotazione', waitlist: "Lista d'attesa", heading: 'Riepilogo' },
  dialogs: {
    again: "Vuoi effettuare un'altra prenotazione?",
    cancel: 'Vuoi annullare la prenotazione?',
    cancelled: 'Prenotazione annullata.',
    waitlisted: "Sei in lista d'attesa.",
    yes: 'Sì',
    no: 'No',
    ok: 'Ok',
  },
  refusals: {
    unknown: 'Attività non trovata.',
    past: "L'attività è già iniziata.",
    'not-open': 'Le prenotazioni non sono ancora aperte.',
    full: 'Posti esauriti.',
    'already-booked': 'Hai già prenotato questa attività.',
    'limit-reached': 'Hai raggiunto il numero massimo di prenotazioni.',
    'late-cancel': "Non è più possibile annullare l'attività.",
    badRequest: 'Richiesta non valida.',
  },
  booked: 'Prenotazione completata.',
  banner: {
    text: 'Noi e terze parti selezionate utilizziamo cookie o tecnologie simili.',
    accept: 'Accetta',
    close: 'Chiudi questa informativa',
  },
  otherWords: { book: 'Riserva un posto', confirm: 'Procedi' },
}
