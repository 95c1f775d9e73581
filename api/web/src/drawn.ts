/** What a view hands to the page: the same content as drawing, as table and as a question to the API. */

import type { Question } from './ask'

export interface Cell {
  text: string
  /** The id of what it names: it can be looked at in the panel. */
  id?: string | null
}

export interface Table {
  caption: string
  columns: string[]
  rows: (Cell | string)[][]
}

export interface Drawn {
  table: Table
  /** The drawing as SVG that stands for itself, for export. */
  picture: () => SVGSVGElement
  question: Question
  /** The id of what it is about, to be had as RDF; null where it is about more than one thing. */
  about: string | null
  /** Days on which something changed: marks of the sliders. */
  marks: { at: string[]; known: string[] }
}

const QUOTED = /[",\n]/

export function csv(table: Table): string {
  const lines = [table.columns, ...table.rows.map((row) => row.map((cell) => textOf(cell)))]
  return lines.map((line) => line.map(quoted).join(',')).join('\r\n') + '\r\n'
}

export const textOf = (cell: Cell | string): string => (typeof cell === 'string' ? cell : cell.text)

/** A leading = + - or @ would be a formula to a spreadsheet: a quote before it keeps it text. */
function quoted(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
