import { beforeEach, describe, expect, it } from 'vitest'
import type { ToBridge } from './envelope'
import { FrameLinks } from './frame-links'
import type { PageLink } from './transport'

const READY = { k: 'ready', url: 'http://localhost/a', origin: 'http://localhost', title: 'A', top: true }

describe('the links of a frame', () => {
  let said: string[]
  let sent: ToBridge[]
  let opened: PageLink[]
  let broken: boolean
  let frame: FrameLinks
  beforeEach(() => {
    said = []
    sent = []
    opened = []
    broken = false
    const port = {
      post(message: ToBridge) {
        if (broken) throw new Error('disconnected')
        sent.push(message)
      },
      disconnect() {},
    }
    const number = (link: PageLink) => opened.indexOf(link)
    frame = new FrameLinks(
      port,
      {
        opened: link => {
          opened.push(link)
          said.push(`opened ${number(link)}`)
        },
        message: (link, message) => said.push(`${number(link)}: ${JSON.stringify(message)}`),
        closed: link => said.push(`closed ${number(link)}`),
        reach() {},
      },
      () => said.push('changed'),
      () => said.push('frame loaded'),
    )
  })

  it('open, speak and close as the bridge says', () => {
    frame.receive(READY)
    frame.receive({ k: 'open', c: 4, recorder: 'A' })
    frame.receive({ k: 'data', c: 4, m: { t: 'pong' } })
    opened[0]!.send({ t: 'ping' })
    frame.receive({ k: 'frames' })
    frame.receive({ k: 'closed', c: 4 })
    expect(said).toEqual(['changed', 'opened 0', '0: {"t":"pong"}', 'frame loaded', 'closed 0'])
    expect(sent).toEqual([{ k: 'data', c: 4, m: { t: 'ping' } }])
    expect(opened[0]).toMatchObject({ origin: 'http://localhost', url: 'http://localhost/a', frame: 'top' })
  })

  it('have an origin only once the bridge named it', () => {
    frame.receive({ k: 'open', c: 1, recorder: 'A' })
    frame.receive({ k: 'data', c: 1, m: 1 })
    expect(said).toEqual([])
    expect(frame.page).toBeNull()
  })

  it('drop what is none: unknown channels, twice the same, no envelope', () => {
    frame.receive(READY)
    frame.receive({ k: 'open', c: 1, recorder: 'A' })
    for (const odd of [null, 'x', { k: 'data', c: 9, m: 1 }, { k: 'closed', c: 9 }, { k: 'open', c: 1, recorder: 'B' }])
      frame.receive(odd)
    expect(said).toEqual(['changed', 'opened 0'])
  })

  it('close once, whoever closes them, and outlive their port', () => {
    frame.receive(READY)
    frame.receive({ k: 'open', c: 1, recorder: 'A' })
    frame.receive({ k: 'open', c: 2, recorder: 'B' })
    opened[0]!.close()
    frame.receive({ k: 'closed', c: 1 })
    broken = true
    expect(() => opened[1]!.send('x')).not.toThrow()
    frame.closeAll()
    frame.closeAll()
    expect(said.filter(line => line.startsWith('closed'))).toEqual(['closed 0', 'closed 1'])
    expect(sent).toEqual([{ k: 'close', c: 1 }])
  })
})
