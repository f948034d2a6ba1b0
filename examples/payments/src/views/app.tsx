import type { ReadonlySignal } from '@preact/signals'
import type { Commands } from '../app'
import type { State } from '../model/types'
import { Agents } from './agents'
import { Header } from './header'
import { Recent, Waiting } from './payments'
import { SubmitForm } from './submit'
import { Totals } from './totals'

interface Props {
  shown: ReadonlySignal<State>
  commands: Commands
}

export function AppView({ shown, commands }: Props) {
  const state = shown.value
  return (
    <>
      <Header state={state} commands={commands} />
      <main>
        <Totals state={state} />
        <div class="columns">
          <div class="column">
            <Agents state={state} />
            <SubmitForm agents={Object.keys(state.agents)} submit={commands.submit} />
            <Recent state={state} />
          </div>
          <div class="column">
            <Waiting state={state} drop={commands.drop} />
          </div>
        </div>
      </main>
    </>
  )
}
