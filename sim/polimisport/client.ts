import { controlClient } from '../shared/control-client.ts'
import type { PolimisportControl, SlotView } from './control/contract.ts'

/** The control of a site that runs in another process. */
export function connectPolimisport(controlUrl: string): PolimisportControl {
  const { get, post, remove } = controlClient(controlUrl)
  return {
    state: () => get('/state'),
    slots: (date) => get(`/slots/${date}`),
    setFault: (fault) => post('/faults', fault),
    clearFaults: (id) => remove(`/faults${id === undefined ? '' : `?id=${id}`}`),
    setClock: (setting) => post('/clock', setting),
    requests: () => get('/log'),
    bookByHand: (wanted) => post('/book', wanted),
    cancelByHand: async (wanted) => (await post<{ cancelled: boolean }>('/cancel', wanted)).cancelled,
    changeSlot: async (change) => (await post<{ slot: SlotView | null }>('/slots', change)).slot,
    expireSessions: (expire) => post('/expire', expire),
    release: async (route) => (await post<{ released: number }>('/release', { route })).released,
    waitFor: (wanted) =>
      get(`/wait?${new URLSearchParams(Object.entries(wanted).map(([name, value]) => [name, `${value}`]))}`),
    reset: () => post('/reset'),
  }
}
