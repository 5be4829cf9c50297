import { ApiError } from './errors.ts'

/** How a call goes wrong. A drop cuts the connection before, or after, the call has been carried out. */
type FaultKind = 400 | 401 | 403 | 404 | 409 | 429 | 500 | 502 | 'hang' | 'drop-before' | 'drop-after'

export interface Fault {
  /** The method in any case, or `*` for every method. */
  method: string
  with: FaultKind
  /** How many calls fail; once if left out. */
  times?: number
  description?: string
  retryAfter?: number
}

const TEXTS: Record<number, string> = {
  400: 'Bad Request: simulated fault',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
}

/** The faults a test has ordered, in order. */
export class Faults {
  #faults: (Fault & { left: number })[] = []

  add(fault: Fault): void {
    this.#faults.push({ ...fault, left: fault.times ?? 1 })
  }

  clear(): void {
    this.#faults = []
  }

  /** The fault that befalls this call, if any; it counts as used. */
  take(method: string): Fault | undefined {
    const fault = this.#faults.find(
      (one) => one.left > 0 && (one.method === '*' || one.method.toLowerCase() === method.toLowerCase()),
    )
    if (fault) fault.left -= 1
    return fault
  }
}

/** The error of a fault that answers. */
export function faultError(code: number, fault: Fault): ApiError {
  if (code !== 429) return new ApiError(code, fault.description ?? TEXTS[code] ?? 'Error')
  const seconds = fault.retryAfter ?? 1
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
}
