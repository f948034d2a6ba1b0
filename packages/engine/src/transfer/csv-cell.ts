/** Writes cells of a `.csv` file (RFC 4180) such that no spreadsheet takes one for a formula (OWASP, "CSV injection"). */

/** A character that a formula may begin with, also in its full-width form, or white space that some programs skip before it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/**
 * A place inside a cell at which a spreadsheet set to another language begins a new cell, followed by the beginning of a formula. Such
 * programs cut at semicolons or tabs, and at newlines even within quotes, as quotes in the middle of a cell mean nothing to them.
 */
const INNER_FORMULA = /([;\t\r\n])(?=[" ]*[=+\-@＝＋－＠])/g
const QUOTED = /[",;\t\r\n]|^\s|\s$/

/** Any text as one cell. An apostrophe is put before whatever a spreadsheet could run as a formula. */
export function textCell(text: string): string {
  const inert = text.replace(INNER_FORMULA, "$1'")
  return quoted(FORMULA.test(inert) ? `'${inert}` : inert)
}

/** A number as one cell. It needs no apostrophe though it may begin with a minus; NaN and the infinities are text to a spreadsheet. */
export function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : textCell(String(value))
}

function quoted(text: string): string {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Cells that are written already, as one line. */
export const rowOf = (cells: readonly string[]) => `${cells.join(',')}\r\n`
