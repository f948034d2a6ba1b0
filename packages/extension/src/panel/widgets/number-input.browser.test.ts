import { h, render } from 'preact'
import { afterEach, describe, expect, it } from 'vitest'
import { NumberInput } from './number-input'

describe('a box for a number', () => {
  const root = document.createElement('div')
  const heard: string[] = []
  const draw = (value: number) =>
    render(h(NumberInput, { value, onTyped: (input: HTMLInputElement) => heard.push(input.value) }), root)
  const input = () => root.querySelector('input') as HTMLInputElement
  const type = async (text: string) => {
    input().value = text
    input().dispatchEvent(new Event('input', { bubbles: true }))
    await drawn()
  }
  const drawn = () => new Promise(resolve => requestAnimationFrame(resolve))

  afterEach(() => {
    render(null, root)
    heard.length = 0
  })

  it('keeps what the user is typing while it is drawn anew, and tells it once they are done', async () => {
    draw(1)
    await type('5')
    draw(1)
    expect(input().value).toBe('5')
    await type('50')
    draw(2)
    expect(input().value).toBe('50')
    expect(heard).toEqual([])
    input().dispatchEvent(new Event('change', { bubbles: true }))
    expect(heard).toEqual(['50'])
    draw(50)
    await drawn()
    expect(input().value).toBe('50')
    draw(7)
    expect(input().value).toBe('7')
  })

  it('shows the value again when the user leaves without a change', async () => {
    draw(1)
    await type('')
    input().dispatchEvent(new Event('blur'))
    await drawn()
    expect(input().value).toBe('1')
    expect(heard).toEqual([])
  })
})
