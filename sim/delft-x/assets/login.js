/* The two ways in: the university's login service, and a form for members without a NetID. */
import { logInLocally, startOidc } from './store.js'
import { make, texts } from './texts.js'

export function drawLogin(root, language, inside) {
  const words = texts(language)
  const field = (id, type, label) => make('label', { for: id }, label, make('input', { id, type, autocomplete: 'on' }))
  const problem = make('p', { class: 'alert' })
  const form = make(
    'form',
    { hidden: true },
    field('email', 'email', words.email),
    field('password', 'password', words.password),
    make('button', { id: 'submit', type: 'submit' }, words.submit),
    problem,
  )
  form.onsubmit = async (event) => {
    event.preventDefault()
    problem.textContent = ''
    const { email, password } = form.elements
    if (await logInLocally(email.value, password.value)) inside()
    else problem.textContent = words.badLogin
  }
  root.replaceChildren(
    make('h1', { 'data-test-id': 'login-page-header' }, words.login),
    make('button', { type: 'button', 'data-test-id': 'oidc-login-button', onclick: startOidc }, words.sso),
    make(
      'button',
      { type: 'button', id: 'showEmailLoginButton', onclick: () => form.removeAttribute('hidden') },
      words.showEmail,
    ),
    form,
  )
}
