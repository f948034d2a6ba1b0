import { useState } from 'preact/hooks'
import type { Commands } from '../app'
import type { AgentId } from '../model/types'
import { parseMoney } from './format'

interface Props {
  agents: readonly AgentId[]
  submit: Commands['submit']
}

export function SubmitForm({ agents, submit }: Props) {
  const [from, setFrom] = useState(agents[0] ?? '')
  const [to, setTo] = useState(agents[1] ?? '')
  const [amount, setAmount] = useState('25,000')
  const cents = parseMoney(amount)
  const problem =
    from === to ? 'Payer and payee are the same.' : cents === undefined ? 'Give an amount such as 25,000.' : ''

  const onSubmit = (event: Event) => {
    event.preventDefault()
    if (!problem && cents !== undefined) submit(from, to, cents)
  }
  return (
    <section>
      <h2>Submit a payment</h2>
      <form data-testid="submit-form" onSubmit={onSubmit}>
        <AgentChoice label="From" id="submit-from" value={from} agents={agents} choose={setFrom} />
        <AgentChoice label="To" id="submit-to" value={to} agents={agents} choose={setTo} />
        <label>
          Amount
          <input
            data-testid="submit-amount"
            inputMode="decimal"
            autocomplete="off"
            value={amount}
            aria-invalid={cents === undefined}
            onInput={event => setAmount(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="main" data-testid="submit-button" disabled={problem !== ''}>
          Submit
        </button>
        <p class="problem" role="status">
          {problem}
        </p>
      </form>
    </section>
  )
}

interface ChoiceProps {
  label: string
  id: string
  value: AgentId
  agents: readonly AgentId[]
  choose: (id: AgentId) => void
}

function AgentChoice({ label, id, value, agents, choose }: ChoiceProps) {
  return (
    <label>
      {label}
      <select data-testid={id} value={value} onChange={event => choose(event.currentTarget.value)}>
        {agents.map(agent => (
          <option key={agent} value={agent}>
            {agent}
          </option>
        ))}
      </select>
    </label>
  )
}
