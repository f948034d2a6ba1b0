/** Returns the message of an error or of whatever else was thrown; the error's name where the message is empty. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
