import { listAccounts } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { listUsers } from '../../db/users.ts'
import { shorten } from '../html.ts'
import { portalName } from '../names.ts'
import { plannablePortals } from './portals.ts'

/** An account of the house that a plan may use, if its owner accepts. */
export type HouseAccount = { id: number; portal: string; name: string; ownerId: number; ownerName: string }

const NAME_LENGTH = 28

/**
 * The active accounts at the portals that plans can be made for: the person's own first, then those of others who can
 * be asked. Who has never written to the bot, or blocks it, cannot. Those `chosen` already are there in any case.
 */
export async function listHouseAccounts(
  db: Database,
  personId: number,
  chosen: readonly number[] = [],
): Promise<HouseAccount[]> {
  const plannable = new Set(plannablePortals().map(({ id }) => id))
  const users = await listUsers(db.read)
  const owners = new Map(users.map((user) => [user.id, user.first_name]))
  const askable = new Set(users.flatMap(({ id, first_name, blocked_at }) => (first_name && !blocked_at ? [id] : [])))
  const all = (await listAccounts(db.read))
    .filter(({ portal }) => plannable.has(portal))
    .filter(
      ({ id, state, user_id: owner }) =>
        chosen.includes(id) || (state === 'active' && (owner === personId || askable.has(owner))),
    )
    .map(({ id, portal, name, user_id }) => ({
      id,
      portal,
      name,
      ownerId: user_id,
      ownerName: owners.get(user_id) ?? '',
    }))
  return [...all.filter(({ ownerId }) => ownerId === personId), ...all.filter(({ ownerId }) => ownerId !== personId)]
}

/** "Gym" of one's own; of somebody else's "👤 Bruno · Gym", or only who it is where the name is the portal's. Plain text. */
export function accountChoice(account: HouseAccount, personId: number): string {
  const name = shorten(account.name, NAME_LENGTH)
  const owner = shorten(account.ownerName, NAME_LENGTH)
  if (account.ownerId === personId || owner === '') return name
  return account.name === portalName(account.portal) ? `👤 ${owner}` : `👤 ${owner} · ${name}`
}
