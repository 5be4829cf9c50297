import { checkPortal } from '../contract.ts'
import { polimisportStand } from './stand.ts'

checkPortal('Polimisport, on its pages alone', polimisportStand({ onPages: true }))
