import type { PortalOperator } from '../contract.ts'
import { type Pause, realPause } from '../shared/pause.ts'
import { polimisportFacts, polimisportUrls } from './facts.ts'
import { keepToSite } from './hosts.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { secretFields } from './pages.ts'
import { createSession } from './session.ts'
import { Visit } from './visit.ts'

export type OperatorOptions = {
  limits?: Partial<Limits>
  pause?: Pause
  /** `false`: do everything on the site's pages, none of it by its requests. */
  requests?: boolean
}

/** How Polimisport is operated. The options are for tests; the defaults are the limits of the dossier. */
export function createPolimisportOperator(options: OperatorOptions = {}): PortalOperator {
  const limits = { ...defaultLimits, ...options.limits }
  const { pause = realPause, requests = true } = options
  const learned = { cardsInHtml: false }
  return {
    // The layout of the site depends on the width (dossier 7), its texts on the language.
    contextOptions: {
      locale: 'it-IT',
      timezoneId: polimisportFacts.timeZone,
      viewport: { width: 1280, height: 900 },
    },
    secretSelectors: secretFields,
    async openSession(input) {
      const urls = { ...polimisportUrls, ...input.urls }
      await keepToSite(input.context, urls)
      return createSession(new Visit({ ...input, urls }, { limits, pause, requests, learned }))
    },
  }
}

export const polimisportOperator = createPolimisportOperator()
