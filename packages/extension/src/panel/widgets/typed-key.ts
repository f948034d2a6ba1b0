/** What the physical keys type on an American keyboard, alone and with Shift, by their code. */
const TYPED: Readonly<Record<string, readonly [string, string]>> = {
  Slash: ['/', '?'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>

/**
 * The key that a shortcut is looked up by. It is the letter that was typed, so that each Latin layout has its letters where it prints them;
 * a layout of another script (Cyrillic, Greek, Hebrew …) has none of them, and there it is what the physical key would type.
 */
export function typedKey({ key, code, shiftKey }: KeyPress): string {
  if (key.length !== 1 || key.charCodeAt(0) < 0x80) return key
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shiftKey ? letter : letter.toLowerCase()
  return TYPED[code]?.[shiftKey ? 1 : 0] ?? key
}
