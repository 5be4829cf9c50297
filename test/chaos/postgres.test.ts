import { shortChaosOn } from './short.ts'

shortChaosOn('PostgreSQL', 20261122)
