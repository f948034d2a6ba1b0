import { COLOURS } from '../state/category'

/** The colours of the theme as a canvas takes them: as they stand for now. */
export interface Theme {
  categories: string[]
  background: string
  text: string
  quiet: string
  line: string
  accent: string
  bad: string
  gap: string
  /** Opacity, from 0 to 1, of what is drawn beside what is meant. */
  dimmed: number
}

const NAMES = { background: '--bg', text: '--text', quiet: '--quiet', line: '--line', accent: '--accent' } as const

/** Reads the variables of the style sheet as the colours they stand for now: a canvas knows nothing of light and dark. */
export function readTheme(element: HTMLElement): Theme {
  const probe = document.createElement('i')
  probe.className = 'timeline-probe'
  element.append(probe)
  const colour = (variable: string) => {
    probe.style.color = `var(${variable})`
    return getComputedStyle(probe).color
  }
  const theme = {
    categories: Array.from({ length: COLOURS }, (_, i) => colour(`--category-${i}`)),
    ...(Object.fromEntries(Object.entries(NAMES).map(([name, variable]) => [name, colour(variable)])) as Record<
      keyof typeof NAMES,
      string
    >),
    bad: colour('--timeline-error'),
    gap: colour('--timeline-gap'),
    dimmed: Number(getComputedStyle(element).getPropertyValue('--timeline-quiet')) || 0.25,
  }
  probe.remove()
  return theme
}

/** Calls `changed` whenever the colours may have changed; returns a function that ends it. */
export function onThemeChange(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'].map(
    matchMedia,
  )
  for (const query of queries) query.addEventListener('change', changed)
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  return () => {
    for (const query of queries) query.removeEventListener('change', changed)
    observer.disconnect()
  }
}
