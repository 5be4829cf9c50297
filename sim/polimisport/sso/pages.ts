import { type Html, html } from '../../shared/html.ts'
import { dropNames, type Layout } from '../layout.ts'
import type { Texts } from '../texts.ts'

const CONTROLLER = '/aunicalogin/aunicalogin/controller'

const STYLE = {
  markup: `
body{margin:0;font:15px/1.5 Arial,sans-serif;background:#f4f6f9;color:#102c53}
header{padding:18px 32px;background:#102c53;color:#fff;font-size:18px}
main{max-width:820px;margin:32px auto;padding:24px;background:#fff;border-top:4px solid #6f8db3}
.columns{display:flex;gap:40px}.ingressoPolimi{flex:1}.ingressoFederato{flex:1;border-left:1px solid #ddd;padding-left:40px}
label{display:block;margin-top:12px;font-weight:bold}input{padding:8px;width:100%;box-sizing:border-box;font-size:15px}
button{margin-top:16px;padding:9px 22px;border:0;background:#102c53;color:#fff;font-size:15px}
.ErrorMessage{padding:10px 14px;background:#fbe3e4;color:#8a1f11;border:1px solid #fbc2c4}`,
}

/** A page of the login service. */
export function ssoShell(content: Html, { missing }: Layout): string {
  const page = html`<!DOCTYPE html>
<html lang="it"><head><meta charset="utf-8"><title>Politecnico di Milano - Servizi Online</title>
<link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><header>POLITECNICO DI MILANO</header><main>${content}</main></body></html>`
  return dropNames(page, missing).markup
}

/** Person code and password, beside the ways in that Bookwright cannot take. */
export function credentialsPage({ login }: Texts, failed: boolean): Html {
  return html`${failed && html`<div class="Message ErrorMessage">${login.badPassword}</div>`}
<form method="post" action="${CONTROLLER}/IdentificazioneUnica.do?jaf_currentWFID=main"><div class="columns">
 <div class="ingressoPolimi"><label for="login">${login.username}</label><input id="login" name="login" autocomplete="username">
  <label for="password">${login.password}</label><input id="password" name="password" type="password" autocomplete="current-password">
  <div class="aunicalogin-button-accedi"><button type="submit" name="evn_conferma">${login.submit}</button></div></div>
 <div class="ingressoFederato"><ul><li class="spid-idp-button-link" data-idp="example"><button type="submit" formaction="${CONTROLLER}/IngressoSPID.do">SPID</button></li></ul>
  <button type="submit" formaction="${CONTROLLER}/IngressoCIE.do">Entra con CIE</button></div></div></form>`
}

/** The six digits, on a page of their own. */
export function otpPage({ login }: Texts, failed: boolean): Html {
  return html`${failed && html`<div class="Message ErrorMessage">${login.badCode}</div>`}
<form method="post" action="${CONTROLLER}/passi/OTP.do"><label for="otp">${login.otp}</label>
 <input id="otp" name="otp" inputmode="numeric" autocomplete="one-time-code" maxlength="6">
 <button type="submit" id="submit-dissms" name="evn_continua_otp">${login.proceed}</button></form>`
}

export function expiringPage({ login }: Texts): Html {
  return html`<p>${login.expiring}</p><form method="post" action="${CONTROLLER}/PWDinScadenza.do">
 <button type="submit" name="evn_continua">${login.proceed}</button></form>`
}

export function noticePage({ login }: Texts, buttons: number): Html {
  return html`<p>${login.notice}</p><form method="post" action="${CONTROLLER}/passi/AvvisiDFA.do">
 <button type="submit" name="evn_prosegui">${login.proceed}</button>
 ${buttons > 1 && html`<button type="submit" name="evn_configura">${login.noticeLater}</button>`}</form>`
}

/** The hop back to the portal, which moves on by itself unless it is stuck. */
export function hopPage({ login }: Texts, action: string, fields: Record<string, string>, stuck: boolean): Html {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<p>${login.hop}</p><form id="automaticaRedirectForm" method="post" action="${action}">${inputs}</form>
${!stuck && html`<script>document.forms[0].submit()</script>`}`
}
