/** The graph around one entity: what lies next to it, what one expands, and the way to another. */

import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import Sigma from 'sigma'
import { ask, type Question } from './ask'
import { h, s, words } from './dom'
import type { Cell, Drawn } from './drawn'
import { colour, entities, enumOf } from './ontology'
import type { Counts, Go } from './panel'
import { searchBox } from './search'
import type { State } from './state'

interface FactOf {
  __typename: string
  id: string
  label: string
  modality: string
  validFrom: string | null
  validTo: string | null
  knownFrom: string
  [more: string]: unknown
}
interface Node {
  __typename: string
  id: string
  label: string
}
interface Neighbour {
  node: Node
  relations: string[]
  factCount: number
  facts: FactOf[]
}
interface Neighbourhood {
  node: Node
  counts: Counts[]
  neighbours: Neighbour[]
}
interface Step {
  relation: string | null
  node: Node
}

interface Edge {
  from: string
  to: string
  words: string
  facts: FactOf[]
  sure: boolean
}
interface Content {
  nodes: Map<string, Node>
  edges: Map<string, Edge>
  left: number
}

export const MOST = 150
const EGO = 12
const EXPANDED = 60
const FACTS = `__typename id label modality validFrom validTo knownFrom
  ... on TariffMeasure { duty { text } } ... on Commitment { promised: duty { text } } ... on AgreementEvent { stage }
  ... on Participation { onBehalfOf { label } } ... on Tenure { acting post { label } } ... on StackingRule { effect } ... on Position { topic { label } }`
const NEXT = `query Next($id: ID!, $kinds: [EntityKind!], $first: Int!, $at: Date, $known: Date) {
  neighbourhood(id: $id, kinds: $kinds, first: $first, at: $at, asKnownOn: $known) {
    node { __typename id label } counts { kind count }
    neighbours { node { __typename id label } relations factCount facts { ${FACTS} } }
  }
}`
const PATH = `query Path($from: ID!, $to: ID!, $at: Date, $known: Date) {
  path(from: $from, to: $to, at: $at, asKnownOn: $known) { steps { relation node { __typename id label } } }
}`

export function egoQuestion(state: State): Question {
  return { document: NEXT, variables: { id: state.focus, kinds: null, first: EGO, at: state.at, known: state.known } }
}

export class GraphView {
  readonly element: HTMLElement
  private readonly canvas = h('div', { class: 'canvas', role: 'img', 'aria-label': 'Graph' })
  private readonly legend = h('ul', { class: 'legend', 'aria-label': 'Kinds: switch each on or off' })
  private readonly says = h('p', { class: 'aside', role: 'status' })
  private readonly graph = new Graph({ multi: false, type: 'undirected' })
  private sigma: Sigma | null = null
  private focus: string | null = null
  private edges = new Map<string, Edge>()

  constructor(
    private readonly go: Go,
    failed: (error: unknown) => void,
  ) {
    const pathTo = searchBox('Path to …', null, (found) => go.change({ to: found.id }), failed)
    const clear = h('button', { class: 'small', click: () => go.change({ to: null }) }, 'No path')
    this.element = h(
      'div',
      { class: 'graph' },
      h('div', { class: 'bar' }, pathTo, clear, this.legend),
      this.says,
      this.canvas,
    )
  }

  async show(state: State): Promise<Drawn> {
    const question = egoQuestion(state)
    const [content, everything] = await Promise.all([
      gather(state, question),
      ask<{ neighbourhood: Neighbourhood }>({
        ...question,
        variables: { ...question.variables, at: null, known: null },
      }),
    ])
    this.showLegend(state, content)
    hide(content, state)
    this.fill(state, content)
    this.canvas.setAttribute(
      'aria-label',
      `Graph of ${content.nodes.size} things and ${content.edges.size} ties around ${content.nodes.get(state.focus ?? '')?.label ?? ''}. The table has the same.`,
    )
    this.says.textContent =
      content.nodes.size < 2
        ? 'Nothing is known next to it on these days: choose “any day”, or a later day of knowledge.'
        : `${content.nodes.size} things, ${content.edges.size} ties${content.left ? `; ${content.left} more are not drawn: expand a kind in the panel` : ''}`
    const facts = everything.neighbourhood.neighbours.flatMap((each) => each.facts)
    return {
      table: tableOf(content),
      picture: () => this.picture(state),
      question,
      marks: {
        at: facts.flatMap((fact) => [fact.validFrom, fact.validTo]).filter((day): day is string => day?.length === 10),
        known: facts.map((fact) => fact.knownFrom),
      },
    }
  }

  private showLegend(state: State, content: Content): void {
    const there = new Set([...content.nodes.values()].map((node) => node.__typename))
    this.legend.replaceChildren(
      ...entities()
        .filter((kind) => there.has(kind.name) || state.hide.includes(kind.name))
        .map((kind) => {
          const hidden = state.hide.includes(kind.name)
          const hide = hidden ? state.hide.filter((each) => each !== kind.name) : [...state.hide, kind.name]
          const dot = h('span', { class: 'dot' })
          dot.style.background = colour(kind.name)
          return h(
            'li',
            {},
            h(
              'button',
              {
                class: 'small',
                title: kind.text,
                'aria-pressed': String(!hidden),
                click: () => this.go.change({ hide }),
              },
              dot,
              words(kind.name),
            ),
          )
        }),
    )
  }

