import { totals } from '../model/query'
import type { State } from '../model/types'
import { compactMoney, count, money } from './format'

export function Totals({ state }: { state: State }) {
  const sums = totals(state)
  return (
    <dl class="totals">
      <Figure name="Settled" id="total-count" value={count(sums.settledCount)} />
      <Figure
        name="Value settled"
        id="total-value"
        value={compactMoney(sums.settledValue)}
        exact={money(sums.settledValue)}
      />
      <Figure name="Today" id="total-today" value={compactMoney(sums.settledToday)} exact={money(sums.settledToday)} />
      <Figure
        name="Turnover today"
        id="turnover"
        value={`${sums.turnover.toFixed(2)}×`}
        exact="Value settled today for each unit of liquidity in the system"
      />
      <Figure
        name="Waiting"
        id="total-waiting"
        value={`${count(sums.waitingCount)} · ${compactMoney(sums.waitingValue)}`}
        exact={money(sums.waitingValue)}
      />
      <Figure name="Costs" id="total-costs" value={compactMoney(sums.costs)} exact={money(sums.costs)} />
    </dl>
  )
}

function Figure({ name, id, value, exact }: { name: string; id: string; value: string; exact?: string }) {
  return (
    <div title={exact}>
      <dt>{name}</dt>
      <dd data-testid={id}>{value}</dd>
    </div>
  )
}
