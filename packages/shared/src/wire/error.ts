/** Refuses bytes or a message. The text says what is wrong and where: the section, row, byte offset or member. */
export class WireError extends Error {
  constructor(what: string, where = '') {
    super(where ? `${where}: ${what}` : what)
    this.name = 'WireError'
  }
}
