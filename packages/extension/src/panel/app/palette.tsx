import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { savedFilterCommands } from '../filter/filter-commands'
import type { Command } from '../state/command'
import { usePanel } from '../state/context'
import { visible } from '../widgets/format'
import { distance } from './command-distance'

/** The dialog that finds a command by a few of its letters and runs it. */
export function Palette() {
  const { store, actions, commands } = usePanel()
  const list = useRef<HTMLDivElement>(null)
  const wanted = useSignal('')
  const at = useSignal(0)
  const offered = [...commands, ...savedFilterCommands(store, actions)]
    .filter(({ when }) => when?.() ?? true)
    .flatMap(command => {
      const far = distance(command.title, wanted.value)
      return far === undefined ? [] : [{ command, far }]
    })
    .sort((a, b) => a.far - b.far)
    .map(({ command }) => command)
  const current = Math.min(at.value, offered.length - 1)
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const run = (command: Command | undefined) => {
    if (!command) return
    actions.panel.open('none')
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) at.value = (current + step + offered.length) % Math.max(1, offered.length)
    else if (event.key === 'Enter') run(offered[current])
    else return
    event.preventDefault()
  }
  return (
    <div class="palette">
      <input
        data-first
        class="wide"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={offered[current] ? `command-${offered[current].id}` : undefined}
        placeholder="What to do?"
        spellcheck={false}
        data-testid="palette-input"
        value={wanted.value}
        onInput={event => {
          wanted.value = event.currentTarget.value
          at.value = 0
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id="palette-list" class="palette-list" role="listbox" aria-label="Commands">
        {offered.map((command, i) => (
          <div
            key={command.id}
            id={`command-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === current}
            data-testid={`command-${command.id}`}
            onClick={() => run(command)}
            onKeyDown={event => event.key === 'Enter' && run(command)}
          >
            <span>{visible(command.title)}</span>
            {command.keys && <kbd>{command.keys[0] === ' ' ? 'Space' : command.keys[0]}</kbd>}
          </div>
        ))}
      </div>
      {offered.length === 0 && <p class="quiet">No command has these letters.</p>}
    </div>
  )
}
