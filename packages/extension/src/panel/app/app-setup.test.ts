import type { SessionInfo } from '@playhead/shared/model/session'
import { computed, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Store } from '../state/store'

let held = '{}'
beforeEach(() => {
  held = '{}'
  vi.stubGlobal('localStorage', {
    getItem: () => held,
    setItem: (_: string, next: string) => {
      held = next
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

/** A panel that was just opened: its modules hold nothing of the one before. */
async function open() {
  vi.resetModules()
  const { save, saved } = await import('../state/saved')
  const { followApp } = await import('./app-setup')
  const settings = saved()
  const app = signal('')
  const filterText = signal(settings.filterText)
  const table = { columns: signal(settings.columns), sort: signal(settings.sort), group: signal(settings.group) }
  const shown = computed(() => (app.value === '' ? null : ({ app: app.value, origin: '' } as SessionInfo)))
  const stop = followApp({ shown, filterText, table } as unknown as Store, {
    applySetup(setup) {
      filterText.value = setup.filterText
      table.columns.value = setup.columns
      table.sort.value = setup.sort
      table.group.value = setup.group
    },
  })
  const write = (text: string) => {
    filterText.value = text
    save({ filterText: text })
  }
  const group = () => {
    table.group.value = true
    save({ group: true })
  }
  return { app, filterText, table, write, group, stop }
}

it('gives each app a filter of its own, in one panel and in the next', async () => {
  const one = await open()
  one.app.value = 'payments'
  one.write('day=1')
  one.group()
  one.app.value = 'grid'
  expect([one.filterText.value, one.table.group.value]).toEqual(['', false])
  one.write('type:row:*')
  one.app.value = 'payments'
  expect([one.filterText.value, one.table.group.value]).toEqual(['day=1', true])
  one.stop()

  const next = await open()
  expect(next.filterText.value).toBe('day=1')
  next.app.value = 'grid'
  expect([next.filterText.value, next.table.group.value]).toEqual(['type:row:*', false])
})

it('leaves alone what was written before the app was known, by hand or by a link', async () => {
  const one = await open()
  one.app.value = 'payments'
  one.write('day=1')
  const next = await open()
  next.write('from:a-link')
  next.app.value = 'grid'
  expect(next.filterText.value).toBe('from:a-link')
  next.app.value = 'payments'
  expect(next.filterText.value).toBe('day=1')
})

it('takes over what was kept before apps had their own, and survives what makes no sense', async () => {
  held = '{"filterText":"type:tick","group":true,"apps":[3,{"app":""},{"app":"x","filterText":7,"columns":"y"}]}'
  const one = await open()
  one.app.value = 'payments'
  expect([one.filterText.value, one.table.group.value]).toEqual(['type:tick', true])
  one.app.value = 'x'
  expect([one.filterText.value, one.table.columns.value.length > 0]).toEqual(['', true])
  one.app.value = 'payments'
  expect(one.filterText.value).toBe('type:tick')
})
