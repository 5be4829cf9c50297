import { type Html, html } from '../../shared/html.ts'

type Picker = 'div' | 'li' | 'lowercase' | 'hidden-input' | 'nothing'

/** The entity id of the one institution that leads anywhere here. */
export const DELFT_IDP = 'https://login.tudelft.nl/sso/saml2/idp/metadata.php'

const INSTITUTIONS = [
  { name: 'Inholland University of Applied Sciences', idp: 'https://sts.inholland.nl/adfs/services/trust' },
  { name: 'Delft University of Technology', idp: DELFT_IDP },
  { name: 'The Hague University of Applied Sciences (THUAS)', idp: 'https://sso.hhs.nl/saml/metadata' },
] as const

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem}\
[data-title]{padding:.6rem;border:1px solid #bbb;margin:.3rem 0;cursor:pointer;list-style:none}\
label{display:block;margin-top:.6rem}.error{color:#a00}'

/** A page of the login service around its content. */
export function ssoPage(title: string, content: Html): string {
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
<style>${STYLE}</style></head><body>${content}</body></html>`.markup
}

/** Which institution somebody is of; each name is a button of its own form. */
export function pickerPage(flow: string, picker: Picker): Html {
  if (picker === 'nothing') return html`<h1>Select an account to login to X</h1>`
  return html`<h1>Select an account to login to X</h1>
${INSTITUTIONS.map(({ name, idp }) => {
  const title = picker === 'lowercase' ? name.toLowerCase() : name
  return html`<form method="post" action="/authentication/idp/process-wayf"><input type="hidden" name="ID" value="${flow}">
 <input type="hidden" name="idp" value="${idp}">${choice(picker, title)}</form>`
})}
<script>for (const choice of document.querySelectorAll('[data-title]')) choice.onclick = () => choice.closest('form').submit()</script>`
}

function choice(picker: Picker, title: string): Html {
  if (picker === 'hidden-input') return html`<button type="submit">${title}</button>`
  if (picker === 'li') return html`<ul><li data-title="${title.toLowerCase()}">${title}</li></ul>`
  return html`<div class="wayf__idp" data-title="${title}">${title}</div>`
}

export function foreignPage(): Html {
  return html`<h1>Another institution</h1><p>This login leads nowhere.</p>`
}

/** NetID and password, as SimpleSAMLphp asks for them. */
export function credentialsPage(authState: string, failed: boolean): Html {
  return html`<h1>TU Delft</h1>${failed && html`<p class="error">Incorrect username or password.</p>`}
<form method="post" action="?AuthState=${encodeURIComponent(authState)}">
 <label for="username">NetID</label><input id="username" name="username" autocomplete="username">
 <label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password">
 <input type="hidden" name="AuthState" value="${authState}">
 <button type="submit" id="submit_button">Login</button></form>`
}

/** Nobody has seen this page at X: its markup is invented, and no code is right. */
export function secondFactorPage(authState: string): Html {
  return html`<h1>Verify it is you</h1><p>Enter the code from your authenticator app.</p>
<form method="post" action="/sso/module.php/mfa/code"><input type="hidden" name="AuthState" value="${authState}">
 <input name="code" inputmode="numeric" autocomplete="one-time-code"><button type="submit">Verify</button></form>`
}

export function consentPage(authState: string): Html {
  return html`<h1>Share your data with X?</h1><p>Your name and e-mail address will be sent to X.</p>
<form method="post" action="/sso/module.php/consent/yes"><input type="hidden" name="AuthState" value="${authState}">
 <button type="submit">Yes, share</button></form>`
}

/** A form that sends itself on when scripts run. */
export function hopPage(action: string, fields: Record<string, string>): Html {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="post" action="${action}">${inputs}<noscript><button type="submit">Continue</button></noscript></form>
<script>document.forms[0].submit()</script>`
}
