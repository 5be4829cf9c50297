/* The router: one document, drawn by path. */
import { drawCalendar } from './calendar.js'
import { drawDashboard } from './dashboard.js'
import { drawLogin } from './login.js'
import { finishOidc, member, restore } from './store.js'

const root = document.querySelector('app-root')
const { callback, language } = window.pageData

function inside() {
  const draw = location.pathname === '/dashboard' ? drawDashboard : drawCalendar
  draw(root, member().language)
}

function outside() {
  history.replaceState(null, '', '/pages/login')
  drawLogin(root, language, inside)
}

async function start() {
  if (location.pathname === callback) return (await finishOidc()) ? inside() : outside()
  const known = await restore()
  if (known && location.pathname.startsWith('/pages/login')) history.replaceState(null, '', '/')
  return known ? inside() : outside()
}

await start()
