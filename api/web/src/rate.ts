/** The rate on a product from an origin: how it stepped in time and by which acts, and taken apart on one day. */

import { ask, type Question } from './ask'
import { dayAxis, dayLine, scale, standalone } from './chart'
import { h, pressable, s, words } from './dom'
import type { Cell, Drawn } from './drawn'
import { type Condition, type Go, conditionsOf, link } from './panel'
import { partyBox } from './party'
import { searchBox } from './search'
import { numberOf, type State, today } from './state'

interface Named {
  id: string
  label: string
}
interface Act extends Named {
  number: string | null
  kind: string
}
interface Measure extends Named {
  authority: string
  programme: string | null
  paragraph: string | null
  duty: { text: string }
  instrument: Act | null
}
interface Rule extends Named {
  effect: string
  description: string
  paragraph: string | null
  instrument: Act | null
}
interface Component {
  measure: Measure
  duty: { text: string }
  rules: Rule[]
}
interface Answer {
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
interface Period {
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
const SINCE = '2024-07-01'
const WIDTH = 960
const HEIGHT = 260

export class RateView {
  readonly element = h('div', { class: 'rate' })
  private readonly chart = h('div')
  private turn = 0
  constructor(
    private readonly go: Go,
    private readonly failed: (error: unknown) => void,
  ) {}

  async show(state: State): Promise<Drawn | null> {
    if (!state.origin || !state.product) {
      this.element.replaceChildren(
        this.controls(state),
        h(
          'p',
          { class: 'empty' },
          'Choose a product (search by name or code, such as 8703.23.01) and where it comes from. The schedule of the United States ships in part; `tradegraph load usitc FILE` loads all of it.',
        ),
      )
      return null
    }
    const turn = ++this.turn
    const question = rateQuestion(state)
    const { tariff } = await ask<{ tariff: Answer }>(question)
    // The answer first; its steps in time take longer, and those of the day before stand until they are there.
    if (turn === this.turn) {
      this.element.replaceChildren(
        this.controls(state),
        answerOf(tariff, state, this.go),
        this.chart,
        this.apart(tariff, state),
      )
    }
    const [{ tariffTimeline }, later] = await Promise.all([
      ask<{ tariffTimeline: Period[] }>(stepsQuestion(state, state.known)),
      state.known
        ? ask<{ tariffTimeline: Period[] }>(stepsQuestion(state, null)).then((found) => found.tariffTimeline)
        : null,
    ])
    const drawing = chart(state, tariffTimeline, later, this.go)
    if (turn === this.turn) this.chart.replaceChildren(drawing, legend(later !== null))
    const marks = [...tariffTimeline, ...(later ?? [])]
      .flatMap((period) => [period.from, period.to])
      .filter((day): day is string => day !== null)
    return { table: tableOf(tariff), picture: () => standalone(drawing), question, marks: { at: marks, known: marks } }
  }

  private controls(state: State): HTMLElement {
    const product = searchBox(
      'Product: name or code',
      ['PRODUCT'],
      (found) => this.go.change({ product: found.code ?? '' }),
      this.failed,
    )
    const best = h('input', { type: 'checkbox', change: () => this.go.change({ best: best.checked }) })
    best.checked = state.best
    return h(
      'div',
      { class: 'bar' },
      partyBox('Importer', state.importer, (code) => this.go.change({ importer: code })),
      partyBox('Origin', state.origin, (code) => this.go.change({ origin: code })),
      product,
      state.product && h('span', { class: 'chosen' }, dotted(state.product)),
      h('label', {}, best, ' the best preference is claimed'),
    )
  }

