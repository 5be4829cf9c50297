/* All that a person reads, in two languages: nothing may depend on these words. */
const TEXTS = {
  en: {
    login: 'Welcome to X',
    sso: 'Log in with TU Delft',
    showEmail: 'Log in with e-mail',
    email: 'E-mail',
    password: 'Password',
    submit: 'Log in',
    badLogin: 'These credentials are not right.',
    calendar: 'Bookings',
    dashboard: 'My bookings',
    filter: 'Filter',
    allSpaces: 'All spaces',
    full: 'Full',
    book: 'Book',
    choose: 'Choose a space',
    confirm: 'Confirm booking',
    close: 'Close',
    booked: 'Booking was made',
    waiting: 'You are on the waiting list',
  },
  nl: {
    login: 'Welkom bij X',
    sso: 'Inloggen met TU Delft',
    showEmail: 'Inloggen met e-mail',
    email: 'E-mailadres',
    password: 'Wachtwoord',
    submit: 'Inloggen',
    badLogin: 'Deze gegevens kloppen niet.',
    calendar: 'Reserveren',
    dashboard: 'Mijn reserveringen',
    filter: 'Zoek',
    allSpaces: 'Alle ruimtes',
    full: 'Vol',
    book: 'Reserveer',
    choose: 'Kies een ruimte',
    confirm: 'Reservering bevestigen',
    close: 'Sluiten',
    booked: 'Reservering gemaakt',
    waiting: 'Je staat op de wachtlijst',
  },
}

export const texts = (language) => TEXTS[language] ?? TEXTS.en

/* An element with attributes and children; texts are never markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute.startsWith('on')) element[attribute] = value
    else if (value !== false && value !== undefined) element.setAttribute(attribute, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== undefined && child !== false))
  return element
}
