import type { Migration } from 'kysely/migration'
import type { DatabaseDialect } from '../dialects/dialect.ts'
import * as firstTables from './2026-11-21-first-tables.ts'
import * as claimOrder from './2026-11-22-claim-order.ts'
import * as recurring from './2026-11-23-recurring.ts'
import * as plans from './2026-11-24-plans.ts'
import * as availability from './2026-11-25-availability.ts'

/** All migrations by name, oldest first. A released one is never edited. */
export function migrationsFor(dialect: DatabaseDialect): Record<string, Migration> {
  return {
    '2026-11-21-first-tables': { up: (db) => firstTables.up(db, dialect.addId) },
    '2026-11-22-claim-order': { up: claimOrder.up },
    '2026-11-23-recurring': { up: (db) => recurring.up(db, dialect.addId) },
    '2026-11-24-plans': { up: (db) => plans.up(db, dialect.addId) },
    '2026-11-25-availability': { up: availability.up },
  }
}
