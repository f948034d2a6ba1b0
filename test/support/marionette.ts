import { connect, type Socket } from 'node:net'

interface Pending {
  resolve(result: unknown): void
  reject(error: Error): void
}

/**
 * A client for Firefox's remote protocol. A message is its length in bytes, a colon and JSON: `[kind, id, error | command, result |
 * params]`.
 */
export class Marionette {
  readonly #socket: Socket
  readonly #pending = new Map<number, Pending>()
  #received: Buffer<ArrayBufferLike> = Buffer.alloc(0)
  #lastId = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', data => this.#take(data))
    socket.on('error', () => {})
    socket.on('close', () => this.#fail(new Error('Firefox is gone')))
  }

  /** Rejects where nobody listens on the port. */
  static connect(port: number): Promise<Marionette> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('error', reject)
      socket.once('connect', () => {
        socket.off('error', reject)
        resolve(new Marionette(socket))
      })
    })
  }

  send(command: string, params: Record<string, unknown> = {}): Promise<unknown> {
    const id = ++this.#lastId
    const text = JSON.stringify([0, id, command, params])
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('Firefox is gone'))
      this.#pending.set(id, { resolve, reject })
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data])
    for (;;) {
      const colon = this.#received.indexOf(':')
      if (colon < 0) return
      const end = colon + 1 + Number(this.#received.subarray(0, colon).toString())
      if (this.#received.length < end) return
      const message: unknown = JSON.parse(this.#received.subarray(colon + 1, end).toString())
      this.#received = this.#received.subarray(end)
      if (Array.isArray(message)) this.#answer(message[1], message[2], message[3])
    }
  }

  #answer(id: number, error: { error: string; message: string } | null, result: unknown): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (error) pending?.reject(new Error(`${error.error}: ${error.message}`))
    else pending?.resolve(result)
  }

  #fail(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }
}
