/** Where one is on the page. The address holds all of it, so that a link or a reload shows the same. */

export type View = 'start' | 'graph' | 'timeline' | 'rate' | 'parties'
export const VIEWS: readonly View[] = ['start', 'graph', 'timeline', 'rate', 'parties']

export interface State {
  view: View
  /** The drawing, or a table of exactly what is drawn. */
  table: boolean
  /** The day in the world; null: any (of rates: today). */
  at: string | null
  /** The day of knowledge; null: today. */
  known: string | null
  /** What the panel shows: the id of an entity or a fact. */
  pick: string | null
  /** Graph: the entity in the middle, what is expanded (id~KIND), kinds left out, the end of a path. */
  focus: string | null
  open: string[]
  hide: string[]
  to: string | null
  /** Timeline. */
  talks: string | null
  /** Rate: importer, origin, product; how conditions are taken to turn out (id~yes, id~no); what is known of the goods. */
  importer: string
  origin: string
  product: string
  assume: string[]
  goods: string[]
  best: boolean
  /** Parties. */
  a: string
  b: string
}

export const FIRST: State = {
  view: 'start',
  table: false,
  at: null,
  known: null,
  pick: null,
  focus: null,
  open: [],
  hide: [],
  to: null,
  talks: null,
  importer: 'US',
  origin: '',
  product: '',
  assume: [],
  goods: [],
  best: false,
  a: 'US',
  b: '',
}
const DAYS = new Set(['at', 'known'])

export function read(search: string): State {
  const given = new URLSearchParams(search)
  const state: Record<string, unknown> = { ...FIRST }
  for (const [name, first] of Object.entries(FIRST)) {
    const value = given.get(name)
    if (value === null) continue
    if (DAYS.has(name) && !isDay(value)) continue
    state[name] = Array.isArray(first) ? given.getAll(name) : typeof first === 'boolean' ? value === '1' : value
  }
  if (!VIEWS.includes(state.view as View)) state.view = 'start'
  return state as unknown as State
}

export function address(state: State): string {
  const said = new URLSearchParams()
  for (const [name, value] of Object.entries(state)) {
    const first = FIRST[name as keyof State]
    if (Array.isArray(value)) value.forEach((each) => said.append(name, each))
    else if (value !== first && value !== null && value !== '') said.set(name, value === true ? '1' : String(value))
  }
  const text = said.toString()
  return text ? `/?${text}` : '/'
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(numberOf(text)) === text
}

/** Days as numbers, for sliders and scales. */
export const numberOf = (day: string): number => Date.parse(day) / 86400000
export const dayOf = (number: number): string => new Date(number * 86400000).toISOString().slice(0, 10)
export const today = (): string => new Date().toISOString().slice(0, 10)

/** What a view does to the page: open the panel on a thing, change what is shown. */
export interface Go {
  pick: (id: string | null) => void
  change: (to: Partial<State>) => void
}
