import { visible } from '../widgets/format'
import { shortened } from '../widgets/shortened'

/** Writes as much of the text as fits into `room` px, from `x` on, with its middle at `y`. */
export function drawText(context: CanvasRenderingContext2D, given: string, x: number, y: number, room: number): void {
  if (room < 8) return
  const text = shortened(visible(given.slice(0, 80)), room, part => context.measureText(part).width)
  if (text) context.fillText(text, x, y)
}
