/** The talks of one negotiation in time: its meetings by kind, and the acts and agreements that went with them. */

import { ask, type Question } from './ask'
import { dayAxis, dayLine, scale, standalone } from './chart'
import { h, pressable, s, words } from './dom'
import type { Cell, Drawn } from './drawn'
import { type Go, numberOf, type State, today } from './state'

interface Named {
  id: string
  label: string
}
interface Meeting extends Named {
  kind: string
  status: string
  start: string | null
  end: string | null
  duration: string | null
  place: string | null
  ordinal: number | null
  records: { modality: string }[]
  participations: { modality: string; person: Named | null }[]
}
interface Event {
  id: string
  stage: string
  validFrom: string | null
  modality: string
}
interface Talks extends Named {
  parties: (Named & { code: string })[]
  meetings: { nodes: Meeting[] }
  agreements: (Named & { events: Event[] })[]
}
interface Act extends Named {
  promulgated: string | null
}

const TALKS = `query Talks($id: ID!, $known: Date) {
  negotiation(id: $id, asKnownOn: $known) { id label parties { id label code }
    meetings(first: 100) { nodes { id label kind status start end duration place ordinal records { modality } participations { modality person { id label } } } }
    agreements { id label events { id stage validFrom modality } } }
}`
const ACTS = `query Acts($importer: String!, $origin: String!, $known: Date) {
  tariffMeasures(filter: { importer: $importer, origin: $origin }, asKnownOn: $known, first: 200) { nodes { authority instrument { id label promulgated } } }
}`
const ALL = 'query Negotiations($known: Date) { negotiations(asKnownOn: $known) { id label } }'

interface Point {
  id: string
  label: string
  lane: string
  day: string | null
  how: How
  says: string
}
type How = 'held' | 'planned' | 'possible' | 'cancelled'
const LANES = ['ROUND', 'MINISTERIAL', 'CALL', 'SUMMIT', 'VISIT', 'OTHER', 'AGREEMENT', 'ACT']
const WIDTH = 960
const YEAR = 366
const LANE = 46
const LETTER = 5.6
const LEFT = 110
const RIGHT = 110

export class TimelineView {
  readonly element = h('div', { class: 'timeline' })
  constructor(private readonly go: Go) {}

  async show(state: State): Promise<Drawn | null> {
    const { negotiations } = await ask<{ negotiations: Named[] }>({ document: ALL, variables: { known: state.known } })
    const id = state.talks ?? negotiations[0]?.id
    if (!id) {
      this.element.replaceChildren(
        h(
          'p',
          { class: 'empty' },
          'No talks are known on this day: choose a later day of knowledge, or load some with `tradegraph load FILE`.',
        ),
      )
      return null
    }
    const question: Question = { document: TALKS, variables: { id, known: state.known } }
    const { negotiation } = await ask<{ negotiation: Talks | null }>(question)
    const choice = h(
      'select',
      { 'aria-label': 'Negotiation', change: () => this.go.change({ talks: choice.value }) },
      ...negotiations.map((each) => h('option', { value: each.id, selected: each.id === id }, each.label)),
    )
    if (!negotiation) {
      this.element.replaceChildren(
        h('div', { class: 'bar' }, choice),
        h('p', { class: 'empty' }, 'Nothing was known of these talks then: choose a later day of knowledge.'),
      )
      return null
    }
    const talks = [...negotiation.meetings.nodes.map(meetingPoint), ...agreementPoints(negotiation)]
    const acts = await actsBetween(negotiation, state)
    const near = acts.filter((act) => isNear(act, talks))
    const points = [...talks, ...near].sort((a, b) => (a.day ?? '~').localeCompare(b.day ?? '~'))
    const drawing = chart(points, state, this.go)
    this.element.replaceChildren(
      h('div', { class: 'bar' }, choice),
      drawing,
      legend(),
      away(acts.length - near.length) ?? '',
    )
    const days = points.map((each) => each.day).filter((day): day is string => day?.length === 10)
    return {
      table: tableOf(negotiation.label, points),
      picture: () => standalone(drawing),
      question,
      about: id,
      marks: { at: days, known: days },
    }
  }
}

function meetingPoint(meeting: Meeting): Point {
  const possible =
    meeting.records.length > 0 &&
    meeting.records.every((record) => ['POSSIBLE', 'CONDITIONAL'].includes(record.modality))
  const how: How = possible
    ? 'possible'
    : meeting.status === 'HELD'
      ? 'held'
      : ['CANCELLED', 'POSTPONED'].includes(meeting.status)
        ? 'cancelled'
        : 'planned'
  const people = [...new Set(meeting.participations.map((each) => each.person?.label).filter(Boolean))].join(', ')
  const says = [meeting.ordinal && `no. ${meeting.ordinal}`, meeting.place, minutes(meeting.duration), people]
    .filter(Boolean)
    .join('; ')
  return { id: meeting.id, label: meeting.label, lane: meeting.kind, day: meeting.start, how, says }
}

const minutes = (duration: string | null): string =>
  duration?.replace('PT', '').replace('H', ' h ').replace('M', ' min').trim() ?? ''

function agreementPoints(talks: Talks): Point[] {
  return talks.agreements.flatMap((agreement) =>
    agreement.events.map((event) => ({
      id: event.id,
      label: agreement.label,
      lane: 'AGREEMENT',
      day: event.validFrom,
      how: event.modality === 'ASSERTED' ? ('held' as const) : ('planned' as const),
      says: words(event.stage),
    })),
  )
}

