/** Every rule and label of the site is in this zone, summer time included. */
export const ROME = 'Europe/Rome'
