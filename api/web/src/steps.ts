/** A rate in time as a step chart, with the acts that bring a step in as marks. */

import { dayAxis, dayLine, scale } from './chart'
import { h, pressable, s } from './dom'
import { type Act, type Period, SINCE } from './duty'
import { type Go, numberOf, type State, today } from './state'

const WIDTH = 960
const HEIGHT = 260

export function legend(two: boolean): HTMLElement {
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
export function chart(state: State, periods: Period[], later: Period[] | null, go: Go): SVGSVGElement {
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
function acts(periods: Period[]): Mark[] {
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

const initials = (kind: string): string =>
  kind === 'PROCLAMATION'
    ? 'Proc.'
    : kind
        .split('_')
        .map((word) => word[0])
        .join('')
