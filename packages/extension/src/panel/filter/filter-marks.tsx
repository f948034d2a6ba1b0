import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { marksOf } from './marked-text'

/** Marks behind the box, letter for letter, what each part of the text is and where it is wrong. */
export function FilterMarks({ text, scrolled, typingAt }: { text: string; scrolled: number; typingAt: number }) {
  const { store } = usePanel()
  const { clauses, problems } = store.parsed.value
  const wrong = problems.filter(({ from, to }) => typingAt < from || typingAt > to)
  const layer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (layer.current) layer.current.scrollLeft = scrolled
  })
  return (
    <div ref={layer} class="filter-marks" aria-hidden="true" data-testid="filter-marks">
      {marksOf(text, { clauses, problems: wrong }).map(({ from, to, kind }) => (
        <span key={from} class={kind}>
          {text.slice(from, to)}
        </span>
      ))}
    </div>
  )
}
