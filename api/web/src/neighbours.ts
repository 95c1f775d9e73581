/** What lies around one entity: its neighbours, those of what is expanded, and the ways to another. */

import { ask, type Question } from './ask'
import { words } from './dom'
import { entities, enumOf } from './ontology'
import type { Counts } from './panel'
import type { State } from './state'

export interface FactOf {
  __typename: string
  id: string
  label: string
  modality: string
  validFrom: string | null
  validTo: string | null
  knownFrom: string
  [more: string]: unknown
}
export interface Node {
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
export interface Neighbourhood {
  node: Node
  counts: Counts[]
  neighbours: Neighbour[]
}
interface Step {
  relation: string | null
  node: Node
}

export interface Edge {
  from: string
  to: string
  words: string
  facts: FactOf[]
  sure: boolean
}
export interface Content {
  nodes: Map<string, Node>
  edges: Map<string, Edge>
  left: number
}

const MOST = 150
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

export async function gather(state: State, question: Question): Promise<Content> {
  const content: Content = { nodes: new Map(), edges: new Map(), left: 0 }
  // All asked at once: each takes as long as its way to the server and back.
  const opened = state.open.filter((key) => !key.endsWith('~no')).map((key) => key.split('~'))
  const next = opened.map(([id, kind]) => ({
    document: NEXT,
    variables: { ...question.variables, id, kinds: [kind], first: EXPANDED },
  }))
  const [first, ...others] = await Promise.all(
    [question, ...next].map((each) => ask<{ neighbourhood: Neighbourhood }>(each)),
  )
  const closed = new Set(state.open.filter((key) => key.endsWith('~no')).map((key) => key.split('~')[1]))
  if (first) add(content, first.neighbourhood, (node) => !closed.has(enumOf(node.__typename)))
  for (const each of others) add(content, each.neighbourhood)
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
export function hide(content: Content, state: State): void {
  for (const node of content.nodes.values()) {
    if (node.id !== state.focus && state.hide.includes(node.__typename)) content.nodes.delete(node.id)
  }
  for (const [key, edge] of content.edges) {
    if (!content.nodes.has(edge.from) || !content.nodes.has(edge.to)) content.edges.delete(key)
  }
}

export const keyOf = (a: string, b: string): string => [a, b].sort().join(' ')

/** What a tie says: the rate, the role, the stage, else the kind of fact; and how many more there are. */
function tie(to: Neighbour): string {
  const said = [...new Set([...to.facts.map(role), ...to.relations])].filter(Boolean)
  const more = said.length > 2 ? ` +${said.length - 2}` : ''
  return said.slice(0, 2).join(', ') + more
}

export function role(fact: FactOf): string {
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
