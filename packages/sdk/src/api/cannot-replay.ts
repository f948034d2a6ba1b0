/** Thrown by a `replay` function for an event it has no means to emit: the replay skips the event and counts it. */
export class CannotReplay extends Error {
  override name = 'CannotReplay'
}

/** Goes by the error's name, so that an app's own error of that name counts too. */
export function isCannotReplay(error: unknown): error is Error {
  return error instanceof Error && error.name === 'CannotReplay'
}
