/** The kinds of things that there are, as the server's ontology declares them: legend, filters and the panel follow. */

import { get } from './ask'

export interface Kind {
  name: string
  fact: boolean
  text: string
  scalars: string[]
  duties: string[]
  ends: string[]
}

let kinds: Kind[] = []

export async function learn(): Promise<void> {
  kinds = await get<Kind[]>('/ontology.json')
}

export const entities = (): Kind[] => kinds.filter((kind) => !kind.fact)

/** Colours in the order of declaration, of much the same weight on light and on dark ground. */
const COLOURS = [
  '#3b78c2',
  '#7a5bb5',
  '#c8553d',
  '#b07d2b',
  '#6b7684',
  '#2f8f6b',
  '#d0479a',
  '#4f9a2f',
  '#8a6d4b',
  '#a83a56',
  '#1f8fa8',
  '#7c8a2a',
]

export function colour(kind: string): string {
  return COLOURS[entities().findIndex((each) => each.name === kind) % COLOURS.length] ?? '#6b7684'
}

export const enumOf = (kind: string): string => kind.toUpperCase()

export const of = (name: string): Kind | undefined => kinds.find((kind) => kind.name === name)

/** The kind of the thing that has an id: its first part, tariff-measure/… */
export function ofId(id: string): Kind | undefined {
  const first = id.split('/')[0]
  return kinds.find((kind) => kind.name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase() === first)
}

/**
 * A fragment with all that a kind has of its own, and what else is asked of it. On the kind, not on Fact or Entity: the server
 * plans for every kind that a fragment may meet.
 */
export function own(kind: Kind, more: string): string {
  const duties = kind.duties.map((name) => `${name} { text }`)
  const ends = kind.ends.map((name) => `${name} { id label }`)
  return `... on ${kind.name} { ${[...kind.scalars, ...duties, ...ends, more].join(' ')} }`
}
