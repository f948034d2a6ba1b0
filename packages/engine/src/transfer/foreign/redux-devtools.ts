import type { ForeignFormat, ForeignOut, ForeignReader } from './format'
import { JsonItems } from './json-items'
import { objectOf, payloadOf, recordOf, textOf } from './payload-text'

/**
 * What the Redux DevTools export, in each of the forms they wrote:
 *
 *     { "payload": "[{\"type\":…},…]", "preloadedState": "{…}" }         actions as text in the text, no times
 *     { "actionsById": { "0": { action, timestamp, stack } },            the whole lifted state, with times
 *       "computedStates": [{ state }, …], "stagedActionIds": […] }
 *     [ { "type": … }, … ]                                               actions alone
 *
 * A state after an action becomes a snapshot behind its event. Where there are no times, the actions stand one ms apart.
 */
export const REDUX_DEVTOOLS: ForeignFormat = {
  name: 'a Redux DevTools export',
  items: [
    ['payload'],
    ['payload', '*'],
    ['preloadedState'],
    ['committedState'],
    ['actionsById', '{}'],
    ['computedStates', '*'],
    ['*'],
  ],
  reader: out => new ReduxReader(out),
}

class ReduxReader implements ForeignReader {
  /** States by their place, which is that of the action before them. */
  private readonly states = new Map<number, string>()
  private start: string | undefined
  private lastTime: number | undefined
  private isTimeless = false
  private actions: { text: string; id: string }[] = []

  constructor(private readonly out: ForeignOut) {}

  item(path: readonly string[], text: string): void {
    const [member, key] = path
    if (member === 'preloadedState' || member === 'committedState') this.startState(text)
    else if (member === 'computedStates') this.computed(Number(key), text)
    else if (member === 'payload' && key === undefined) this.packed(text)
    else if (member === 'payload' || member === 'actionsById') this.later(text, key ?? '')
    else if (/^\d+$/.test(member ?? '')) this.later(text, member ?? '')
  }

  /** Actions wait for their states, which stand behind them in the file. */
  private later(text: string, id: string): void {
    this.actions.push({ text, id })
  }

  private packed(text: string): void {
    const inner: unknown = text.startsWith('"') ? JSON.parse(text) : undefined
    if (typeof inner !== 'string') return
    const items = new JsonItems([['*'], ['actionsById', '{}'], ['computedStates', '*']], {
      item: (path, json) => this.item(path, json),
      bad: error => {
        throw error
      },
    })
    items.write(new TextEncoder().encode(inner))
    items.end()
  }

  private startState(text: string): void {
    const inner: unknown = text.startsWith('"') ? JSON.parse(text) : undefined
    const json = typeof inner === 'string' && isJson(inner) ? inner : text
    if (json !== 'null' && json !== 'undefined') this.start = payloadOf(json)
  }

  private computed(index: number, text: string): void {
    const { state } = objectOf(text, 'state').raw
    if (state !== undefined) this.states.set(index, state)
  }

  end(): void {
    // A tool that sorts keys puts 10 before 2.
    if (this.actions.every(({ id }) => /^\d+$/.test(id))) this.actions.sort((a, b) => Number(a.id) - Number(b.id))
    for (const [index, { text, id }] of this.actions.entries()) {
      this.action(text, id)
      const state = this.states.get(index) ?? (index === 0 ? this.start : undefined)
      if (state !== undefined) this.out.state('store', state)
    }
    this.actions = []
    if (this.isTimeless) this.out.warn('its actions have no times: they stand one ms apart')
  }

  private action(text: string, id: string): void {
    const { value, raw } = objectOf(text, 'action')
    const lifted = raw.action === undefined ? undefined : recordOf(value)
    const action = raw.action === undefined ? value : recordOf(JSON.parse(raw.action))
    const time = Number(lifted?.timestamp)
    if (!(time > 0)) this.isTimeless = true
    const at = time > 0 ? time : (this.lastTime ?? 0) + 1
    this.lastTime = at
    const { requestId } = recordOf(action.meta)
    const request = textOf(requestId)
    const type = textOf(action.type) || 'action'
    const isPending = type.endsWith('/pending')
    this.out.event({
      ...{ at, type, source: 'redux', level: 'action', payload: raw.action ?? payloadOf(text), foreignId: id },
      // Redux Toolkit names the request that an action belongs to: what ends it was caused by what began it.
      ...(request && isPending && { key: request }),
      ...(request && !isPending && { causes: [{ key: request, kind: 'explicit' as const }] }),
    })
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