  private apart(tariff: Answer, state: State): HTMLElement {
    const sections = [
      h('section', {}, h('h3', {}, 'Charged'), h('ol', {}, ...tariff.components.map((each) => this.component(each)))),
      tariff.pending.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, 'Pending: what would change it'),
          h('ul', {}, ...tariff.pending.map((each) => this.pending(each, state))),
        ),
      tariff.excluded.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, 'Left out, and why'),
          h(
            'ul',
            {},
            ...tariff.excluded.map((each) =>
              h(
                'li',
                {},
                link(called(each.measure), this.go),
                h('small', {}, each.reason),
                each.rule && this.rule(each.rule),
              ),
            ),
          ),
        ),
      tariff.annulled.length > 0 &&
        h(
          'section',
          { class: 'warning' },
          h('h3', {}, 'Since annulled'),
          h('ul', {}, ...tariff.annulled.map((each) => h('li', {}, link(each, this.go)))),
        ),
      tariff.disagreements.length > 0 &&
        h(
          'section',
          { class: 'warning' },
          h('h3', {}, 'Sources disagree'),
          h('ul', {}, ...tariff.disagreements.map((each) => h('li', {}, link(each, this.go)))),
        ),
      tariff.gaps.length > 0 &&
        h(
          'section',
          {},
          h('h3', {}, `Coverage: ${words(tariff.coverage)}`),
          h('ul', {}, ...tariff.gaps.map((gap) => h('li', {}, gap))),
        ),
      this.known(state),
    ]
    return h('div', { class: 'apart' }, ...sections)
  }

  private component(each: Component): HTMLElement {
    const { measure } = each
    const cited = [measure.instrument?.label, measure.paragraph].filter(Boolean).join(', ')
    return h(
      'li',
      {},
      h('strong', {}, each.duty.text),
      ' ',
      link(called(measure), this.go),
      h('small', {}, cited || 'the schedule'),
      ...each.rules.map((rule) => this.rule(rule)),
    )
  }

  private rule(rule: Rule): HTMLElement {
    return h(
      'small',
      {},
      `${words(rule.effect)}: `,
      link({ id: rule.id, label: rule.description }, this.go),
      ` ${[rule.instrument?.label, rule.paragraph].filter(Boolean).join(', ')}`,
    )
  }

  /** What is pending, and a button that assumes it: what if. */
  private pending(each: Answer['pending'][number], state: State): HTMLElement {
    const then = each.adValoremThen === null ? 'not a percentage' : `${each.adValoremThen} %`
    return h(
      'li',
      {},
      h('strong', {}, then),
      ' ',
      link(called(each.measure), this.go),
      conditionsOf(each.conditions, this.go),
      ...each.conditions
        .filter((condition) => condition.id)
        .map((condition) => {
          const assumed = state.assume.some((one) => one.startsWith(`${condition.id}~`))
          const turn = () =>
            this.go.change({
              assume: assumed
                ? state.assume.filter((one) => !one.startsWith(`${condition.id}~`))
                : [...state.assume, `${condition.id}~${condition.happens ? 'no' : 'yes'}`],
            })
          return h(
            'button',
            { class: 'small', 'aria-pressed': String(assumed), click: turn },
            'What if it turned out the other way?',
          )
        }),
    )
  }

  /** What is known of the goods: anything that an act tests. */
  private known(state: State): HTMLElement {
    const name = h('input', { 'aria-label': 'Property of the goods', placeholder: 'end_use', size: 14 })
    const value = h('input', { 'aria-label': 'Its value', placeholder: 'civil_aircraft', size: 14 })
    const add = (event: Event) => {
      event.preventDefault()
      if (name.value.trim() && value.value.trim())
        this.go.change({ goods: [...state.goods, `${name.value.trim()}=${value.value.trim()}`] })
    }
    const said = state.assume.map((each) =>
      h(
        'li',
        {},
        `assumed otherwise than ${each.endsWith('~no') ? 'it may happen' : 'it may fail'} `,
        h(
          'button',
          { class: 'small', click: () => this.go.change({ assume: state.assume.filter((one) => one !== each) }) },
          'take it back',
        ),
      ),
    )
    const goods = state.goods.map((each) =>
      h(
        'li',
        {},
        each,
        ' ',
        h(
          'button',
          { class: 'small', click: () => this.go.change({ goods: state.goods.filter((one) => one !== each) }) },
          'remove',
        ),
      ),
    )
    return h(
      'section',
      {},
      h('h3', {}, 'What if'),
      h('ul', {}, ...said, ...goods),
      h('form', { submit: add }, name, ' = ', value, ' ', h('button', { class: 'small' }, 'The goods are so')),
      h(
        'small',
        {},
        'Names and values are those that acts test, as “Coverage” and “Pending” name them; percent:steel=40 says a share of the value.',
      ),
    )
  }
}

