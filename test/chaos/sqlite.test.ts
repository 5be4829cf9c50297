import { shortChaosOn } from './short.ts'

shortChaosOn('SQLite', 20261121)
