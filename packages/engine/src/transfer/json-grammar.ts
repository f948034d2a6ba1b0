import { TokenType } from '@streamparser/json'
import { FileError } from './file-error'

const CLOSE = { object: TokenType.RIGHT_BRACE, array: TokenType.RIGHT_BRACKET } as const

const NAMES: { readonly [token: number]: string } = {
  [TokenType.LEFT_BRACE]: '{',
  [TokenType.RIGHT_BRACE]: '}',
  [TokenType.LEFT_BRACKET]: '[',
  [TokenType.RIGHT_BRACKET]: ']',
  [TokenType.COLON]: 'a colon',
  [TokenType.COMMA]: 'a comma',
  [TokenType.TRUE]: 'true',
  [TokenType.FALSE]: 'false',
  [TokenType.NULL]: 'null',
  [TokenType.STRING]: 'a string',
  [TokenType.NUMBER]: 'a number',
}

/** What a token is: the bracket that opens or closes a value, a key, a value without brackets, or a comma or colon. */
export type Role = 'open' | 'close' | 'key' | 'scalar' | 'punctuation'

/** Checks that tokens come in an order that JSON allows, which the tokenizer does not, and says what each token is. */
export class JsonGrammar {
  /** The objects and arrays that are open, the outermost first. */
  private readonly stack: ('object' | 'array')[] = []
  /** What may come next, as error messages say it. */
  private expect: 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'the end of the file' =
    'value'

  /** `maxDepth`: levels of nesting that are allowed. */
  constructor(private readonly maxDepth: number) {}

  /** Objects and arrays that are open. */
  get depth(): number {
    return this.stack.length
  }

  /** One whole value was read. */
  get complete(): boolean {
    return this.expect === 'the end of the file'
  }

  /** The innermost array or object has just been opened. */
  get expectsFirst(): boolean {
    return this.expect === 'value or end' || this.expect === 'key or end'
  }

  /** Takes the next token. Throws FileError when JSON does not allow it here. */
  next(token: TokenType): Role {
    const { expect, stack } = this
    const inside = stack.at(-1)
    if (inside && token === CLOSE[inside] && expect.endsWith('or end')) {
      stack.pop()
      this.afterValue()
      return 'close'
    }
    if (expect === 'colon' && token === TokenType.COLON) {
      this.expect = 'value'
      return 'punctuation'
    }
    if (expect === 'comma or end' && token === TokenType.COMMA) {
      this.expect = inside === 'object' ? 'key' : 'value'
      return 'punctuation'
    }
    if (expect.startsWith('key') && token === TokenType.STRING) {
      this.expect = 'colon'
      return 'key'
    }
    if (!expect.startsWith('value')) throw new FileError(`expected ${expect}, found ${NAMES[token]}`)
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      if (stack.length >= this.maxDepth) throw new FileError(`nested deeper than ${this.maxDepth}`)
      const object = token === TokenType.LEFT_BRACE
      stack.push(object ? 'object' : 'array')
      this.expect = object ? 'key or end' : 'value or end'
      return 'open'
    }
    if (token < TokenType.TRUE || token > TokenType.NUMBER) {
      throw new FileError(`expected a value, found ${NAMES[token]}`)
    }
    this.afterValue()
    return 'scalar'
  }

  private afterValue(): void {
    this.expect = this.stack.length ? 'comma or end' : 'the end of the file'
  }
}
