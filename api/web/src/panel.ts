/** The panel: all that is known of one thing, with where it comes from and what contradicts it. */

import { ask, type Question } from './ask'
import { h, outward, words } from './dom'
import { type Condition, conditionsOf, type Evidence, EVIDENCE, evidenceOf, link, type Named } from './evidence'
import { colour, type Kind, ofId, own } from './ontology'
import type { Go, State } from './state'

type Value = string | number | boolean | null | Named | { text: string }
interface Thing extends Named {
  __typename: string
  alternativeNames?: string[]
  validFrom?: string | null
  validTo?: string | null
  knownFrom?: string
  knownTo?: string | null
  modality?: string
  certainty?: string
  preferred?: boolean
  conditions?: Condition[]
  evidence?: Evidence[]
  contradictedBy?: Named[]
  supersedes?: Named[]
  supersededBy?: Named[]
}
export interface Counts {
  kind: string
  count: number
}
const FACT = `validFrom validTo knownFrom knownTo modality certainty preferred conditions { id description happens deadline ${EVIDENCE} }
  ${EVIDENCE} contradictedBy { id label } supersedes { id label } supersededBy { id label }`

export function panelQuestion(id: string, kind: Kind, state: State): Question {
  const counts = kind.fact
    ? ''
    : 'neighbourhood(id: $id, kinds: [], at: $at, asKnownOn: $known, first: 1) { counts { kind count } }'
  // A fact is looked at whether or not it holds on the day in the world: the panel says when it does.
  return {
    document: `query Panel($id: ID!${kind.fact ? '' : ', $at: Date'}, $known: Date) {
  node(id: $id${kind.fact ? '' : ', at: $at'}, asKnownOn: $known) { __typename id label ${own(kind, kind.fact ? FACT : 'alternativeNames')} }
  ${counts}
}`,
    variables: { id, ...(kind.fact ? {} : { at: state.at }), known: state.known },
  }
}

export async function panelOf(state: State, go: Go): Promise<HTMLElement> {
  const id = state.pick as string
  const kind = ofId(id)
  if (!kind) return note(`Nothing has the id ${id}.`, go)
  const question = panelQuestion(id, kind, state)
  const { node, neighbourhood } = await ask<{
    node: (Thing & Record<string, Value>) | null
    neighbourhood?: { counts: Counts[] }
  }>(question)
  if (!node) {
    const day = state.known ?? 'today'
    return note(
      kind.fact
        ? `As known on ${day} this statement did not stand: it was not published yet, or others had taken its place.`
        : `Nothing known on ${day} has the id ${id}.`,
      go,
    )
  }
  return kind.fact ? factPanel(node, kind, go) : entityPanel(node, kind, neighbourhood?.counts ?? [], state, go)
}

function note(text: string, go: Go): HTMLElement {
  return h('div', {}, close(go), h('p', { class: 'empty' }, text))
}

const close = (go: Go) =>
  h('button', { class: 'small close', 'aria-label': 'Close the panel', click: () => go.pick(null) }, '✕')

function heading(node: Thing, kind: Kind, go: Go): HTMLElement {
  const dot = h('span', { class: 'dot' })
  dot.style.background = kind.fact ? 'transparent' : colour(kind.name)
  return h(
    'header',
    {},
    close(go),
    h('p', { class: 'kind', title: kind.text }, dot, words(kind.name)),
    h('h2', {}, node.label),
  )
}

function entityPanel(
  node: Thing & Record<string, Value>,
  kind: Kind,
  counts: Counts[],
  state: State,
  go: Go,
): HTMLElement {
  const names = node.alternativeNames?.length
    ? h('p', { class: 'aside' }, `Also: ${node.alternativeNames.join(', ')}`)
    : null
  return h(
    'div',
    {},
    heading(node, kind, go),
    names,
    properties(node, kind, go),
    actions(node, kind, go),
    expanders(node.id, counts, state, go),
  )
}

