import { describe, expect, it } from 'vitest'
import { colourLiterals, colourProblems, THEME } from './css-rules.ts'

const colours = (css: string) => colourLiterals(css).map(({ colour }) => colour)

describe('a colour of its own', () => {
  it.each([
    ['a { color: #fff }', '#fff'],
    ['a{border:1px solid #12ab34cd;}', '#12ab34cd'],
    ['a { box-shadow: 0 4px 16px rgb(0 0 0 / 25%); }', 'rgb('],
    ['a { background: linear-gradient(hsl(1 2% 3%), var(--bg)) }', 'hsl('],
    ['a { --own: oklch(40% 0.2 30) }', 'oklch('],
    ['a { color: light-dark(var(--a), var(--b)) }', 'light-dark('],
    ['a { outline: 2px solid Highlight; }', 'Highlight'],
    ['a { mask-image: linear-gradient(to right, black 10px, transparent) }', 'black'],
    ['@media (min-width: 2px) { a { color: red } }', 'red'],
    ['a { &:hover { color: rebeccapurple } }', 'rebeccapurple'],
  ])('stands in %s', (css, colour) => {
    expect(colours(css)).toEqual([colour])
  })

  it.each([
    'a { color: var(--accent); background: transparent; border-color: currentColor; fill: none }',
    'a { color: color-mix(in srgb, var(--accent) 15%, transparent) }',
    '/* red, #fff */ a { content: "red #fff"; background: url(red.png) }',
    'a#fff, .red, a[data-kind="red"]:hover { color: inherit }',
    'a { transition: opacity 0.2s; display: inline-flex; white-space: nowrap; cursor: default }',
    ':root { --red: var(--bad); --mark-red: var(--mark) } a { color: var(--red) }',
    'mark { color: inherit }',
  ])('does not stand in %s', css => {
    expect(colours(css)).toEqual([])
  })

  it('is told with its line, but for the theme', () => {
    const css = 'a {\n  /* red\n  */\n  color: var(--x);\n  fill: #abc;\n}\n'
    expect(colourProblems('x/y.css', css)).toEqual([
      `x/y.css:5  #abc is a colour of its own: use a variable of ${THEME}`,
    ])
    expect(colourProblems(THEME, css)).toEqual([])
  })
})
