/* Who is logged in, the requests to the API, and the token's place in the browser. */
const { api, sso, clientId, callback, tokenDelayMs } = window.pageData
const KEY = 'delcom_auth'
const redirectUri = `${location.origin}${callback}`

let auth

export const member = () => auth?.member

export async function ask(path, options = {}) {
  const headers = { accept: 'application/json, text/plain, */*', ...options.headers }
  if (auth) headers.authorization = `Bearer ${auth.tokenResponse.accessToken}`
  const response = await fetch(`${api}${path}`, { ...options, headers })
  if (response.status === 401 && auth) {
    localStorage.removeItem(KEY)
    location.href = '/pages/login'
  }
  return response
}

/* True when the browser kept a token that is still good. */
export async function restore() {
  auth = JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? undefined
  if (!auth) return false
  const response = await fetch(`${api}/auth?cf=0`, {
    headers: { authorization: `Bearer ${auth.tokenResponse.accessToken}` },
  })
  if (response.ok) return true
  if (response.status === 401) localStorage.removeItem(KEY)
  auth = undefined
  return false
}

/* Fills in who it is; the token itself is written only some time after the visitor has landed inside. */
async function enter(answer, isOidc) {
  const { iat } = JSON.parse(atob(answer.access_token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))
  auth = {
    tokenResponse: {
      accessToken: answer.access_token,
      tokenType: answer.token_type,
      expiresIn: Number(answer.expires_in),
      idToken: answer.id_token,
      issuedAt: iat,
      ...(answer.refresh_token && { refreshToken: answer.refresh_token }),
    },
    isOidc,
    isLoggedIn: true,
  }
  auth = { member: await (await ask('/auth?cf=0')).json(), ...auth }
  history.replaceState(null, '', '/')
  setTimeout(() => localStorage.setItem(KEY, JSON.stringify(auth)), tokenDelayMs)
}

export async function startOidc() {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(48)))
  const state = base64url(crypto.getRandomValues(new Uint8Array(24)))
  sessionStorage.setItem('oidc', JSON.stringify({ verifier, state }))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const query = new URLSearchParams({
    redirect_uri: redirectUri,
    client_id: clientId,
    response_type: 'code',
    scope: 'openid',
    access_type: 'offline',
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  })
  location.href = `${sso}/oidc/authorize?${query}`
}

/* Back from the login service. */
export async function finishOidc() {
  const { verifier, state } = JSON.parse(sessionStorage.getItem('oidc') ?? '{}')
  sessionStorage.removeItem('oidc')
  const query = new URLSearchParams(location.search)
  if (!state || query.get('state') !== state) return false
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code: query.get('code') ?? '',
    code_verifier: verifier,
  })
  const response = await fetch(`${sso}/oidc/token`, { method: 'POST', body })
  if (!response.ok) return false
  await enter(await response.json(), true)
  return true
}

export async function logInLocally(email, password) {
  const body = JSON.stringify({ email, password })
  const response = await fetch(`${api}/auth`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!response.ok) return false
  await enter(await response.json(), false)
  return true
}

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
