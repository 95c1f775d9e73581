/** Scales and axes of the drawings, which are SVG. */

import { s } from './dom'
import { dayOf, numberOf } from './state'

export interface Scale {
  (value: number): number
  low: number
  high: number
}

export function scale(low: number, high: number, from: number, to: number): Scale {
  const width = Math.max(high - low, 1e-9)
  return Object.assign((value: number) => from + ((value - low) / width) * (to - from), { low, high })
}

/** Days at which the axis is marked: years, quarters or months, as many as fit. */
export function dayMarks(x: Scale): number[] {
  const months = [1, 3, 6, 12, 24, 60].find((each) => (x.high - x.low) / (30.4 * each) <= 12) ?? 120
  const first = new Date(dayOf(Math.ceil(x.low)))
  const found: number[] = []
  for (let month = first.getUTCFullYear() * 12; ; month += months) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000
    if (day > x.high) return found
    if (day >= x.low) found.push(day)
  }
}

export function dayAxis(x: Scale, y: number, height: number): SVGGElement {
  const marks = dayMarks(x).map((day) =>
    s(
      'g',
      {},
      s('line', { class: 'grid', x1: x(day), x2: x(day), y1: y - height, y2: y }),
      s('text', { class: 'axis', x: x(day), y: y + 15, 'text-anchor': 'middle' }, dayOf(day).slice(0, 7)),
    ),
  )
  return s('g', {}, ...marks)
}

export function dayLine(
  x: Scale,
  day: string | null,
  top: number,
  bottom: number,
  text: string,
  left = false,
): SVGGElement | null {
  if (day === null) return null
  const at = x(Math.min(x.high, Math.max(x.low, numberOf(day))))
  return s(
    'g',
    { class: 'now' },
    s('line', { x1: at, x2: at, y1: top, y2: bottom }),
    s('text', { x: left ? at - 4 : at + 4, y: top + 10, 'text-anchor': left ? 'end' : 'start' }, text),
  )
}

/** A copy that stands for itself: the looks that style sheets give are written into it. */
export function standalone(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const from = [drawing, ...drawing.querySelectorAll('*')]
  ;[copy, ...copy.querySelectorAll('*')].forEach((element, index) => {
    const looks = getComputedStyle(from[index] as Element)
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-family', 'opacity']) {
      element.setAttribute(name, looks.getPropertyValue(name))
    }
    element.removeAttribute('class')
    element.removeAttribute('tabindex')
  })
  const { width, height } = drawing.viewBox.baseVal
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const ground = getComputedStyle(document.body).backgroundColor
  copy.prepend(s('rect', { width, height, fill: ground }))
  return copy
}
