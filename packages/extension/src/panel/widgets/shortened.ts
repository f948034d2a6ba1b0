/**
 * As much of a label as there is room for; `widthOf`: of a text, in the unit of `room`. Of `Day 12` the number stays, which tells it from its
 * neighbours. Empty: there is no room.
 */
export function shortened(text: string, room: number, widthOf: (text: string) => number): string {
  const whole = widthOf(text)
  if (whole <= room) return text
  const number = /\d+$/.exec(text)?.[0]
  if (number && widthOf(number) <= room) return number
  let length = Math.floor((text.length * room) / whole)
  while (length > 0 && widthOf(`${text.slice(0, length)}…`) > room) length--
  return length > 0 ? `${text.slice(0, length)}…` : ''
}
