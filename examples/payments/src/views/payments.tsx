import type { ComponentChildren } from 'preact'
import { agentsOf, recentFirst, transactions } from '../model/query'
import type { State, Tx, TxId } from '../model/types'
import { bank, count, money, STATUS_LABEL } from './format'

const MOST_WAITING = 30
const MOST_RECENT = 14

/** Returns payments in the order of the table: the user's own, then the queued, then the held, each in their agent's order. */
export function Waiting({ state, drop }: { state: State; drop: (txId: TxId) => void }) {
  const agents = agentsOf(state)
  const queued = agents.flatMap(agent => transactions(state, agent.queue))
  const held = agents.flatMap(agent => transactions(state, agent.held))
  const rank = (tx: Tx) => (tx.origin === 'user' ? 0 : 1)
  const all = [...queued, ...held].sort((a, b) => rank(a) - rank(b))
  return (
    <section>
      <h2>
        Waiting <span class="quiet">{count(all.length)}</span>
      </h2>
      <Payments id="waiting" empty="No payment waits.">
        {all.slice(0, MOST_WAITING).map(tx => (
          <PaymentRow key={tx.id} tx={tx} note={`${state.tick - tx.arrived} t`}>
            <button
              type="button"
              data-testid={`drop-${tx.id}`}
              aria-label={`Drop ${tx.id}`}
              onClick={() => drop(tx.id)}
            >
              Drop
            </button>
          </PaymentRow>
        ))}
      </Payments>
      {all.length > MOST_WAITING && <p class="quiet more">and {count(all.length - MOST_WAITING)} more</p>}
    </section>
  )
}

export function Recent({ state }: { state: State }) {
  return (
    <section>
      <h2>Recent</h2>
      <Payments id="recent" empty="No payment has finished yet.">
        {recentFirst(state)
          .slice(0, MOST_RECENT)
          .map(tx => (
            <PaymentRow key={`${tx.id}-${tx.since}`} tx={tx} note={`tick ${tx.since}`} />
          ))}
      </Payments>
    </section>
  )
}

function Payments({ id, empty, children }: { id: string; empty: string; children: ComponentChildren[] }) {
  return (
    <table class="payments" data-testid={id}>
      <thead class="hidden">
        <tr>
          {['Payment', 'From and to', 'Amount', 'Status', 'When', ''].map(name => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {children.length > 0 ? (
          children
        ) : (
          <tr>
            <td class="quiet" colSpan={6}>
              {empty}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function PaymentRow({ tx, note, children }: { tx: Tx; note: string; children?: ComponentChildren }) {
  return (
    <tr data-tx={tx.id} data-status={tx.status}>
      <td class="id">{tx.id}</td>
      <td class="way" title={`${tx.agentId} pays ${tx.to}`}>
        {bank(tx.agentId)} <span class="quiet">→</span> {bank(tx.to)}
      </td>
      <td class="number">{money(tx.amount)}</td>
      <td>
        <span class={`status ${tx.status}`}>{STATUS_LABEL[tx.status]}</span>
        {tx.priority === 'urgent' && <span class="urgent"> urgent</span>}
      </td>
      <td class="number quiet">{note}</td>
      <td class="act">{children}</td>
    </tr>
  )
}
