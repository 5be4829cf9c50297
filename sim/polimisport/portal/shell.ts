import { type Html, html } from '../../shared/html.ts'
import { dropNames, type Layout } from '../layout.ts'
import type { Texts } from '../texts.ts'

/** When the cookie banner shows on a page. */
export type BannerMoment = 'never' | 'at-once' | 'late'

export type Page = {
  texts: Texts
  layout: Layout
  banner: BannerMoment
  /** Shown in the top bar of those who are logged in. */
  name?: string | undefined
  bodyClass?: string
  scripts?: readonly string[]
}

/** A whole page of the portal around its content. */
export function shell(page: Page, content: Html): string {
  const { texts, layout, banner, name, scripts = [] } = page
  const whole = html`<!DOCTYPE html>
<html lang="it">
<head><meta charset="utf-8"><title>${texts.title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/sportpolimi/Content/portal.css"></head>
<body class="${page.bodyClass ?? 'page-header-fixed'}">
${name !== undefined && topBar(texts, name)}
<div class="page-container"><div class="page-content-wrapper">${content}</div></div>
${banner !== 'never' && cookieBanner(texts, banner)}
${scripts.map((script) => html`<script type="module" src="/sportpolimi/Content/${script}"></script>`)}
</body></html>`
  return dropNames(whole, layout.missing).markup
}

function topBar(texts: Texts, name: string): Html {
  return html`<div class="page-header navbar"><a class="page-logo" href="/sportpolimi/">Sport PoliMi</a>
 <span class="username">${name}</span> <a class="logout" href="/sportpolimi/Account/LogOut">${texts.home.logout}</a></div>`
}

/** Lies over the lower page and takes the clicks until it is answered. */
function cookieBanner({ banner }: Texts, moment: BannerMoment): Html {
  return html`<div id="iubenda-cs-banner" role="dialog" aria-label="cookie" ${moment === 'late' && html`style="display:none"`}>
 <p>${banner.text}</p>
 <button type="button" class="iubenda-cs-close-btn" aria-label="${banner.close}">×</button>
 <button type="button" class="iubenda-cs-accept-btn iubenda-cs-btn-primary">${banner.accept}</button></div>
<script>(function () {
  var box = document.getElementById('iubenda-cs-banner')
  box.querySelectorAll('button').forEach(function (button) { button.onclick = function () { box.remove() } })
  setTimeout(function () { box.style.display = '' }, 1000)
})()</script>`
}
