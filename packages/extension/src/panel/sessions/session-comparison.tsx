import type { SessionInfo } from '@playhead/shared/model/session'
import { count, duration, visible } from '../widgets/format'
import { type Compared, compare } from './compare'

const SHOWN = 30

/** Shows two sessions beside each other, by their summaries. */
export function SessionComparison({ a, b }: { a: SessionInfo; b: SessionInfo }) {
  const { facts, totals, types, phases } = compare(a, b)
  const changed = types.filter(type => type.a !== type.b)
  return (
    <table class="counts compare" data-testid="comparison">
      <thead>
        <tr>
          <th scope="col" />
          <th scope="col">this one</th>
          <th scope="col">the other</th>
          <th scope="col">difference</th>
        </tr>
      </thead>
      <tbody>
        {facts.map(fact => (
          <tr key={fact.what}>
            <th scope="row">{fact.what}</th>
            <td>{visible(fact.a) || '–'}</td>
            <td>{visible(fact.b) || '–'}</td>
            <td>differs</td>
          </tr>
        ))}
        <Rows rows={totals} text={value => count(Math.round(value * 10) / 10)} />
        <Rows rows={phases.slice(0, SHOWN)} text={value => duration(value) || '0'} />
        <Rows rows={changed.slice(0, SHOWN)} text={count} />
        {changed.length === 0 && (
          <tr>
            <td colSpan={4} class="quiet">
              The same number of events of every type.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function Rows({ rows, text }: { rows: Compared[]; text: (value: number) => string }) {
  return rows.map(({ what, a, b }) => (
    <tr key={what}>
      <th scope="row">{visible(what)}</th>
      <td>{text(a)}</td>
      <td>{text(b)}</td>
      <td class={a === b ? 'quiet' : ''}>{a === b ? 'same' : `${b > a ? '+' : '−'}${text(Math.abs(b - a))}`}</td>
    </tr>
  ))
}
