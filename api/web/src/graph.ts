/** The graph around one entity: what lies next to it, what one expands, and the way to another. */

import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import Sigma from 'sigma'
import { h, s, words } from './dom'
import type { Cell, Drawn } from './drawn'
import { ask } from './ask'
import {
  type Content,
  type Edge,
  egoQuestion,
  gather,
  hide,
  keyOf,
  type Neighbourhood,
  type Node,
  role,
} from './neighbours'
import { colour, entities } from './ontology'
import { searchBox } from './search'
import type { Go, State } from './state'

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
      about: state.focus,
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
