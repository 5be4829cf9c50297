import { controlClient } from '../shared/control-client.ts'
import type { DelftXControl } from './control/contract.ts'

/** The control of a site that runs in another process. */
export function connectDelftX(controlUrl: string): DelftXControl {
  const { get, post, remove } = controlClient(controlUrl)
  return {
    state: () => get('/state'),
    slots: (date) => get(`/slots/${date}`),
    setClock: (setting) => post('/clock', setting),
    setFault: (fault) => post('/faults', fault),
    clearFaults: (id) => remove(`/faults${id === undefined ? '' : `?id=${id}`}`),
    requests: () => get('/log'),
    posts: () => get('/posts'),
    setRivals: (rivals) => post('/rivals', rivals),
    clearRivals: () => remove('/rivals'),
    setRules: (rules) => post('/rules', rules),
    bookByHand: (wanted) => post('/book', wanted),
    cancelByHand: async (wanted) => (await post<{ cancelled: boolean }>('/cancel', wanted)).cancelled,
    fill: (wanted) => post('/fill', wanted),
    grant: (username) => post('/grant', { username }),
    expireSessions: (expire) => post('/expire', expire),
    release: async (path) => (await post<{ released: number }>('/release', { path })).released,
    waitFor: (wanted) =>
      get(`/wait?${new URLSearchParams(Object.entries(wanted).map(([name, value]) => [name, `${value}`]))}`),
    reset: () => post('/reset'),
  }
}
