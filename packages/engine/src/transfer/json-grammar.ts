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

export type Role = 'open' | 'close' | 'key' | 'scalar' | 'punctuation'

/** Checks that tokens come in an order JSON allows, and says what each one is. The tokenizer alone does not. */
export class JsonGrammar {
  private readonly stack: ('object' | 'array')[] = []
  private expect: 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'the end of the file' =
    'value'

  constructor(private readonly maxDepth: number) {}

  get depth(): number {
    return this.stack.length
  }

  get complete(): boolean {
    return this.expect === 'the end of the file'
  }

  /** Inside a list or object of which nothing has been seen. */
  get expectsFirst(): boolean {
    return this.expect === 'value or end' || this.expect === 'key or end'
  }

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
