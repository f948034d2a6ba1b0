import { Delivery } from '../delivery/delivery'
import { packingFor } from '../delivery/packing'
import type { Core } from './internals'

/** The recorder's delivery; from the first call on it packs its batches. */
export function deliveryOf(core: Core): Delivery {
  if (core.delivery) return core.delivery
  const { journal } = core
  const delivery = new Delivery(core.id, journal.keeper.buffer)
  journal.keeper.packing = packingFor(delivery)
  journal.keeper.onEvicted = batch => delivery.evicted(batch)
  core.delivery = delivery
  return delivery
}