export function rateQuestion(state: State): Question {
  const assume = state.assume.map((each) => ({ condition: each.split('~')[0], happens: each.endsWith('~yes') }))
  return {
    document: RATE,
    variables: { ...common(state, state.known), at: state.at, assume: assume.length ? assume : null },
  }
}

function stepsQuestion(state: State, known: string | null): Question {
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

function answerOf(tariff: Answer, state: State, go: Go): HTMLElement {
  const total = tariff.adValorem === null ? (tariff.duty?.text ?? 'not known') : `${tariff.adValorem} %`
  const assumed = state.assume.length || state.goods.length ? ', as assumed below' : ''
  return h(
    'p',
    { class: 'answer' },
    h('strong', { 'data-total': total }, total),
    ` on `,
    link(tariff.product, go),
    ` (${dotted(tariff.product.code)}) from `,
    link(tariff.origin, go),
    ` entered on ${tariff.at}, as known on ${tariff.asKnownOn}${assumed}`,
  )
}

const dotted = (code: string): string =>
  code
    .replace(/\./g, '')
    .replace(/^(\d{4})(\d\d)?(\d\d)?(\d\d)?$/, (_, ...parts: unknown[]) => parts.slice(0, 4).filter(Boolean).join('.'))

function legend(two: boolean): HTMLElement {
  const line = (css: string, text: string) =>
    h(
      'span',
      {},
      s('svg', { width: 26, height: 8, 'aria-hidden': 'true' }, s('line', { class: css, x1: 0, x2: 26, y1: 4, y2: 4 })),
      text,
    )
  return h(
    'p',
    { class: 'aside keys' },
    line('step', two ? 'as known on the day chosen' : 'what is due'),
    two ? line('step after', 'as known today') : null,
    '▲ an act that changes what is charged',
  )
}

/** Steps in time; each act that a step brings in is marked where it does. */
function chart(state: State, periods: Period[], later: Period[] | null, go: Go): SVGSVGElement {
  const number = (period: Period) => (period.answer.adValorem === null ? null : Number(period.answer.adValorem))
  const days = [...periods, ...(later ?? [])]
    .flatMap((each) => [each.from, each.to])
    .filter((day): day is string => day !== null)
  const first = numberOf([SINCE, state.at ?? SINCE, ...days.filter((day) => day > SINCE)].sort()[0] as string)
  const last = numberOf([today(), state.at ?? '', ...days].sort().at(-1) as string) + 20
  const highest = Math.max(5, ...[...periods, ...(later ?? [])].map((each) => number(each) ?? 0))
  const x = scale(first, last, 46, WIDTH - 12)
  const y = scale(0, highest * 1.15, HEIGHT - 60, 14)
  const line = (of: Period[], css: string) => {
    const parts = of.map((period, index) => {
      const value = number(period)
      if (value === null) return ''
      const from = x(Math.max(first, period.from ? numberOf(period.from) : first))
      const to = x(period.to ? numberOf(period.to) : last)
      const before = index > 0 && number(of[index - 1] as Period) !== null
      return to < from ? '' : `${before && from > 46 ? 'L' : 'M'}${from},${y(value)}L${to},${y(value)}`
    })
    return s('path', { class: css, d: parts.join('').replace(/^L/, 'M') })
  }
  const ticks = [0, 1, 2, 3, 4]
    .map((each) => (highest * each) / 4)
    .map((value) =>
      s(
        'g',
        {},
        s('line', { class: 'grid', x1: 46, x2: WIDTH - 12, y1: y(value), y2: y(value) }),
        s('text', { class: 'axis', x: 40, y: y(value) + 4, 'text-anchor': 'end' }, `${Math.round(value * 10) / 10} %`),
      ),
    )
  const values = periods
    .filter((period) => number(period) !== null && (!period.to || numberOf(period.to) > first))
    .map((period) =>
      s(
        'text',
        {
          class: 'value',
          x: x(Math.max(first, period.from ? numberOf(period.from) : first)) + 3,
          y: y(number(period) as number) - 5,
        },
        width(period, x, first, last) > 34 ? `${number(period)} %` : '',
      ),
    )
  const marks = acts(periods)
    .filter((act) => numberOf(act.day) >= first)
    .map((act, index) => mark(act, x, y(0), index, go))
  return s(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: 'chart',
      role: 'group',
      'aria-label': 'The rate in time; the table below has its parts',
    },
    dayAxis(x, y(0), y(0) - 14),
    ...ticks,
    later && line(later, 'step after'),
    line(periods, 'step'),
    ...values,
    dayLine(x, state.at ?? today(), 8, y(0), state.at ?? 'today'),
    state.known && dayLine(x, state.known, 8, y(0), `known ${state.known}`, state.known < (state.at ?? today())),
    ...marks,
  )
}

