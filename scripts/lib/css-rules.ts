/** The one sheet that may name colours; all others use its variables. */
export const THEME = 'packages/extension/src/panel/app/theme.css'

/** What is no colour of a theme: it takes that of the element, or shows nothing. */
const NO_COLOURS = new Set(['transparent', 'currentcolor', 'inherit', 'initial', 'unset', 'none'])

/** Colours that CSS has names for, and those of the user's system; `light-dark(…)` holds others. */
const NAMES = new Set(
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse
  chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta
  darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
  deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green
  greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral
  lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
  lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple
  mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite
  navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink
  plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
  slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
  yellowgreen
  accentcolor accentcolortext activetext buttonborder buttonface buttontext canvas canvastext field fieldtext graytext highlight
  highlighttext linktext mark marktext selecteditem selecteditemtext visitedtext`.split(/\s+/),
)

const LITERAL =
  /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|device-cmyk|light-dark)\(|(?<![\w-])[a-z]+(?![\w-(])/gi

export interface ColourLiteral {
  line: number
  colour: string
}

/** Colours that a sheet names itself: hex, functions, names. Those in comments, strings, selectors and custom property names do not count. */
export function colourLiterals(css: string): ColourLiteral[] {
  const bare = blanked(css)
  return valuesOf(bare).flatMap(({ from, value }) =>
    [...value.matchAll(LITERAL)].flatMap(({ 0: found, index }) => {
      const isName = /^[a-z]+$/i.test(found)
      const name = found.toLowerCase()
      if (isName && (NO_COLOURS.has(name) || !NAMES.has(name))) return []
      return [{ line: bare.slice(0, from + index).split('\n').length, colour: found }]
    }),
  )
}

/** What is wrong with the colours of a file; empty: nothing. */
export function colourProblems(file: string, css: string): string[] {
  if (file === THEME) return []
  return colourLiterals(css).map(
    ({ line, colour }) => `${file}:${line}  ${colour} is a colour of its own: use a variable of ${THEME}`,
  )
}

/** The sheet with comments, strings and addresses as blanks, so that places stay what they are. */
function blanked(css: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ')
  return css.replace(/\/\*[\s\S]*?\*\/|"[^"\n]*"|'[^'\n]*'|url\([^)]*\)/g, blank)
}

/** What stands after the colon of each declaration. */
function valuesOf(css: string): { from: number; value: string }[] {
  return [...css.matchAll(/(?<=[{;]\s*)([\w-]+)\s*:([^{};]*)(?=[;}])/g)].map(({ 0: whole, 2: value = '', index }) => ({
    from: index + whole.length - value.length,
    value,
  }))
}