/** What lies next to it, counted before it is drawn. */
function expanders(id: string, counts: Counts[], state: State, go: Go): HTMLElement {
  if (!counts.length)
    return h(
      'p',
      { class: 'empty' },
      'Nothing is known next to it on these days. Choose “any day”, or a later day of knowledge.',
    )
  const rows = counts.map(({ kind, count }) => {
    const key = `${id}~${kind}`
    const open =
      state.view === 'graph' && (state.open.includes(key) || (state.focus === id && !state.open.includes(`${key}~no`)))
    const toggle = () => {
      const ego = state.view !== 'graph' || state.focus === null
      if (ego) return go.change({ view: 'graph', focus: id, open: [], hide: [], to: null })
      const rest = state.open.filter((each) => each !== key && each !== `${key}~no`)
      const closing = state.focus === id ? `${key}~no` : null
      go.change({
        open: open ? [...rest, ...(closing ? [closing] : [])] : [...rest, ...(state.focus === id ? [] : [key])],
      })
    }
    return h(
      'li',
      {},
      h(
        'button',
        { class: 'small', 'aria-expanded': open, click: toggle },
        `${open ? '−' : '+'} ${words(kind)} ${count}`,
      ),
    )
  })
  return h('section', {}, h('h3', {}, 'Next to it'), h('ul', { class: 'chips' }, ...rows))
}

function actions(node: Thing & Record<string, Value>, kind: Kind, go: Go): HTMLElement {
  const to = (text: string, change: Partial<State>) => h('button', { click: () => go.change(change) }, text)
  const code = String(node.code ?? '')
  return h(
    'p',
    { class: 'actions' },
    to('In the middle of the graph', { view: 'graph', focus: node.id, open: [], hide: [], to: null }),
    kind.name === 'Negotiation' && to('Its timeline', { view: 'timeline', talks: node.id }),
    kind.name === 'Product' && to('Its rate', { view: 'rate', product: code }),
    ['Country', 'Group'].includes(kind.name) &&
      code !== 'US' &&
      to('With the United States', { view: 'parties', a: 'US', b: code }),
  )
}

function factPanel(node: Thing & Record<string, Value>, kind: Kind, go: Go): HTMLElement {
  const list = (title: string, of: Named[] | undefined, css = '') =>
    of?.length
      ? h('section', { class: css }, h('h3', {}, title), h('ul', {}, ...of.map((each) => h('li', {}, link(each, go)))))
      : null
  const preferred =
    node.preferred === false ? h('p', { class: 'warning' }, 'Another source is preferred to this one.') : null
  return h(
    'div',
    {},
    heading(node, kind, go),
    when(node),
    preferred,
    properties(node, kind, go),
    conditionsOf(node.conditions ?? [], go),
    evidenceOf(node.evidence ?? [], go),
    list('Contradicted by', node.contradictedBy, 'warning'),
    list('Takes the place of', node.supersedes),
    list('Its place was taken by', node.supersededBy),
  )
}

function when(node: Thing): HTMLElement {
  const row = (name: string, value: string) => [h('dt', {}, name), h('dd', {}, value)]
  const known = `from ${node.knownFrom}${node.knownTo ? ` to ${node.knownTo}` : ''}`
  const holds =
    node.validFrom || node.validTo
      ? `from ${node.validFrom ?? 'any day'} to ${node.validTo ?? 'open'}`
      : 'no day stated'
  const sure = node.certainty === 'POSSIBLE' ? ', possibly: a date is partial' : ''
  return h(
    'dl',
    {},
    ...row('holds', holds + sure),
    ...row('known', known),
    ...row('said as', words(node.modality ?? '')),
  )
}

function properties(node: Thing & Record<string, Value>, kind: Kind, go: Go): HTMLElement | null {
  const names = [...kind.duties, ...kind.scalars, ...kind.ends]
  const rows = names.flatMap((name) => {
    const value = node[name]
    if (value === null || value === undefined || value === '') return []
    return [h('dt', {}, words(name)), h('dd', {}, shown(value, go))]
  })
  return rows.length ? h('dl', {}, ...rows) : null
}

function shown(value: Exclude<Value, null>, go: Go): HTMLElement | string {
  if (typeof value === 'object') return 'text' in value ? value.text : link(value, go)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = String(value)
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return outward(text, text)
  return /^[A-Z]+(_[A-Z]+)+$/.test(text) ? words(text) : text
}
