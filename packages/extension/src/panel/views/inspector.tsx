import { useSignal } from '@preact/signals'
import { bytes, clock, duration, visible } from '../model/format'
import { payloadTree } from '../model/payload-tree'
import { CauseView } from './cause-view'
import { usePanel } from './context'
import { Tree } from './tree'

const TABS = ['Payload', 'Cause', 'Raw'] as const

export function Inspector() {
  const { store, actions } = usePanel()
  const tab = useSignal<(typeof TABS)[number]>('Payload')
  const event = store.detail.value
  return (
    <section class="inspector" data-testid="inspector" aria-label="Event" data-seq={event?.seq ?? -1}>
      <div class="tabs" role="tablist">
        {TABS.map(name => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={tab.value === name}
            data-testid={`tab-${name.toLowerCase()}`}
            onClick={() => (tab.value = name)}
          >
            {name}
          </button>
        ))}
        <span class="spring" />
        <button
          type="button"
          class="icon"
          aria-label="Close"
          data-testid="inspector-close"
          onClick={() => actions.select(-1)}
        >
          ✕
        </button>
      </div>
      {!event && <p class="quiet">Loading…</p>}
      {event && (
        <div class="detail" role="tabpanel">
          <h2>{visible(event.type)}</h2>
          {tab.value === 'Payload' && (
            <>
              <Facts />
              {event.payload === null ? (
                <p class="bad">The text of this payload is lost.</p>
              ) : (
                <Tree key={event.seq} root={payloadTree(event.payload)} />
              )}
            </>
          )}
          {tab.value === 'Cause' && <CauseView />}
          {tab.value === 'Raw' && <pre data-testid="raw">{visible((event.payload ?? '').slice(0, 200_000))}</pre>}
        </div>
      )}
    </section>
  )
}

function Facts() {
  const { store, actions } = usePanel()
  const event = store.detail.value
  if (!event) return null
  const facts: [name: string, value: string][] = [
    ['Source', visible(event.source)],
    ['Level', `${event.level}${event.kind === event.level ? '' : ` (${event.kind})`}`],
    ['Time', `${clock(event.wall)} · ${(event.time / 1000).toFixed(3)} s after the start`],
    [
      'Size',
      `${bytes(event.size)}${event.originalBytes !== null ? `, cut from ${event.originalBytes < 0 ? 'more' : bytes(event.originalBytes)}` : ''}`,
    ],
    ['Took', duration(event.duration) || 'below the clock’s grain'],
    [
      'Event',
      `#${event.seq} · n ${event.n} of ${visible(event.producerName)}${event.via ? ` through ${visible(event.via)}` : ''}`,
    ],
    ['Id', event.id],
    ...(event.take ? [['Take', String(event.take)] as [string, string]] : []),
    ...(event.flags.length ? [['Marked', event.flags.join(', ')] as [string, string]] : []),
    ...Object.entries(event.facets).map(([name, value]): [string, string] => [visible(name), visible(String(value))]),
  ]
  return (
    <dl class="facts">
      <dt>Cause</dt>
      <dd data-testid="cause">
        {event.cause >= 0 ? (
          <button type="button" class="link" data-testid="cause-link" onClick={() => actions.select(event.cause, true)}>
            {visible(event.causeType ?? '')} #{event.cause}
          </button>
        ) : event.cause === -1 ? (
          `outside the log (${event.causeId ?? ''})`
        ) : event.flags.includes('input') ? (
          'none: it is an input'
        ) : (
          'unknown'
        )}
        {event.cause !== -2 && ` · ${event.causeKind}`}
      </dd>
      {facts.map(([name, value]) => (
        <>
          <dt key={`${name}:name`}>{name}</dt>
          <dd key={name}>{value}</dd>
        </>
      ))}
    </dl>
  )
}
