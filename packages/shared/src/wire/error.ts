/** Bytes or a message that cannot be accepted. The message says what is wrong and where (section, row, byte offset or member). */
export class WireError extends Error {
  constructor(what: string, where = '') {
    super(where ? `${where}: ${what}` : what)
    this.name = 'WireError'
  }
}
