/** What is wrong with a file, and where: a line and column, or the path in the document. */
export class FileError extends Error {
  constructor(
    message: string,
    readonly where = '',
    /** It is not about one line: reading cannot go on behind it. */
    readonly fatal = false,
  ) {
    super(message)
  }
}

/** Thrown where the user said so. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled')
  }
}