const width = (period: Period, x: (value: number) => number, first: number, last: number): number =>
  x(period.to ? numberOf(period.to) : last) - x(Math.max(first, period.from ? numberOf(period.from) : first))

interface Mark {
  day: string
  act: Act
}

/** The acts that come in where a period begins. */
export function acts(periods: Period[]): Mark[] {
  const found: Mark[] = []
  periods.forEach((period, index) => {
    const before = new Set(periods[index - 1]?.answer.components.map((each) => each.measure.instrument?.id))
    for (const { measure } of period.answer.components) {
      const act = measure.instrument
      if (
        act &&
        period.from &&
        !before.has(act.id) &&
        !found.some((one) => one.act.id === act.id && one.day === period.from)
      )
        found.push({ day: period.from, act })
    }
  })
  return found
}

function mark({ day, act }: Mark, x: (value: number) => number, y: number, index: number, go: Go): SVGGElement {
  const at = x(numberOf(day))
  const name = act.number ? `${initials(act.kind)} ${act.number}` : initials(act.kind)
  return pressable(
    `${day}: ${act.label}`,
    () => go.pick(act.id),
    s('path', { d: `M${at},${y + 2}l-5,9h10z` }),
    s('text', { x: at, y: y + 32 + (index % 2) * 12, 'text-anchor': 'middle' }, name),
  )
}

/** A measure by the power under which it is imposed: IEEPA · reciprocal/country. */
const called = (measure: Measure): Named => ({
  id: measure.id,
  label: [measure.authority, measure.programme].filter(Boolean).join(' · '),
})

const initials = (kind: string): string =>
  kind === 'PROCLAMATION'
    ? 'Proc.'
    : kind
        .split('_')
        .map((word) => word[0])
        .join('')

function tableOf(tariff: Answer): Drawn['table'] {
  const act = (of: Act | null | undefined): Cell | string => (of ? { text: of.label, id: of.id } : '')
  const name = (measure: Measure): Cell => ({
    text: `${measure.authority}${measure.programme ? ` ${measure.programme}` : ''}`,
    id: measure.id,
  })
  const rows: (Cell | string)[][] = [
    ...tariff.components.flatMap((each) => [
      [
        'charged',
        each.duty.text,
        name(each.measure),
        act(each.measure.instrument),
        each.measure.paragraph ?? '',
        each.rules.map((rule) => rule.description).join(' '),
      ],
    ]),
    ...tariff.excluded.map((each) => [
      'left out',
      each.measure.duty.text,
      name(each.measure),
      act(each.rule?.instrument ?? each.measure.instrument),
      each.rule?.paragraph ?? each.measure.paragraph ?? '',
      each.reason,
    ]),
    ...tariff.pending.map((each) => [
      'pending',
      each.adValoremThen === null ? '' : `${each.adValoremThen}% in all`,
      name(each.measure),
      act(each.measure.instrument),
      each.measure.paragraph ?? '',
      each.conditions.map((one) => one.description).join(' '),
    ]),
    [
      'total',
      tariff.adValorem === null ? (tariff.duty?.text ?? '') : `${tariff.adValorem}%`,
      '',
      '',
      '',
      tariff.gaps.join(' '),
    ],
  ]
  const caption = `The duty on ${tariff.product.label} from ${tariff.origin.label} on ${tariff.at}, as known on ${tariff.asKnownOn}`
  return { caption, columns: ['part', 'duty', 'measure', 'act', 'paragraph', 'because'], rows }
}
