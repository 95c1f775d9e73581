/** Two parties: their agreements and where these stand, their talks, and the rates between them by chapter. */

import { ask, AskError, type Question } from './ask'
import { scale, standalone } from './chart'
import { h, pressable, s, words } from './dom'
import type { Cell, Drawn } from './drawn'
import { link } from './evidence'
import { partyBox } from './party'
import type { Go, State } from './state'

interface Named {
  id: string
  label: string
}
interface Agreement extends Named {
  kind: string | null
  binding: boolean | null
  state: string | null
}
interface Answer {
  party: (Named & { agreements: Agreement[] }) | null
  negotiations: (Named & { meetings: { totalCount: number } })[]
}
interface Row {
  product: Named & { code: string }
  lines: number
  minimum: string | null
  mean: string | null
  maximum: string | null
  notAdValorem: number
  unreadable: number
}

const BETWEEN = `query Between($a: String!, $b: String!, $at: Date, $known: Date) {
  party(code: $a, at: $at, asKnownOn: $known) { id label agreements(with: $b) { id label kind binding state } }
  negotiations(parties: [$a, $b], asKnownOn: $known) { id label meetings { totalCount } }
}`
const CHAPTERS = `query Chapters($a: String!, $b: String!, $at: Date, $known: Date) {
  tariffProfile(importer: $a, origin: $b, at: $at, asKnownOn: $known) { product { id label code } lines minimum mean maximum notAdValorem unreadable }
}`

export class PartiesView {
  readonly element = h('div', { class: 'parties' })
  constructor(private readonly go: Go) {}

  async show(state: State): Promise<Drawn | null> {
    const bar = h(
      'div',
      { class: 'bar' },
      partyBox('One party', state.a, (a) => this.go.change({ a })),
      partyBox('The other', state.b, (b) => this.go.change({ b })),
      h('button', { class: 'small', click: () => this.go.change({ a: state.b, b: state.a }) }, '⇄ the other way'),
    )
    if (!state.a || !state.b) {
      this.element.replaceChildren(
        bar,
        h('p', { class: 'empty' }, 'Choose two parties, by code or name: US and JP, say.'),
      )
      return null
    }
    const variables = { a: state.a, b: state.b, at: state.at, known: state.known }
    const question: Question = { document: BETWEEN, variables }
    const [found, rates] = await Promise.all([ask<Answer>(question), chapters(variables)])
    const drawing = Array.isArray(rates) && rates.length ? bars(rates, this.go) : null
    const agreements = [...(found.party?.agreements ?? [])].sort((x, y) =>
      (x.state ?? '~').localeCompare(y.state ?? '~'),
    )
    this.element.replaceChildren(
      bar,
      h(
        'section',
        {},
        h('h3', {}, 'Agreements'),
        agreements.length
          ? h(
              'ul',
              {},
              ...agreements.map((each) =>
                h(
                  'li',
                  {},
                  h('span', { class: 'state' }, each.state ? words(each.state) : 'no state known'),
                  ' ',
                  link(each, this.go),
                  h(
                    'small',
                    {},
                    [each.kind && words(each.kind), each.binding === false ? 'not binding' : '']
                      .filter(Boolean)
                      .join(', '),
                  ),
                ),
              ),
            )
          : h('p', { class: 'empty' }, 'None is known on these days.'),
      ),
      h(
        'section',
        {},
        h('h3', {}, 'Talks'),
        found.negotiations.length
          ? h(
              'ul',
              {},
              ...found.negotiations.map((each) =>
                h(
                  'li',
                  {},
                  h(
                    'button',
                    { class: 'link', click: () => this.go.change({ view: 'timeline', talks: each.id }) },
                    each.label,
                  ),
                  h('small', {}, `${each.meetings.totalCount} meetings`),
                ),
              ),
            )
          : h('p', { class: 'empty' }, 'None are known on these days.'),
      ),
      h(
        'section',
        {},
        h('h3', {}, `Rates of ${state.a} on goods of ${state.b}, by chapter`),
        drawing ??
          h(
            'p',
            { class: 'empty' },
            typeof rates === 'string'
              ? rates
              : 'No line of this schedule is loaded: `tradegraph load usitc FILE` loads that of the United States.',
          ),
      ),
    )
    const table = tableOf(state, found, agreements, Array.isArray(rates) ? rates : [])
    return {
      table,
      picture: () => (drawing ? standalone(drawing) : s('svg', { width: 10, height: 10 })),
      question,
      about: null,
      marks: { at: [], known: [] },
    }
  }
}

/** The rows, or why there are none: a schedule that is not loaded hides no agreement. */
async function chapters(variables: Record<string, unknown>): Promise<Row[] | string> {
  try {
    return (await ask<{ tariffProfile: Row[] }>({ document: CHAPTERS, variables })).tariffProfile
  } catch (error) {
    if (error instanceof AskError) return `${error.message} ${error.what}`
    throw error
  }
}

function bars(rows: Row[], go: Go): SVGSVGElement {
  const highest = Math.max(5, ...rows.map((row) => Number(row.maximum ?? 0)))
  const x = scale(0, highest, 330, 900)
  const lines = rows.map((row, index) => {
    const y = 20 + index * 22
    const text = `${row.product.code} ${row.product.label}`.slice(0, 46)
    const mean = row.mean === null ? 'n/a' : `${Number(Number(row.mean).toFixed(1))} %`
    const says = `${row.product.label}: from ${row.minimum ?? 'no'} to ${row.maximum ?? 'no'} per cent, mean ${row.mean ?? 'none'}, ${row.lines} lines`
    return pressable(
      says,
      () => go.pick(row.product.id),
      s('text', { class: 'axis', x: 4, y: y + 5 }, text),
      row.maximum !== null &&
        s('line', { class: 'spread', x1: x(Number(row.minimum)), x2: x(Number(row.maximum)), y1: y, y2: y }),
      row.mean !== null && s('circle', { class: 'dot held', cx: x(Number(row.mean)), cy: y, r: 5 }),
      s('text', { class: 'value', x: 908, y: y + 4 }, mean),
    )
  })
  return s(
    'svg',
    {
      viewBox: `0 0 960 ${30 + rows.length * 22}`,
      class: 'chart',
      role: 'group',
      'aria-label': 'Lowest, mean and highest rate of each chapter',
    },
    ...lines,
  )
}

function tableOf(state: State, found: Answer, agreements: Agreement[], rates: Row[]): Drawn['table'] {
  const rows: (Cell | string)[][] = [
    ...agreements.map((each) => [
      'agreement',
      { text: each.label, id: each.id },
      each.state ? words(each.state) : '',
      '',
      '',
      '',
    ]),
    ...found.negotiations.map((each) => [
      'talks',
      { text: each.label, id: each.id },
      `${each.meetings.totalCount} meetings`,
      '',
      '',
      '',
    ]),
    ...rates.map((row) => [
      'chapter',
      { text: `${row.product.code} ${row.product.label}`, id: row.product.id },
      `${row.lines} lines`,
      row.minimum ?? '',
      row.mean ?? '',
      row.maximum ?? '',
    ]),
  ]
  return { caption: `${state.a} and ${state.b}`, columns: ['sort', 'what', 'state', 'lowest', 'mean', 'highest'], rows }
}
