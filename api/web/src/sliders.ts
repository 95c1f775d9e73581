/** The two questions in time: a slider for the day in the world, and one for the day of knowledge. */

import { h, s } from './dom'
import { dayOf, isDay, numberOf, today } from './state'

export interface Slider {
  element: HTMLElement
  show: (day: string | null, marks: string[]) => void
}

interface Words {
  name: string
  label: string
  hint: string
  /** What no day means. */
  none: string
}

export const AT: Words = { name: 'at', label: 'Day in the world', hint: 'What held on this day', none: 'any day' }
export const KNOWN: Words = {
  name: 'known',
  label: 'As known on',
  hint: 'What had been published by this day',
  none: 'today',
}
const EARLIEST = '2024-07-01'

export function slider(said: Words, latest: () => string, changed: (day: string | null) => void): Slider {
  let marks: string[] = []
  let now: string | null = null
  const range = h('input', { type: 'range', 'aria-label': said.label, step: 1 })
  const day = h('input', { type: 'date', 'aria-label': `${said.label}, as a date` })
  const none = h('button', { class: 'small', click: () => changed(null) }, said.none)
  const ticks = s('svg', { class: 'ticks', 'aria-hidden': 'true', preserveAspectRatio: 'none', viewBox: '0 0 1000 6' })
  const step = (way: number) => () => {
    const from = now ?? (way < 0 ? '9999' : '')
    const next = way < 0 ? marks.findLast((each) => each < from) : marks.find((each) => each > from)
    if (next) changed(next)
  }
  range.addEventListener('input', () => changed(dayOf(Number(range.value))))
  day.addEventListener('change', () => isDay(day.value) && changed(day.value))
  const element = h(
    'div',
    { class: 'slider', title: said.hint },
    h('span', { class: 'name' }, said.label),
    h('button', { class: 'small', 'aria-label': `${said.label}: the change before`, click: step(-1) }, '◂'),
    h('span', { class: 'track' }, range, ticks),
    h('button', { class: 'small', 'aria-label': `${said.label}: the next change`, click: step(1) }, '▸'),
    day,
    none,
  )
  function show(to: string | null, found: string[]): void {
    now = to
    const last = said.name === 'known' ? today() : latest()
    marks = [...new Set(found)].filter((each) => said.name !== 'known' || each <= last).sort()
    const shown = marks.filter((each) => each >= EARLIEST)
    const low = numberOf([EARLIEST, to ?? EARLIEST].sort()[0] as string)
    const high = numberOf([last, to ?? last, shown.at(-1) ?? last].sort().at(-1) as string)
    range.min = String(low)
    range.max = String(high)
    range.value = String(numberOf(to ?? last))
    range.setAttribute('aria-valuetext', to ?? said.none)
    element.classList.toggle('unset', to === null)
    day.value = to ?? ''
    if (said.name === 'known') day.max = today()
    none.setAttribute('aria-pressed', String(to === null))
    const x = (each: string) => 8 + (984 * (numberOf(each) - low)) / Math.max(1, high - low)
    ticks.replaceChildren(
      ...shown.map((each) =>
        s('line', { x1: x(each), x2: x(each), y1: 0, y2: 6, 'vector-effect': 'non-scaling-stroke' }),
      ),
    )
  }
  return { element, show }
}
