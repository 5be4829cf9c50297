/**
 * Where things are on the pages of the login, and nowhere else in this folder (dossier 2.1); what is known first.
 * Nothing is found by its text alone where it has a name.
 */
export const loginPages = {
  start: 'button[data-test-id="oidc-login-button"]:visible',
  /** The picker differs by tenant and time: tried in this order. */
  institution: [
    '[data-title="Delft University of Technology" i]:visible',
    'form:has(input[name="idp"][value*="login.tudelft.nl"]) :is(button, input[type="submit"]):visible',
    ':is(button, [role="button"], a):has-text("Delft University of Technology"):visible',
  ],
  username: '#username:visible',
  password: '#password:visible',
  submit: '#submit_button',
} as const

/** What a screenshot must never show. */
export const secretFields = ['#password', 'input[type="password"]'] as const
