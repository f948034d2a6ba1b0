/** Names that stand for two things for now, each with the reason. */
export const NAMES_TWICE: Readonly<Record<string, string>> = {
  StringTable:
    'a list on the wire (shared) and the table that the log makes of it (engine), which imports it under another name',
}

const DECLARATION = /^export (?:default )?(?:declare )?(?:abstract )?(?:interface|type|class) (\w+)/gm

export interface SourceText {
  file: string
  source: string
}

/** Exported types and classes that more than one file declares: one word is to have one meaning. */
export function namesTwice(sources: readonly SourceText[], tolerated = NAMES_TWICE): string[] {
  const files = new Map<string, string[]>()
  for (const { file, source } of sources)
    for (const [, name = ''] of source.matchAll(DECLARATION)) files.set(name, [...(files.get(name) ?? []), file])
  const isTwice = (name: string) => (files.get(name)?.length ?? 0) > 1
  const problems = [...files].flatMap(([name, declared]) =>
    declared.length > 1 && !Object.hasOwn(tolerated, name) ? [`${name} is declared in ${declared.join(' and ')}`] : [],
  )
  const paid = Object.keys(tolerated).filter(name => !isTwice(name))
  return [...problems, ...paid.map(name => `${name} is declared once: take it out of NAMES_TWICE`)]
}
