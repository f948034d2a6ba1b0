import { messageOf } from '@playhead/shared/values/message-of'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

export interface Answer<T> {
  /** The newest answer; while a question is pending, the answer to the one before. */
  value: T | undefined
  pending: boolean
  problem: string
}

/** Asks whenever one of `about` changes; answers to what is no longer asked are dropped. */
export function useAnswer<T>(ask: () => Promise<T>, about: readonly unknown[]): Answer<T> {
  const answer = useSignal<Answer<T>>({ value: undefined, pending: true, problem: '' })
  const number = useRef(0)
  useEffect(() => {
    const mine = ++number.current
    answer.value = { ...answer.peek(), pending: true }
    ask().then(
      value => {
        if (mine === number.current) answer.value = { value, pending: false, problem: '' }
      },
      (error: unknown) => {
        const problem = messageOf(error)
        if (mine === number.current) answer.value = { value: undefined, pending: false, problem }
      },
    )
    return () => {
      number.current++
    }
  }, about)
  return answer.value
}

/** Counts up whenever `lastSeq` has grown, at most once in `interval` ms. */
export function useGrowth(lastSeq: number, interval: number): number {
  const growth = useSignal(0)
  const newest = useRef(lastSeq)
  newest.current = lastSeq
  useEffect(() => {
    let seen = newest.current
    const timer = setInterval(() => {
      if (newest.current === seen) return
      seen = newest.current
      growth.value++
    }, interval)
    return () => clearInterval(timer)
  }, [interval])
  return growth.value
}
