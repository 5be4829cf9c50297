import type { Schema } from '../schema.ts'

/** Every table with what its rows are found by, in an order in which what refers to another comes after it. */
const KEYS: { readonly [Table in keyof Schema]: string } = {
  users: 'id',
  accounts: 'id',
  portal_sessions: 'account_id',
  portal_states: 'portal',
  courses: 'id',
  slots: 'id',
  booking_actions: 'id',
  action_steps: 'id',
  attempts: 'id',
  shots: 'id',
  challenges: 'id',
  user_bookings: 'id',
  periodic_bookings: 'id',
  pending_confirmations: 'id',
  plans: 'id',
  plan_accounts: 'id',
  plan_tries: 'id',
  invites: 'id',
  notices: 'id',
  bot_state: 'key',
  workers: 'id',
}

export type Table = { name: string; key: string }

export const TABLES: readonly Table[] = Object.entries(KEYS).map(([name, key]) => ({ name, key }))
