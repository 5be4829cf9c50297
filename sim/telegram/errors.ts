/** A failure as the Bot API reports it: the HTTP status equals the code. */
export class ApiError extends Error {
  readonly code: number
  readonly parameters: { retry_after: number } | undefined

  constructor(code: number, description: string, parameters?: { retry_after: number }) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

export function badRequest(text: string): ApiError {
  return new ApiError(400, `Bad Request: ${text}`)
}

export function forbidden(text: string): ApiError {
  return new ApiError(403, `Forbidden: ${text}`)
}

export function conflict(text: string): ApiError {
  return new ApiError(409, `Conflict: ${text}`)
}

export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
}
