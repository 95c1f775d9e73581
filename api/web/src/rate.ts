/** The rate on a product from an origin: how it stepped in time and by which acts, and taken apart on one day. */

import { apartOf } from './apart'
import { ask } from './ask'
import { standalone } from './chart'
import { h } from './dom'
import type { Cell, Drawn } from './drawn'
import { type Act, type Answer, type Measure, type Period, rateQuestion, stepsQuestion } from './duty'
import { link } from './evidence'
import { partyBox } from './party'
import { searchBox } from './search'
import type { Go, State } from './state'
import { chart, legend } from './steps'

/** Milliseconds for which a slider rests on a day before the steps in time are asked. */
const REST = 200

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
    // The answer first; its steps in time follow, and those of the day before stand until they are there.
    if (turn === this.turn) {
      this.element.replaceChildren(
        this.controls(state),
        answerOf(tariff, state, this.go),
        this.chart,
        apartOf(tariff, state, this.go),
      )
    }
    // A slider that moves on asks for the next day: steps of days that it only passes would hold up that answer.
    if (turn > 1) await new Promise((rested) => setTimeout(rested, REST))
    if (turn !== this.turn) return null
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
    return {
      table: tableOf(tariff),
      picture: () => standalone(drawing),
      question,
      about: tariff.product.id,
      marks: { at: marks, known: marks },
    }
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
