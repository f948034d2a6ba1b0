import type { TimelineActions } from '../state/actions/timeline'
import type { Command } from '../state/command'
import type { ReadOnlyStore } from '../state/context'
import { brushOf, isStretch } from './brush'

/** The commands about the timeline. */
export function timelineCommands(store: ReadOnlyStore, act: TimelineActions): Command[] {
  const { timeline } = store
  const open = () => timeline.open.value
  const zoomed = () => open() && timeline.zoom.value !== null
  const brush = () => brushOf(store.filterText.value)
  return [
    {
      id: 'timeline',
      title: 'Timeline: go there',
      run() {
        act.setOpen(true)
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid="timeline"]')?.focus())
      },
    },
    { id: 'timeline-fold', title: 'Timeline: show or fold', run: () => act.setOpen(!open()) },
    { id: 'timeline-in', title: 'Timeline: look more closely', when: open, run: () => act.zoomBy(0.5) },
    { id: 'timeline-out', title: 'Timeline: see more', when: zoomed, run: () => act.zoomBy(2) },
    {
      ...{ id: 'timeline-to-brush', title: 'Timeline: zoom to the selected time' },
      when: () => open() && isStretch(brush()),
      run: () => act.look(brush() ?? null),
    },
    { id: 'timeline-whole', title: 'Timeline: show all of it', when: zoomed, run: () => act.look(null) },
    {
      ...{ id: 'timeline-follow', title: 'Timeline: follow what arrives, or stay' },
      when: () => zoomed() && timeline.growing.value,
      run: () => act.toggleFollow(),
    },
    {
      ...{ id: 'timeline-clear', title: 'Timeline: no selected time', when: () => brush() !== undefined },
      run: () => act.clearBrush(),
    },
    { id: 'lanes-none', title: 'Timeline: no lanes', when: open, run: () => act.setLanes('none') },
    { id: 'lanes-producer', title: 'Timeline: lanes by producer', when: open, run: () => act.setLanes('producer') },
    { id: 'lanes-source', title: 'Timeline: lanes by source', when: open, run: () => act.setLanes('source') },
  ]
}
