/** Requests to the control of a site that runs in another process. Both ends are of one version, so answers are believed. */
export function controlClient(controlUrl: string) {
  return {
    get: <T>(path: string) => request<T>(`${controlUrl}${path}`),
    remove: <T>(path: string) => request<T>(`${controlUrl}${path}`, { method: 'DELETE' }),
    post: <T>(path: string, body: unknown = {}) =>
      request<T>(`${controlUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  }
}

async function request<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init)
  const answer = await response.json()
  if (!response.ok) throw new Error(`The simulator refused ${url}: ${JSON.stringify(answer)}`)
  return answer as T
}
