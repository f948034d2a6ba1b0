/** What is wrong with a file, as a message for the user. */
export class FileError extends Error {
  constructor(
    message: string,
    /** Where it is: a line and column, or a path in the document; empty when nobody knows or the message says it. */
    readonly where = '',
    /** The error is not about one line only, so reading cannot go on behind it. */
    readonly fatal = false,
  ) {
    super(message)
  }
}

/** Thrown by an import or export that the user cancelled. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled')
  }
}

/** Thrown when the user must say what to do with a part of the file that cannot be read. */
export class BadLine extends Error {
  constructor(
    readonly error: FileError,
    /** Events that come before it. */
    readonly events: number,
  ) {
    super(error.message)
  }
}
