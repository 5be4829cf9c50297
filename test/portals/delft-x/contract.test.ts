import { checkPortal } from '../contract.ts'
import { delftXStand } from './stand.ts'

checkPortal('X', delftXStand)
