/** The random number generator mulberry32, whose state is one unsigned number of 32 bits and so fits into the app's. */
export function seedRng(seed: number): number {
  return seed >>> 0
}

/** Draws `count` numbers in [0, 1). Returns them and the generator's next state. */
export function draw(rng: number, count: number): { rng: number; values: number[] } {
  const values: number[] = []
  let state = rng
  for (let i = 0; i < count; i++) {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    values.push(((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296)
  }
  return { rng: state, values }
}
