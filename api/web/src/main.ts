/** The page: one state, kept in the address; the view, the sliders and the panel show it. */

import './style.css'
import { AskError, turtle } from './ask'
import { h } from './dom'
import type { Drawn } from './drawn'
import { learn } from './ontology'
import { panelOf } from './panel'
import { PartiesView } from './parties'
import { learnParties } from './party'
import { RateView } from './rate'
import { saveTable, saveSvg, savePng } from './save'
import { type Found, searchBox } from './search'
import { AT, KNOWN, slider } from './sliders'
import { startView } from './start'
import { type Go, address, read, type State, today, type View } from './state'
import { tableOf } from './table'
import { TimelineView } from './timeline'

const TABS: { view: View; name: string; key: string }[] = [
  { view: 'start', name: 'Start', key: '1' },
  { view: 'graph', name: 'Graph', key: '2' },
  { view: 'timeline', name: 'Timeline', key: '3' },
  { view: 'rate', name: 'Rate', key: '4' },
  { view: 'parties', name: 'Parties', key: '5' },
]
const TIMES: (keyof State)[] = ['at', 'known']

let state = read(location.search)
let drawn: Drawn | null = null
let latest = 0

const go: Go = { pick: (pick) => change({ pick }), change }
const says = h('p', { class: 'says', role: 'alert' })
const host = h('section', { class: 'view', 'aria-label': 'View' })
const panel = h('aside', { 'aria-label': 'Details', tabindex: -1 })
const tabs = TABS.map(({ view, name, key }) =>
  h(
    'button',
    { 'data-view': view, 'aria-keyshortcuts': `Alt+${key}`, click: () => change({ view, pick: null }) },
    name,
  ),
)
const asTable = h('button', { click: () => change({ table: !state.table }) }, 'Table')
const at = slider(AT, today, (day) => change({ at: day }))
const known = slider(KNOWN, today, (day) => change({ known: day === today() ? null : day }))
const rate = new RateView(go, failed)
const timeline = new TimelineView(go)
const parties = new PartiesView(go)
let graph: import('./graph').GraphView | null = null

/** Steps of a slider replace the entry of the history: going back leads to the place before. */
function change(to: Partial<State>): void {
  const before = state
  state = { ...state, ...to }
  const next = address(state)
  if (next === address(before)) return
  const step = Object.keys(to).every((name) => TIMES.includes(name as keyof State))
  history[step ? 'replaceState' : 'pushState'](null, '', next)
  void show()
}

async function show(): Promise<void> {
  const turn = ++latest
  says.replaceChildren()
  chrome()
  void showPanel(turn)
  host.setAttribute('aria-busy', 'true')
  try {
    const found = await viewed()
    if (turn !== latest) return
    drawn = found.drawn
    host.replaceChildren(...(state.table && drawn ? [tableOf(drawn.table, go.pick)] : [found.element]))
    if (!state.table && state.view === 'graph') graph?.resize()
  } catch (error) {
    if (turn === latest) failed(error)
  } finally {
    if (turn === latest) {
      host.setAttribute('aria-busy', 'false')
      chrome()
    }
  }
}

async function viewed(): Promise<{ element: HTMLElement; drawn: Drawn | null }> {
  if (state.view === 'rate') return { drawn: await rate.show(state), element: rate.element }
  if (state.view === 'timeline') return { drawn: await timeline.show(state), element: timeline.element }
  if (state.view === 'parties') return { drawn: await parties.show(state), element: parties.element }
  if (state.view === 'graph' && state.focus) {
    graph ??= new (await import('./graph')).GraphView(go, failed)
    if (!state.table) host.replaceChildren(graph.element)
    return { drawn: await graph.show(state), element: graph.element }
  }
  if (state.view === 'graph')
    return {
      drawn: null,
      element: h(
        'p',
        { class: 'empty' },
        'Search above for what should be in the middle: a person, a meeting, an act, a country.',
      ),
    }
  return { drawn: null, element: startView(change) }
}

async function showPanel(turn: number): Promise<void> {
  const pick = state.pick
  if (!pick) {
    panel.hidden = true
    panel.replaceChildren()
    return
  }
  panel.hidden = false
  try {
    const found = await panelOf(state, go)
    if (turn !== latest) return
    panel.replaceChildren(found)
  } catch (error) {
    if (turn === latest) panel.replaceChildren(h('p', { class: 'empty' }, said(error)))
  }
}

