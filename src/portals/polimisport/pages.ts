/**
 * Where things are on the site's pages, and nowhere else in this folder. Each entry lists what is known first and what
 * to fall back on behind it (dossier 2.2, 3.2, 4.1, 5, 8). All CSS, so that live pages and fetched HTML are read alike.
 */
export const paths = {
  home: '/',
  login: '/Account/Login?returnUrl=%2Fsportpolimi%2F',
  bookings: '/Booking',
  activities: '/Booking/ChooseActivity',
  schedule: '/Booking/GetActivitySchedule',
  book: '/Booking/BookAppointment',
} as const

export const addresses = {
  login: /\/Account\/Login/i,
  calendar: /\/BookActivity\b/i,
  schedule: /\/GetActivitySchedule\b/i,
  confirm: /\/ConfirmActivityBooking\b/i,
  book: /\/BookAppointment\b/i,
  /** The notice before the second factor. */
  notice: /\/AvvisiDFA\.do/i,
}

export const loginPage = {
  /** Never "the first submit": the page hides green submits of other forms. */
  start: 'button[type="submit"].green:not(.pull-right):visible, button:text-is("Accedi al tuo account"):visible',
  username: '#login:visible, input[name="login"]:visible',
  password: '#password:visible, input[name="password"]:visible',
  submit: '.aunicalogin-button-accedi > button, button[name="evn_conferma"]',
  code: '#otp:visible, input[name="otp"]:visible',
  submitCode: '#submit-dissms, form:has(input[name="otp"]) button[type="submit"]',
  expiring: 'button[name="evn_continua"]:visible',
  rejected: '.ErrorMessage:visible',
  noticeSubmits: ':is(form button:not([type="button"]), form input[type="submit"]):visible',
  inside: '#home_btt_booking:visible, .btn_nuovaprenotazione:visible',
}

/** What a screenshot must never show. */
export const secretFields = ['#password', '#otp', 'input[type="password"]', 'input[name="otp"]'] as const

export const banner = {
  close: ':is(.iubenda-cs-accept-btn, .iubenda-cs-close-btn, [aria-label="Chiudi questa informativa"]):visible',
}

export const listPage = {
  card: '.event-main-block',
  date: '.event-info-schedule',
  start: '.time-start',
  duration: '.time-duration',
  description: '.event-info-description',
  skill: '.event-info-skill-level',
  remove: 'button.btn-delete',
  repository: '#event-repository',
  newBooking: 'a.btn_nuovaprenotazione, .btn_nuovaprenotazione, a[href*="/Booking/ChooseActivity" i]',
}

export const pickerPage = {
  activity: 'a.list-group-item, a[href*="BookActivity" i]',
  heading: '.list-group-item-heading',
}

export const calendarPage = {
  calendar: '#booking-calendar',
  repository: '#day-schedule-repository',
  label: '.day-schedule-label',
  offset: 'data-date-offset',
  empty: '.day-schedule-empty',
  slot: '.event-slot',
  start: '.time-start',
  duration: '.time-duration',
  description: '.slot-description',
  skill: '.skill',
  instructor: '.slot-description2',
  spots: '.slot-description3',
  open: '.slot-notes-after',
  next: '.btn-move-date[data-date-target="+1"], .btn-move-date:has(.fa-chevron-right), a:has(> .fa-chevron-right)',
}

export const confirmView = {
  container: '#booking-confirm-container',
  confirm: ':is(#btnConfirmAppointmentBooking, button:text-is("Conferma Prenotazione")):visible:enabled',
  alert: '#booking-confirm-container .alert, .alert-danger:visible',
  /** Offered instead of the confirm button when the slot is full; never pressed (dossier 4.1.5). */
  waitlist: 'button:has-text("Lista"):visible',
}

/** The site's own dialogs; the cookie banner calls itself one too. */
export const dialogs = {
  dialog: ':is(#srModal_g_confirm_dialog, .modal, [role="dialog"]):not([id*="iubenda"]):visible',
  text: '.modal-body',
  /** Compared with the whole label: "No" is also part of "Conferma Prenotazione". */
  yes: /^\s*s(i|ì|i\u0300)\s*$/i,
  no: /^\s*no\s*$/i,
  ok: /^\s*ok\s*$/i,
}