  /** Nodes that stay keep their places, so that a step in time can be seen as such. */
  private fill(state: State, content: Content): void {
    if (this.focus !== state.focus) this.graph.clear()
    this.focus = state.focus
    this.edges = content.edges
    const shown = new Set(content.nodes.keys())
    this.graph.forEachNode((id) => !shown.has(id) && this.graph.dropNode(id))
    this.graph.clearEdges()
    const kinds = entities().map((kind) => kind.name)
    let fresh = 0
    for (const id of shown) {
      const node = content.nodes.get(id) as Node
      const middle = id === state.focus
      const looks = {
        label: short(node.label),
        color: colour(node.__typename),
        size: middle ? 14 : 7,
        forceLabel: middle || shown.size < 40,
      }
      if (this.graph.hasNode(id)) this.graph.mergeNodeAttributes(id, looks)
      else {
        const turn = (2 * Math.PI * (kinds.indexOf(node.__typename) + (fresh % 17) / 17)) / kinds.length
        const away = middle ? 0 : 10 + (fresh % 5) * 2
        this.graph.addNode(id, { ...looks, x: away * Math.cos(turn), y: away * Math.sin(turn) })
        fresh++
      }
    }
    for (const edge of content.edges.values()) {
      if (!this.graph.hasNode(edge.from) || !this.graph.hasNode(edge.to) || this.graph.hasEdge(edge.from, edge.to))
        continue
      this.graph.addEdge(edge.from, edge.to, {
        label: edge.words,
        size: edge.sure ? 1.6 : 0.8,
        color: edge.sure ? '#8a94a0' : '#c9b27c',
      })
    }
    if (fresh)
      forceAtlas2.assign(this.graph, {
        iterations: 180,
        settings: { ...forceAtlas2.inferSettings(this.graph), scalingRatio: 12, gravity: 1, barnesHutOptimize: false },
      })
    this.draw()
  }

  private draw(): void {
    const label = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim() || '#222'
    if (this.sigma) {
      this.sigma.setSetting('labelColor', { color: label })
      this.sigma.refresh()
      return
    }
    try {
      this.sigma = new Sigma(this.graph, this.canvas, {
        allowInvalidContainer: true,
        renderEdgeLabels: true,
        labelRenderedSizeThreshold: 0,
        labelDensity: 1.2,
        labelColor: { color: label },
        edgeLabelColor: { color: label },
        edgeLabelSize: 11,
        labelSize: 13,
        labelFont: 'system-ui, sans-serif',
        edgeLabelFont: 'system-ui, sans-serif',
        enableEdgeEvents: true,
        defaultDrawNodeHover: () => {},
      })
    } catch {
      this.canvas.replaceChildren(
        h('p', { class: 'empty' }, 'This browser cannot draw with WebGL. The table shows the same: choose “Table”.'),
      )
      return
    }
    this.sigma.on('clickNode', ({ node }) => this.go.pick(node))
    this.sigma.on('doubleClickNode', ({ node, event }) => {
      event.preventSigmaDefault()
      this.go.change({ focus: node, pick: node, open: [], to: null })
    })
    this.sigma.on('clickEdge', ({ edge }) => {
      const key = keyOf(...(this.graph.extremities(edge) as [string, string]))
      const fact = this.edges.get(key)?.facts[0]
      if (fact) this.go.pick(fact.id)
    })
  }

  resize(): void {
    this.sigma?.refresh()
  }

  /** The drawing as SVG, from the places that things have on the screen. */
  private picture(state: State): SVGSVGElement {
    const width = this.canvas.clientWidth || 900
    const height = this.canvas.clientHeight || 600
    const place = (id: string) => {
      const { x, y } = this.graph.getNodeAttributes(id) as { x: number; y: number }
      return this.sigma ? this.sigma.graphToViewport({ x, y }) : { x: x * 10 + width / 2, y: y * 10 + height / 2 }
    }
    const lines = this.graph.mapEdges((_, looks, from, to) => {
      const [a, b] = [place(from), place(to)]
      return s(
        'g',
        {},
        s('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: String(looks.color), 'stroke-width': 1.2 }),
        s(
          'text',
          { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, 'font-size': 9, fill: '#555', 'text-anchor': 'middle' },
          String(looks.label),
        ),
      )
    })
    const dots = this.graph.mapNodes((id, looks) => {
      const { x, y } = place(id)
      return s(
        'g',
        {},
        s('circle', { cx: x, cy: y, r: Number(looks.size), fill: String(looks.color) }),
        s('text', { x: x + Number(looks.size) + 3, y: y + 4, 'font-size': 12, fill: '#222' }, String(looks.label)),
      )
    })
    const days = `${state.at ?? 'any day'}, as known on ${state.known ?? 'today'}`
    return s(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        'font-family': 'sans-serif',
      },
      s('rect', { width, height, fill: '#fff' }),
      ...lines,
      ...dots,
      s('text', { x: 8, y: height - 8, 'font-size': 11, fill: '#555' }, days),
    )
  }
}

