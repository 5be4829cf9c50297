import { checkPortal } from '../contract.ts'
import { polimisportStand } from './stand.ts'

checkPortal('Polimisport', polimisportStand)
