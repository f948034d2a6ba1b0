import { agentsOf, costOf, creditUsed } from '../model/query'
import type { Agent, State } from '../model/types'
import { money } from './format'

export function Agents({ state }: { state: State }) {
  return (
    <section>
      <h2>Agents</h2>
      <table data-testid="agents">
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col" class="number">
              Balance
            </th>
            <th scope="col" class="number">
              Credit used
            </th>
            <th scope="col" class="number">
              Collateral
            </th>
            <th
              scope="col"
              class="number"
              title="Waiting in the central queue, and held back by the agent's own policy"
            >
              Queue + held
            </th>
            <th scope="col" class="number">
              Costs
            </th>
          </tr>
        </thead>
        <tbody>
          {agentsOf(state).map(agent => (
            <AgentRow key={agent.id} agent={agent} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function AgentRow({ agent }: { agent: Agent }) {
  const used = creditUsed(agent)
  const share = agent.creditLimit === 0 ? 0 : used / agent.creditLimit
  const tight = share > 0.8 ? 'tight' : ''
  return (
    <tr data-agent={agent.id} data-balance={agent.balance}>
      <th scope="row">
        {agent.id} <span class="quiet policy">{agent.policy}</span>
      </th>
      <td class={`number ${agent.balance < 0 ? 'negative' : ''}`}>{money(agent.balance)}</td>
      <td class={`number ${tight}`} title={`of ${money(agent.creditLimit)}`}>
        <meter class="used" min={0} max={1} high={0.8} value={share} aria-label="Share of the credit limit" />
        {Math.round(share * 100)}%
      </td>
      <td class="number">{agent.collateral === 0 ? <Nothing /> : money(agent.collateral)}</td>
      <td class="number">
        {agent.queue.length === 0 && agent.held.length === 0 ? (
          <Nothing />
        ) : (
          <>
            <b>{agent.queue.length}</b>
            {agent.held.length > 0 && <span class="quiet"> + {agent.held.length}</span>}
          </>
        )}
      </td>
      <td class="number">{money(costOf(agent))}</td>
    </tr>
  )
}

function Nothing() {
  return <span class="quiet">–</span>
}
