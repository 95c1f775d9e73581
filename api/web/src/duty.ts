/** What is asked of a duty: on a day, and in steps since a day; and the shape of the answers. */

import type { Question } from './ask'
import type { Condition, Named } from './evidence'
import type { State } from './state'

export interface Act extends Named {
  number: string | null
  kind: string
}
export interface Measure extends Named {
  authority: string
  programme: string | null
  paragraph: string | null
  duty: { text: string }
  instrument: Act | null
}
export interface Rule extends Named {
  effect: string
  description: string
  paragraph: string | null
  instrument: Act | null
}
export interface Component {
  measure: Measure
  duty: { text: string }
  rules: Rule[]
}
export interface Answer {
  importer: Named
  origin: Named
  product: Named & { code: string }
  at: string
  asKnownOn: string
  coverage: string
  gaps: string[]
  adValorem: string | null
  duty: { text: string } | null
  components: Component[]
  excluded: { measure: Measure; reason: string; rule: Rule | null; by: Measure[] }[]
  pending: { measure: Measure; conditions: Condition[]; adValoremThen: string | null }[]
  annulled: (Named & { instrument: Named })[]
  disagreements: Named[]
}
export interface Period {
  from: string | null
  to: string | null
  answer: {
    adValorem: string | null
    duty: { text: string } | null
    components: { measure: { id: string; instrument: Act | null } }[]
  }
}

const ACT = 'instrument { id label number kind }'
const MEASURE = `measure { id label authority programme paragraph duty { text } ${ACT} }`
const RULE = `id label effect description paragraph ${ACT}`
const VARIABLES = '$importer: String!, $origin: String!, $product: String!, $known: Date, $goods: Goods'
const RATE = `query Rate(${VARIABLES}, $at: Date, $assume: [Assumption!]) {
  tariff(importer: $importer, origin: $origin, product: $product, at: $at, asKnownOn: $known, goods: $goods, assume: $assume) {
    importer { id label } origin { id label } product { id label code } at asKnownOn coverage gaps adValorem duty { text }
    components { duty { text } ${MEASURE} rules { ${RULE} } }
    excluded { reason ${MEASURE} rule { ${RULE} } by { id label authority programme paragraph duty { text } ${ACT} } }
    pending { adValoremThen ${MEASURE} conditions { id description happens deadline } }
    annulled { id label instrument { id label } } disagreements { id label }
  }
}`
const STEPS = `query Steps(${VARIABLES}, $from: Date) {
  tariffTimeline(importer: $importer, origin: $origin, product: $product, from: $from, asKnownOn: $known, goods: $goods) {
    from to answer { adValorem duty { text } components { measure { id ${ACT} } } }
  }
}`
export const SINCE = '2024-07-01'

export function rateQuestion(state: State): Question {
  const assume = state.assume.map((each) => ({ condition: each.split('~')[0], happens: each.endsWith('~yes') }))
  return {
    document: RATE,
    variables: { ...common(state, state.known), at: state.at, assume: assume.length ? assume : null },
  }
}

export function stepsQuestion(state: State, known: string | null): Question {
  return { document: STEPS, variables: { ...common(state, known), from: [SINCE, state.at ?? SINCE].sort()[0] } }
}

function common(state: State, known: string | null): Record<string, unknown> {
  const pairs = state.goods.map((each) => each.split('=', 2) as [string, string])
  const shares = pairs
    .filter(([name]) => name.startsWith('percent:'))
    .map(([name, percent]) => ({ material: name.slice(8), percent }))
  const attributes = pairs.filter(([name]) => !name.startsWith('percent:')).map(([name, value]) => ({ name, value }))
  const goods =
    state.goods.length || state.best
      ? {
          preference: state.best ? 'BEST' : 'NONE',
          ...(shares.length ? { contentShares: shares } : {}),
          ...(attributes.length ? { attributes } : {}),
        }
      : null
  return { importer: state.importer, origin: state.origin, product: state.product, known, goods }
}
