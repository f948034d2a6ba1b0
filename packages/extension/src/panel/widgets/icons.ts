/** Icons by name, each as a path in a box of 10 × 10. */
export const ICONS = {
  circle: 'M5 1a4 4 0 1 1 0 8a4 4 0 1 1 0-8z',
  square: 'M1.3 1.3h7.4v7.4h-7.4z',
  triangle: 'M5 .8l4.6 8.2h-9.2z',
  diamond: 'M5 .2l4.8 4.8l-4.8 4.8l-4.8-4.8z',
  ring: 'M5 .8a4.2 4.2 0 1 1 0 8.4a4.2 4.2 0 1 1 0-8.4zm0 2.4a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6z',
  cross: 'M3.6 .8h2.8v2.8h2.8v2.8h-2.8v2.8h-2.8v-2.8h-2.8v-2.8h2.8z',
  star: 'M5 0l1.5 3.3l3.5.4l-2.6 2.4l.7 3.6l-3.1-1.8l-3.1 1.8l.7-3.6l-2.6-2.4l3.5-.4z',
  bar: 'M0 3.2h10v3.6h-10z',
} as const

export type IconName = keyof typeof ICONS
