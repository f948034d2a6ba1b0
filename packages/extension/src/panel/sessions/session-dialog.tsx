import { durations, phasesOf } from '@playhead/shared/model/phases'
import type { SessionInfo } from '@playhead/shared/model/session'
import { useEffect, useState } from 'preact/hooks'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { bytes, count, duration, visible } from '../widgets/format'
import { baselineOf, baselinesFirst, lengthOf, rateOf } from './compare'
import { SessionArtifacts } from './session-artifacts'
import { SessionComparison } from './session-comparison'
import { SessionFields } from './session-fields'
import { SessionNotes } from './session-notes'
import { titleOf } from './session-title'

const TYPES = 12

/** Shows what is known of one session from the catalogue: facts, notes, statistics, phases, and how it differs from another one. */
export function SessionDialog() {
  const { store, engine } = usePanel()
  const id = store.about.value
  const [session, setSession] = useState<SessionInfo | null>(null)
  const [other, setOther] = useState<SessionInfo | null>(null)
  useEffect(() => {
    void engine.sessions.summary(id).then(setSession)
  }, [id])
  if (!session) return <p class="quiet">Counting…</p>
  const others = baselinesFirst(
    store.sessions.value.filter(candidate => candidate.id !== session.id && candidate.events > 0),
  )
  return (
    <div data-testid="session-about" data-session={session.id}>
      <Facts session={session} />
      <SessionNotes session={session} key={session.id} />
      <Statistics session={session} />
      <Phases session={session} />
      <SessionArtifacts session={session} />
      <h3>What payloads look like</h3>
      <SessionFields session={session.id} schemas={session.schemas ?? []} />
      {others.length > 0 && (
        <label class="field">
          Compare with{' '}
          <select
            data-testid="compare-with"
            value={other?.id ?? ''}
            onChange={event => {
              const { value } = event.currentTarget
              if (value === '') setOther(null)
              else void engine.sessions.summary(value).then(setOther)
            }}
          >
            <option value="">no other session</option>
            {others.map(candidate => (
              <option key={candidate.id} value={candidate.id}>
                {titleOf(candidate)}, {new Date(candidate.started).toLocaleString()}
                {baselineOf(candidate) && `, baseline ${visible(baselineOf(candidate))}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {other && <SessionComparison a={session} b={other} />}
    </div>
  )
}

function Facts({ session }: { session: SessionInfo }) {
  const { about, statistics } = session
  const facts: [string, string][] = [
    ['Started', new Date(session.started).toLocaleString()],
    ['Lasted', duration(lengthOf(statistics)) || '–'],
    [
      'Events',
      `${count(session.events)}${session.missing > 0 ? `, ${count(session.missing)} missing` : ', none missing'}`,
    ],
    ['Rate', `${count(Math.round(rateOf(statistics)))} events/s on average`],
    ['Stored', `${bytes(session.bytes)}, of it ${bytes(statistics?.payload ?? 0)} payload before compression`],
    ['App', [session.app, about?.version].filter(Boolean).join(' ')],
    ['Seed', about?.seed ?? ''],
    ['Configuration', about?.configHash ? `${about.configHash.slice(0, 12)}…` : ''],
    ['Page', `${session.title} ${session.url}`.trim()],
    ['Recorded by', session.producers.map(({ name, context }) => `${name} (${context})`).join(', ')],
    ['SDK', [...new Set(session.producers.map(({ sdk }) => sdk))].join(', ')],
    ['Browser', session.browser ?? ''],
    [
      'State',
      session.imported ? 'imported' : session.recovered ? 'recovered after a crash' : session.ended ? 'ended' : 'open',
    ],
  ]
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([what, value]) => (
          <>
            <dt key={`${what}:what`}>{what}</dt>
            <dd key={what}>{visible(value)}</dd>
          </>
        ))}
    </dl>
  )
}

function Statistics({ session: { statistics } }: { session: SessionInfo }) {
  const { categories } = usePanel().store.timeline.known.value
  if (!statistics || statistics.events === 0) return null
  const most = Math.max(...statistics.rate)
  const types = statistics.types.slice(0, TYPES)
  const rest = statistics.events - types.reduce((sum, [, n]) => sum + n, 0)
  return (
    <>
      <h3>Events over time</h3>
      <svg class="rate" viewBox={`0 0 ${statistics.rate.length} 32`} preserveAspectRatio="none" role="img">
        <title>{`At most ${count(most)} events in one of ${statistics.rate.length} intervals`}</title>
        {statistics.rate.map((n, i) => (
          <rect key={i} x={i} width={0.9} y={32 - (32 * n) / most} height={(32 * n) / most} />
        ))}
      </svg>
      <h3>Events by type</h3>
      <table class="counts">
        <tbody>
          {types.map(([name, n]) => (
            <tr key={name}>
              <th scope="row">
                <CategoryIcon category={categories.of(name)} before />
                {visible(name)}
              </th>
              <td>{count(n)}</td>
              <td class="quiet">{((100 * n) / statistics.events).toFixed(1)} %</td>
            </tr>
          ))}
          {rest > 0 && (
            <tr>
              <th scope="row">all others</th>
              <td>{count(rest)}</td>
              <td class="quiet">{((100 * rest) / statistics.events).toFixed(1)} %</td>
            </tr>
          )}
        </tbody>
      </table>
    </>
  )
}

function Phases({ session }: { session: SessionInfo }) {
  const sums = [...durations(phasesOf(session)).values()].filter(({ kind }) => kind !== 'navigation')
  if (sums.length === 0) return null
  return (
    <>
      <h3>Marks</h3>
      <table class="counts" data-testid="phases">
        <tbody>
          {sums.slice(0, 100).map(({ kind, name, ms, times }) => (
            <tr key={`${kind} ${name}`}>
              <th scope="row">
                {kind} {visible(name)}
              </th>
              <td>{duration(ms) || '0'}</td>
              <td class="quiet">{times > 1 ? `${count(times)} times` : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
