/** One order of the table. */
export interface Order {
  id: string
  client: string
  product: string
  region: string
  quantity: number
  price: number
  status: string
}

const CLIENTS = ['Aster', 'Birch', 'Cedar', 'Dahlia', 'Elm', 'Fern', 'Gorse', 'Hazel', 'Iris', 'Juniper']
const PRODUCTS = ['Bolt', 'Bracket', 'Hinge', 'Latch', 'Pulley', 'Rivet', 'Screw', 'Spring', 'Valve', 'Washer']
const REGIONS = ['East', 'North', 'South', 'West']
const STATUSES = ['New', 'Packed', 'Shipped', 'Delivered', 'Returned']

/** Makes rows, the same for the same seed, so that a replay after another load of the page finds the same table. */
export function makeRows(count: number, seed: number): Order[] {
  let state = seed | 0
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 8) % n
  }
  const pick = (list: string[]) => list[below(list.length)] as string
  return Array.from({ length: count }, (_, index) => ({
    id: `O${String(index + 1).padStart(5, '0')}`,
    client: pick(CLIENTS),
    product: pick(PRODUCTS),
    region: pick(REGIONS),
    quantity: 1 + below(500),
    price: (100 + below(99_900)) / 100,
    status: pick(STATUSES),
  }))
}