/** Acts of each party on goods of another, base duties left out. */
async function actsBetween(talks: Talks, state: State): Promise<Point[]> {
  const pairs = talks.parties.flatMap((a) => talks.parties.filter((b) => b !== a).map((b) => [a.code, b.code] as const))
  const found = new Map<string, Point>()
  for (const [importer, origin] of pairs) {
    const { tariffMeasures } = await ask<{
      tariffMeasures: { nodes: { authority: string; instrument: Act | null }[] }
    }>({ document: ACTS, variables: { importer, origin, known: state.known } })
    for (const { instrument, authority } of tariffMeasures.nodes) {
      if (instrument)
        found.set(instrument.id, {
          id: instrument.id,
          label: instrument.label,
          lane: 'ACT',
          day: instrument.promulgated,
          how: 'held',
          says: `${importer} on goods of ${origin}, ${words(authority)}`,
        })
    }
  }
  return [...found.values()]
}

/** Acts of other times are not drawn: a year around the talks is. */
function isNear(act: Point, talks: Point[]): boolean {
  const days = talks.flatMap((each) => (each.day ? [numberOf(full(each.day))] : []))
  if (!act.day || !days.length) return true
  const day = numberOf(full(act.day))
  return day >= Math.min(...days) - YEAR && day <= Math.max(...days) + YEAR
}

function away(count: number): HTMLElement | null {
  return count > 0
    ? h('p', { class: 'aside' }, `${count} acts more than a year before or after the talks are not shown.`)
    : null
}

function chart(points: Point[], state: State, go: Go): SVGSVGElement {
  const lanes = LANES.filter((lane) => points.some((each) => each.lane === lane))
  const days = points
    .map((each) => each.day)
    .filter((day): day is string => day !== null)
    .map((day) => numberOf(full(day)))
  const low = Math.min(...days, numberOf(state.at ?? today())) - 15
  const high = Math.max(...days, numberOf(state.at ?? today())) + 15
  const bottom = 20 + lanes.length * LANE
  const x = scale(low, high, LEFT, WIDTH - RIGHT)
  const rows = lanes.map((lane, index) => {
    const y = 20 + index * LANE
    return s(
      'g',
      {},
      s('rect', { class: index % 2 ? 'lane odd' : 'lane', x: 0, y, width: WIDTH, height: LANE }),
      s('text', { class: 'axis', x: 8, y: y + LANE / 2 + 4 }, words(lane)),
    )
  })
  const taken = new Map<string, number>()
  const placed = points.map((point) => {
    const lane = lanes.indexOf(point.lane)
    const at = point.day ? x(numberOf(full(point.day))) : WIDTH - RIGHT / 2
    const slot = `${lane} ${Math.round(at / 14)}`
    const stacked = taken.get(slot) ?? 0
    taken.set(slot, stacked + 1)
    return { point, at, y: 20 + lane * LANE + 12 + (stacked % 3) * 12 }
  })
  const dots = placed.map(({ point, at, y }) => {
    const after = placed.filter((each) => each.y === y && each.at > at).map((each) => each.at)
    return dot(point, at, y, Math.min(WIDTH, ...after) - at, go)
  })
  return s(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${bottom + 26}`,
      class: 'chart',
      role: 'group',
      'aria-label': `${points.length} meetings, acts and events in time`,
    },
    ...rows,
    dayAxis(x, bottom, bottom - 20),
    s('text', { class: 'axis', x: WIDTH - RIGHT / 2, y: bottom + 15, 'text-anchor': 'middle' }, 'day unknown'),
    dayLine(x, state.at, 6, bottom, state.at ?? ''),
    ...dots,
  )
}

/** A year or a month stands at its first day. */
const full = (day: string): string => `${day}-01-01`.slice(0, 10)

/** Held: full; planned: hollow; possible: a hollow, broken diamond; cancelled: a cross. */
function shape(how: How, x: number, y: number): SVGElement {
  if (how === 'cancelled') return s('path', { class: 'dot cancelled', d: `M${x - 5},${y - 5}l10,10m0,-10l-10,10` })
  if (how === 'possible') return s('path', { class: 'dot possible', d: `M${x},${y - 7}l7,7l-7,7l-7,-7z` })
  return s('circle', { class: `dot ${how}`, cx: x, cy: y, r: 5.5 })
}

/** As much of a name as stands between a mark and the next one; the whole is in its title and in the table. */
function fitting(label: string, room: number): string {
  const letters = Math.floor((room - 20) / LETTER)
  if (letters >= label.length) return label
  return letters >= 8 ? `${label.slice(0, letters - 1)}…` : ''
}

function dot(point: Point, x: number, y: number, room: number, go: Go): SVGGElement {
  const says = [point.day ?? 'day unknown', point.label, point.how, point.says].filter(Boolean).join(': ')
  return pressable(
    says,
    () => go.pick(point.id),
    shape(point.how, x, y),
    point.lane !== 'ACT' && s('text', { x: x + 10, y: y + 4 }, fitting(point.label, room)),
  )
}

function legend(): HTMLElement {
  const key = (how: How) =>
    h('span', {}, s('svg', { width: 18, height: 16, 'aria-hidden': 'true' }, shape(how, 9, 8)), how)
  return h('p', { class: 'aside keys' }, key('held'), key('planned'), key('possible'), key('cancelled'))
}

function tableOf(name: string, points: Point[]): Drawn['table'] {
  const rows = points.map((each): (Cell | string)[] => [
    each.day ?? 'unknown',
    words(each.lane),
    { text: each.label, id: each.id },
    each.how,
    each.says,
  ])
  return { caption: name, columns: ['day', 'kind', 'what', 'held or planned', 'more'], rows }
}
