/** Cells of a `.csv` file: RFC 4180, and no spreadsheet takes one for a formula (OWASP, CSV injection). */

/** What a formula begins with, also in its wide forms, and white space that some programs skip before it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/**
 * Where spreadsheets of other languages begin a new cell: they cut at semicolons or tabs, so that quotes in the middle of such a cell mean
 * nothing to them, also not around a newline. At the beginning of a cell they take quotes away.
 */
const INNER_FORMULA = /([;\t\r\n])(?=[" ]*[=+\-@＝＋－＠])/g
const QUOTED = /[",;\t\r\n]|^\s|\s$/

/** Text of a page as one cell, neutralised by an apostrophe where it could be run. */
export function textCell(text: string): string {
  const inert = text.replace(INNER_FORMULA, "$1'")
  return quoted(FORMULA.test(inert) ? `'${inert}` : inert)
}

/** A number is never a formula, though it may begin with a minus; to a spreadsheet, infinity is none. */
export function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : textCell(String(value))
}

function quoted(text: string): string {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const rowOf = (cells: readonly string[]) => `${cells.join(',')}\r\n`
