import { accepted, completeFilter } from '@playhead/shared/filter/complete'
import type { CompletionOption } from '@playhead/shared/filter/completion-option'
import { useComputed, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { FilterMarks } from './filter-marks'
import { FilterOptions, type Listed } from './filter-options'
import { FilterProblems } from './filter-problems'

const HINT = 'Filter: words, type:row:*, payload.id=17, is:root'

/** The filter as text: completed from what was seen, mistakes marked where they are. */
export function FilterBox() {
  const { store, actions } = usePanel()
  const { filter } = store
  const input = useRef<HTMLInputElement>(null)
  const caret = useSignal(0)
  /** What was filtered by before is listed, in place of what can stand here. */
  const past = useSignal(false)
  /** The chosen option: while more are found it stays the same one. Its text is empty until there are options. */
  const active = useSignal({ index: -1, text: '' })
  const scrolled = useSignal(0)

  const listed = useComputed<Listed>(() => {
    if (!filter.listing.value) return { options: [], hint: '', from: 0, to: 0 }
    const text = store.filterText.value
    if (!past.value) return completeFilter(text, caret.value, filter.seen.value)
    const options = filter.recent.value.map(
      (line): CompletionOption => ({ text: line, label: line, sort: 'value', does: '' }),
    )
    return { options, hint: options.length ? '' : 'Nothing was filtered by yet', from: 0, to: text.length }
  })
  const list = listed.value
  const text = store.filterText.value
  // A name that is written already need not be offered alone.
  const only = list.options.length === 1 && list.options[0]?.text === text.slice(list.from, list.to)
  const options = only ? [] : list.options
  const open = filter.listing.value && options.length > 0
  const kept = active.value.text === '' ? -1 : options.findIndex(option => option.text === active.value.text)
  const at = kept >= 0 ? kept : Math.min(active.value.index, options.length - 1)
  // What is offered here, or has not been begun, is no mistake yet.
  const typingAt = open || (list.hint !== '' && list.from === caret.value) ? caret.value : -1

  useLayoutEffect(() => {
    actions.filter.setListed(open)
  }, [actions, open])
  useLayoutEffect(() => {
    if (open && at >= 0 && active.peek().text === '') choose(at)
  })

  const choose = (index: number) => {
    active.value = { index, text: options[index]?.text ?? '' }
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
    active.value = { index: first, text: '' }
    actions.filter.setListing(true)
  }
  const close = () => {
    actions.filter.setListing(false)
    active.value = { index: -1, text: '' }
  }
  /** As if it were typed, so that it can be undone. */
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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || event.metaKey) return
    const { key } = event
    if (key === ' ' && event.ctrlKey) offer('here', 0)
    else if (event.ctrlKey) return
    else if (key === 'ArrowDown') {
      if (!open) offer('here', 0)
      else choose(at + 1 < options.length ? at + 1 : 0)
    } else if (key === 'ArrowUp' && open) choose(at > 0 ? at - 1 : options.length - 1)
    else if (key === 'ArrowUp' && text === '') offer('past', 0)
    else if (key === 'Enter') {
      const chosen = open ? options[at] : undefined
      if (chosen) take(chosen)
      else if (!actions.filter.follow(text)) {
        close()
        actions.filter.remember(text)
      }
    } else if (key === 'Tab' && !event.shiftKey && open && options.length > 0 && (at >= 0 || list.from < caret.value)) {
      take(options[Math.max(0, at)] as CompletionOption)
    } else return
    event.preventDefault()
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
          list={{ ...list, options }}
          open={filter.listing.value}
          active={at}
          looking={filter.looking.value && !past.value}
          take={take}
        />
      </div>
    </div>
  )
}
