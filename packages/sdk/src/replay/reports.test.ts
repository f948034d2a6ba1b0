import { expect, it } from 'vitest'
import { noBanner } from './banner'
import { Reports } from './reports'
import { Run } from './run'
import { SmallRecorder } from './testing/small-recorder'

it('reports progress ten times a second at most', () => {
  const target = new SmallRecorder(() => 0, [])
  const start = { run: 7, take: 1, away: 2, total: 5, speed: 1, paused: false, mode: 'roots', origin: '', states: [] }
  const run = new Run({ t: 'replay', op: 'start', ...start } as ConstructorParameters<typeof Run>[0], target)
  const reports = new Reports(target, noBanner)
  for (let now = 1000; now < 1250; now += 10) {
    run.applied++
    reports.progress(run, now)
  }
  expect(target.reports.map(({ op, run, applied }) => [op, run, applied])).toEqual([
    ['progress', 7, 1],
    ['progress', 7, 11],
    ['progress', 7, 21],
  ])
})
