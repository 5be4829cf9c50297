import type { PolimisportControl, SlotView } from './control/contract.ts'

/** The control of a site that runs in another process. */
export function connectPolimisport(controlUrl: string): PolimisportControl {
  const get = <T>(path: string) => request<T>(`${controlUrl}${path}`)
  const post = <T>(path: string, body: unknown = {}) =>
    request<T>(`${controlUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    state: () => get('/state'),
    slots: (date) => get(`/slots/${date}`),
    setFault: (fault) => post('/faults', fault),
    clearFaults: (id) => request(`${controlUrl}/faults${id === undefined ? '' : `?id=${id}`}`, { method: 'DELETE' }),
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

/** Both ends are of one version, so answers are taken for what the contract says. */
async function request<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init)
  const answer = await response.json()
  if (!response.ok) throw new Error(`The simulator refused ${url}: ${JSON.stringify(answer)}`)
  return answer as T
}