/** What stands around the view, as it fits the state. */
function chrome(): void {
  for (const tab of tabs) tab.setAttribute('aria-current', tab.dataset.view === state.view ? 'page' : 'false')
  asTable.setAttribute('aria-pressed', String(state.table))
  for (const tool of [asTable, ...tools.querySelectorAll('button')])
    (tool as HTMLButtonElement).disabled = drawn === null || state.view === 'start'
  times.hidden = state.view === 'start'
  at.show(state.at, drawn?.marks.at ?? [])
  known.show(state.known, drawn?.marks.known ?? [])
  document.title = `${drawn && state.view !== 'start' ? `${drawn.table.caption} · ` : ''}tradegraph`
}

function failed(error: unknown): void {
  drawn = null
  says.replaceChildren(said(error), ' ', h('button', { class: 'small', click: () => void show() }, 'Try again'))
}

const said = (error: unknown): string =>
  error instanceof AskError ? `${error.message} ${error.what}` : `Something went wrong in the page: ${String(error)}`

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    note.textContent = `${what} copied`
  } catch {
    note.replaceChildren(h('textarea', { 'aria-label': what, readonly: true, rows: 4 }, text))
  }
}

/** All that is told of what the panel shows, or else of what is drawn. */
async function copyRdf(): Promise<void> {
  const id = state.pick ?? drawn?.about
  if (!id) note.textContent = 'Open one of the things first: RDF is had of one'
  else await turtle(id).then((text) => copy(text, 'RDF'), failed)
}

const note = h('span', { role: 'status', class: 'aside' })
const tools = h(
  'span',
  { class: 'tools' },
  h('button', { class: 'small', click: () => void copy(location.href, 'Link') }, 'Copy link'),
  h(
    'button',
    {
      class: 'small',
      click: () =>
        drawn &&
        void copy(`${drawn.question.document}\n\n${JSON.stringify(drawn.question.variables, null, 2)}`, 'GraphQL'),
    },
    'Copy GraphQL',
  ),
  h('button', { class: 'small', click: () => void copyRdf() }, 'Copy RDF'),
  h('button', { class: 'small', click: () => drawn && saveTable(drawn.table) }, 'CSV'),
  h('button', { class: 'small', click: () => drawn && saveSvg(drawn.picture()) }, 'SVG'),
  h('button', { class: 'small', click: () => drawn && void savePng(drawn.picture()) }, 'PNG'),
)
const times = h('div', { class: 'times' }, at.element, known.element)

/** What a found thing is for: a product is asked for its rate, talks for their timeline, all else stands in the graph. */
function chosen(found: Found): void {
  if (found.__typename === 'Product' && found.code) change({ view: 'rate', product: found.code, pick: null })
  else if (found.__typename === 'Negotiation') change({ view: 'timeline', talks: found.id, pick: null })
  else change({ view: 'graph', focus: found.id, pick: found.id, open: [], hide: [], to: null })
}

function keys(event: KeyboardEvent): void {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
  const tab = event.altKey ? TABS.find((each) => each.key === event.key) : undefined
  if (tab) change({ view: tab.view, pick: null })
  else if (event.key === '/' && !typing) (document.querySelector('header input') as HTMLInputElement).focus()
  else if (event.key === 'Escape' && !typing && state.pick) change({ pick: null })
  else return
  event.preventDefault()
}

async function begin(): Promise<void> {
  document.body.append(
    h('a', { class: 'skip', href: '#view' }, 'To the view'),
    h(
      'header',
      {},
      h('a', { class: 'name', href: '/' }, 'tradegraph'),
      searchBox('Search: a person, an act, a code …', null, chosen, failed),
      h('nav', { 'aria-label': 'Views' }, ...tabs),
      h('a', { href: '/graphql' }, 'GraphQL'),
    ),
    h('div', { class: 'controls' }, times, h('div', { class: 'toolbar' }, asTable, tools, note)),
    says,
    h('main', { id: 'view', tabindex: -1 }, host, panel),
  )
  addEventListener('popstate', () => {
    state = read(location.search)
    void show()
  })
  addEventListener('keydown', keys)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => void show())
  if (state.view === 'graph') void import('./graph').catch(() => null) // comes beside the ontology; asked for again when drawn
  try {
    await learn()
  } catch (error) {
    failed(error)
    return
  }
  void learnParties().catch(failed)
  await show()
}

void begin()
