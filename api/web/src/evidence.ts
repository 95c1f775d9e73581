/** Where a statement comes from: its evidence and its conditions, with theirs; and links to things. */

import { h, outward, words } from './dom'
import type { Go } from './state'

export interface Named {
  id: string
  label: string
}
interface Source extends Named {
  kind: string
  published: string | null
  url: string | null
  publisher: Named | null
}
export interface Evidence {
  source: Source
  chain: Source[]
  claimedBy: Named | null
  locator: string | null
  quote: string | null
  published: string | null
}
export interface Condition {
  id: string
  description: string
  happens: boolean
  deadline: string | null
  evidence?: Evidence[]
}

const SOURCE = 'id label kind published url publisher { id label }'
export const EVIDENCE = `evidence { locator quote published claimedBy { id label } source { ${SOURCE} } chain { ${SOURCE} } }`

export function link(to: Named, go: Pick<Go, 'pick'>): HTMLElement {
  return h('button', { class: 'link', click: () => go.pick(to.id) }, to.label)
}

export function conditionsOf(conditions: Condition[], go: Go): HTMLElement | null {
  if (!conditions.length) return null
  const each = conditions.map((condition) =>
    h(
      'li',
      {},
      `${condition.happens ? 'if' : 'unless'}: ${condition.description}${condition.deadline ? ` (by ${condition.deadline})` : ''}`,
      evidenceOf(condition.evidence ?? [], go),
    ),
  )
  return h('section', {}, h('h3', {}, 'Conditions'), h('ul', {}, ...each))
}

export function evidenceOf(evidence: Evidence[], go: Go): HTMLElement | null {
  if (!evidence.length) return null
  const each = evidence.map((one) =>
    h(
      'li',
      {},
      link(one.source, go),
      h(
        'small',
        {},
        [words(one.source.kind), one.published ?? one.source.published, one.locator].filter(Boolean).join(' · '),
      ),
      one.claimedBy && h('small', {}, 'as said by ', link(one.claimedBy, go)),
      one.quote && h('blockquote', {}, one.quote),
      one.chain.length > 1 &&
        h(
          'small',
          {},
          'which goes back to ',
          ...one.chain.slice(1).flatMap((from, at) => [at ? ' ← ' : '', link(from, go)]),
        ),
      one.source.url && h('small', {}, outward(one.source.url, 'the document')),
    ),
  )
  return h('section', {}, h('h3', {}, 'Where it comes from'), h('ul', { class: 'evidence' }, ...each))
}
