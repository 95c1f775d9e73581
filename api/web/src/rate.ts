/** The rate on a product from an origin: how it stepped in time and by which acts, and taken apart on one day. */

import { ask } from './ask'
import { standalone } from './chart'
import { h, words } from './dom'
import type { Cell, Drawn } from './drawn'
import {
  type Act,
  type Answer,
  type Component,
  type Measure,
  type Named,
  type Period,
  rateQuestion,
  type Rule,
  stepsQuestion,
} from './duty'
import { type Go, conditionsOf, link } from './panel'
import { partyBox } from './party'
import { searchBox } from './search'
import type { State } from './state'
import { chart, legend } from './steps'

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

/** A measure by the power under which it is imposed: IEEPA · reciprocal/country. */
const called = (measure: Measure): Named => ({
  id: measure.id,
  label: [measure.authority, measure.programme].filter(Boolean).join(' · '),
})

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
