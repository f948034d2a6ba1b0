import type { Context } from './context'
import { handleInputs } from './inputs'
import { handlePayments } from './payments'
import { handleTicks } from './tick'

/** Connects the model to the bus: from here on every change of the store is the handling of an event. */
export function handleEvents(context: Context): void {
  handleInputs(context)
  handleTicks(context)
  handlePayments(context)
}
