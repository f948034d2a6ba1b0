import { accepted } from '@playhead/shared/filter/complete'
import type { CompletionOption } from '@playhead/shared/filter/completion-option'
import { useComputed, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { boxMove } from './box-keys'
import { listingOf, NOTHING_CHOSEN, placeOfChosen } from './box-options'
import { FilterMarks } from './filter-marks'
import { FilterOptions } from './filter-options'
import { FilterProblems } from './filter-problems'

const HINT = 'Filter: words, type:row:*, payload.id=17, is:root'

/** The box of the filter's text: it completes names that were seen, and marks mistakes where they are. */
export function FilterBox() {
  const { store, actions } = usePanel()
  const { filter } = store
  const input = useRef<HTMLInputElement>(null)
  const caret = useSignal(0)
  /** What was filtered by lately is listed, in place of what can stand here. */
  const past = useSignal(false)
  const chosen = useSignal(NOTHING_CHOSEN)
  const scrolled = useSignal(0)

  const listed = useComputed(() => {
    const what = !filter.listing.value ? 'none' : past.value ? 'past' : 'here'
    const { seen, recent } = filter
    const from = { caret: caret.value, seen: () => seen.value, recent: () => recent.value }
    return listingOf(what, store.filterText.value, from)
  })
  const list = listed.value
  const { options } = list
  const text = store.filterText.value
  const open = filter.listing.value && options.length > 0
  const at = placeOfChosen(options, chosen.value)
  // A word that can still be completed, or has not been begun, is no mistake yet.
  const typingAt = open || (list.hint !== '' && list.from === caret.value) ? caret.value : -1

  useLayoutEffect(() => {
    actions.filter.setListed(open)
  }, [actions, open])
  useLayoutEffect(() => {
    if (open && at >= 0 && chosen.peek().text === '') choose(at)
  })

  const choose = (index: number) => {
    chosen.value = { index, text: options[index]?.text ?? '' }
  }
  const look = () => {
    const { current } = input
    if (!current) return
    caret.value = current.selectionStart ?? current.value.length
    scrolled.value = current.scrollLeft
  }
  const offer = (how: 'here' | 'past', first = -1) => {
    look()
    actions.filter.loadFor(store.filterText.peek(), caret.peek())
    past.value = how === 'past'
    chosen.value = { index: first, text: '' }
    actions.filter.setListing(true)
  }
  const close = () => {
    actions.filter.setListing(false)
    chosen.value = NOTHING_CHOSEN
  }
  /** Writes as if it were typed, so that the browser can undo it. */
  const write = (from: number, to: number, written: string) => {
    const { current } = input
    if (!current) return
    current.focus()
    current.setSelectionRange(from, to)
    const typed = written ? document.execCommand('insertText', false, written) : document.execCommand('delete')
    if (typed) return
    current.setRangeText(written, from, to, 'end')
    actions.filter.setText(current.value)
  }
  const take = (option: CompletionOption) => {
    if (past.value) {
      write(0, text.length, option.text)
      close()
      return
    }
    const done = accepted(text, list, option)
    write(list.from, list.to, done.text.slice(list.from, done.text.length - (text.length - list.to)))
    input.current?.setSelectionRange(done.caret, done.caret)
    if (option.sort === 'value') {
      close()
      actions.filter.remember(done.text)
    } else offer('here')
  }
  const submit = () => {
    if (actions.filter.follow(text)) return
    close()
    actions.filter.remember(text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const begun = list.from < caret.value
    const move = boxMove(event, { text, open, options: options.length, at, begun })
    if (!move) return
    event.preventDefault()
    if (move === 'submit') submit()
    else if ('offer' in move) offer(move.offer, 0)
    else if ('choose' in move) choose(move.choose)
    else take(options[move.take] as CompletionOption)
  }

  return (
    <div class="filter">
      <FilterMarks text={text} scrolled={scrolled.value} typingAt={typingAt} />
      <input
        ref={input}
        type="text"
        role="combobox"
        data-testid="filter-input"
        aria-label="Filter"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls="filter-options"
        aria-activedescendant={open && at >= 0 ? `filter-option-${at}` : undefined}
        aria-invalid={store.parsed.value.problems.length > 0}
        aria-describedby="filter-problems"
        autocomplete="off"
        autocapitalize="off"
        placeholder={HINT}
        spellcheck={false}
        value={text}
        onFocus={() => actions.filter.load(true)}
        onBlur={() => {
          close()
          actions.filter.remember(store.filterText.peek())
        }}
        onInput={event => {
          actions.filter.setText(event.currentTarget.value)
          offer('here')
        }}
        onPaste={event => {
          if (!actions.filter.follow(event.clipboardData?.getData('text') ?? '')) return
          event.preventDefault()
          close()
        }}
        onKeyDown={onKeyDown}
        onKeyUp={look}
        onPointerUp={look}
        onScroll={look}
        onSelect={look}
      />
      {text !== '' && (
        <button
          type="button"
          class="icon clear"
          data-testid="filter-clear"
          aria-label="Clear the filter"
          title="Clear the filter"
          onClick={() => {
            actions.filter.remember(text)
            actions.filter.setText('')
            input.current?.focus()
          }}
        >
          ✕
        </button>
      )}
      <div class="filter-drop">
        <FilterProblems typingAt={typingAt} fix={write} />
        <FilterOptions
          list={list}
          open={filter.listing.value}
          active={at}
          looking={filter.looking.value && !past.value}
          take={take}
        />
      </div>
    </div>
  )
}
