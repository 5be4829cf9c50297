import type { Style } from './lettering.ts'
import type { WeekKind } from './picture.ts'

export type IconName = WeekKind | 'note'

/** What the picture is made of, in pixels from its upper left corner, in the order in which it is drawn. */
export type Shape =
  | Box
  | (Style & {
      shape: 'text'
      text: string /** Left end. */
      x: number /** Base line. */
      y: number
      width: number
      colour: string
    })
  | { shape: 'icon'; icon: IconName; x: number; y: number /** Of its square. */; size: number; colour: string }

export type Box = {
  shape: 'box'
  x: number
  y: number
  width: number
  height: number
  radius: number
  fill: string
  border?: { colour: string; width: number; dashes: readonly number[] }
  hatch?: string
}

/** A picture, or a part of one, with its height. */
export type Drawing = { shapes: Shape[]; height: number }

export function movedDown(shapes: readonly Shape[], by: number): Shape[] {
  return shapes.map((shape) => ({ ...shape, y: shape.y + by }))
}
