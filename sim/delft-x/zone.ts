/** The house runs on this zone, summer time included; the API speaks UTC. */
export const AMSTERDAM = 'Europe/Amsterdam'
