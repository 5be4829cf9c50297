import type { PortalOperator } from '../contract.ts'
import { type Pause, realPause } from '../shared/pause.ts'
import { delftXFacts, delftXUrls } from './facts.ts'
import { type Learned, nothingLearned } from './learned.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { secretFields } from './pages.ts'
import { createSession } from './session.ts'
import { userAgentOf } from './user-agent.ts'
import { Visit } from './visit.ts'

export type OperatorOptions = { limits?: Partial<Limits>; pause?: Pause }

/** How X is operated: the login in the browser, everything else by the portal's own API. The options are for tests. */
export function createDelftXOperator(options: OperatorOptions = {}): PortalOperator {
  const limits = { ...defaultLimits, ...options.limits }
  const { pause = realPause } = options
  const learnedAt = new Map<string, Learned>()
  return {
    contextOptions: { locale: 'en-GB', timezoneId: delftXFacts.timeZone, viewport: { width: 1280, height: 900 } },
    secretSelectors: secretFields,
    async openSession(input) {
      const apiUrl = input.urls['apiUrl'] ?? delftXUrls.apiUrl
      const learned = learnedAt.get(apiUrl) ?? nothingLearned()
      learnedAt.set(apiUrl, learned)
      const userAgent = await userAgentOf(input.context)
      return createSession(new Visit(input, { limits, pause, learned, userAgent }))
    },
  }
}

export const delftXOperator = createDelftXOperator()
