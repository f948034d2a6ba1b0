/**
 * Appends a name to the path of a payload's field. Paths are text: `a.b[].c`, where `[]` stands for every element of an array. A name that
 * would be taken for something else is quoted: `a."b.c"`.
 */
export function withStep(path: string, name: string): string {
  const step = name === '' || /["[\].]/.test(name) ? JSON.stringify(name) : name
  return path === '' ? step : `${path}.${step}`
}

/** Returns the names that a path was made of; undefined where it leads into an array. */
export function stepsOf(path: string): string[] | undefined {
  const steps = path.match(/"(?:[^"\\]|\\.)*"(?:\[\])*|[^."]+/g) ?? []
  if (steps.some(step => step.endsWith(']'))) return undefined
  return steps.map(step => (step.startsWith('"') ? (JSON.parse(step) as string) : step))
}