async function gather(state: State, question: Question): Promise<Content> {
  const content: Content = { nodes: new Map(), edges: new Map(), left: 0 }
  const { neighbourhood } = await ask<{ neighbourhood: Neighbourhood }>(question)
  const closed = new Set(state.open.filter((key) => key.endsWith('~no')).map((key) => key.split('~')[1]))
  add(content, neighbourhood, (node) => !closed.has(enumOf(node.__typename)))
  for (const key of state.open.filter((each) => !each.endsWith('~no'))) {
    const [id, kind] = key.split('~')
    const variables = { ...question.variables, id, kinds: [kind], first: EXPANDED }
    add(content, (await ask<{ neighbourhood: Neighbourhood }>({ document: NEXT, variables })).neighbourhood)
  }
  if (state.to && state.focus) {
    const { path } = await ask<{ path: { steps: Step[] }[] }>({
      document: PATH,
      variables: { from: state.focus, to: state.to, at: state.at, known: state.known },
    })
    for (const way of path) addPath(content, way.steps)
  }
  return content
}

function add(content: Content, found: Neighbourhood, wanted: (node: Node) => boolean = () => true): void {
  content.nodes.set(found.node.id, found.node)
  const before = content.nodes.size
  for (const each of found.neighbours) {
    if (!wanted(each.node)) continue
    if (content.nodes.size >= MOST && !content.nodes.has(each.node.id)) continue
    content.nodes.set(each.node.id, each.node)
    const key = keyOf(found.node.id, each.node.id)
    content.edges.set(key, {
      from: found.node.id,
      to: each.node.id,
      words: tie(each),
      facts: each.facts,
      sure: each.facts.every((fact) => fact.modality === 'ASSERTED'),
    })
  }
  content.left += found.counts.reduce((sum, each) => sum + each.count, 0) - (content.nodes.size - before)
}

/** A way goes through facts; drawn are the entities on it, tied by the facts between them. */
function addPath(content: Content, steps: Step[]): void {
  const known = new Set(entities().map((kind) => kind.name))
  let last: Node | null = null
  let through: string[] = []
  for (const { node, relation } of steps) {
    if (!known.has(node.__typename)) {
      through.push(words(node.__typename))
      continue
    }
    content.nodes.set(node.id, node)
    if (last) {
      const key = keyOf(last.id, node.id)
      if (!content.edges.has(key))
        content.edges.set(key, {
          from: last.id,
          to: node.id,
          words: through.join(', ') || relation || '',
          facts: [],
          sure: true,
        })
    }
    last = node
    through = []
  }
}

/** Leaves out the kinds that the legend has switched off; what is in the middle stays. */
function hide(content: Content, state: State): void {
  for (const node of content.nodes.values()) {
    if (node.id !== state.focus && state.hide.includes(node.__typename)) content.nodes.delete(node.id)
  }
  for (const [key, edge] of content.edges) {
    if (!content.nodes.has(edge.from) || !content.nodes.has(edge.to)) content.edges.delete(key)
  }
}

const keyOf = (a: string, b: string): string => [a, b].sort().join(' ')

/** What a tie says: the rate, the role, the stage, else the kind of fact; and how many more there are. */
function tie(to: Neighbour): string {
  const said = [...new Set([...to.facts.map(role), ...to.relations])].filter(Boolean)
  const more = said.length > 2 ? ` +${said.length - 2}` : ''
  return said.slice(0, 2).join(', ') + more
}

function role(fact: FactOf): string {
  const label = (value: unknown) => (value as { label: string } | null | undefined)?.label
  const duty = ((fact.duty ?? fact.promised) as { text: string } | null | undefined)?.text
  const said =
    duty ??
    (fact.stage ? words(String(fact.stage)) : undefined) ??
    (fact.effect ? words(String(fact.effect)) : undefined) ??
    label(fact.post) ??
    (label(fact.onBehalfOf) ? `for ${label(fact.onBehalfOf)}` : undefined) ??
    label(fact.topic) ??
    words(fact.__typename)
  return fact.modality === 'ASSERTED' ? said : `${said} (${words(fact.modality)})`
}

const short = (text: string): string => (text.length > 46 ? `${text.slice(0, 44)}…` : text)

function tableOf(content: Content): Drawn['table'] {
  const name = (id: string): Cell => ({ text: content.nodes.get(id)?.label ?? id, id })
  const rows = [...content.edges.values()].flatMap((edge) => {
    const base = [name(edge.from), name(edge.to), words(content.nodes.get(edge.to)?.__typename ?? '')]
    if (!edge.facts.length) return [[...base, edge.words, '', '', '']]
    return edge.facts.map((fact) => [
      ...base,
      { text: role(fact), id: fact.id },
      words(fact.__typename),
      `${fact.validFrom ?? ''} – ${fact.validTo ?? ''}`,
      fact.knownFrom,
    ])
  })
  return {
    caption: 'What the graph shows',
    columns: ['from', 'to', 'kind', 'tie', 'statement', 'holds', 'known since'],
    rows,
  }
}
