/** The duty on one day taken apart, and what one may assume otherwise. */

import { h, words } from './dom'
import type { Answer, Component, Measure, Rule } from './duty'
import { conditionsOf, link, type Named } from './evidence'
import type { Go, State } from './state'

/** The duty taken apart: what is charged, pending, left out and why, since annulled, disputed, not covered; and what if. */
export function apartOf(tariff: Answer, state: State, go: Go): HTMLElement {
  const sections = [
    h('section', {}, h('h3', {}, 'Charged'), h('ol', {}, ...tariff.components.map((each) => component(each, go)))),
    tariff.pending.length > 0 &&
      h(
        'section',
        {},
        h('h3', {}, 'Pending: what would change it'),
        h('ul', {}, ...tariff.pending.map((each) => pending(each, state, go))),
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
              link(called(each.measure), go),
              h('small', {}, each.reason),
              each.rule && ruleOf(each.rule, go),
            ),
          ),
        ),
      ),
    tariff.annulled.length > 0 &&
      h(
        'section',
        { class: 'warning' },
        h('h3', {}, 'Since annulled'),
        h('ul', {}, ...tariff.annulled.map((each) => h('li', {}, link(each, go)))),
      ),
    tariff.disagreements.length > 0 &&
      h(
        'section',
        { class: 'warning' },
        h('h3', {}, 'Sources disagree'),
        h('ul', {}, ...tariff.disagreements.map((each) => h('li', {}, link(each, go)))),
      ),
    tariff.gaps.length > 0 &&
      h(
        'section',
        {},
        h('h3', {}, `Coverage: ${words(tariff.coverage)}`),
        h('ul', {}, ...tariff.gaps.map((gap) => h('li', {}, gap))),
      ),
    known(state, go),
  ]
  return h('div', { class: 'apart' }, ...sections)
}

function component(each: Component, go: Go): HTMLElement {
  const { measure } = each
  const cited = [measure.instrument?.label, measure.paragraph].filter(Boolean).join(', ')
  return h(
    'li',
    {},
    h('strong', {}, each.duty.text),
    ' ',
    link(called(measure), go),
    h('small', {}, cited || 'the schedule'),
    ...each.rules.map((rule) => ruleOf(rule, go)),
  )
}

function ruleOf(rule: Rule, go: Go): HTMLElement {
  return h(
    'small',
    {},
    `${words(rule.effect)}: `,
    link({ id: rule.id, label: rule.description }, go),
    ` ${[rule.instrument?.label, rule.paragraph].filter(Boolean).join(', ')}`,
  )
}

/** What is pending, and a button that assumes it: what if. */
function pending(each: Answer['pending'][number], state: State, go: Go): HTMLElement {
  const then = each.adValoremThen === null ? 'not a percentage' : `${each.adValoremThen} %`
  return h(
    'li',
    {},
    h('strong', {}, then),
    ' ',
    link(called(each.measure), go),
    conditionsOf(each.conditions, go),
    ...each.conditions
      .filter((condition) => condition.id)
      .map((condition) => {
        const assumed = state.assume.some((one) => one.startsWith(`${condition.id}~`))
        const turn = () =>
          go.change({
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
function known(state: State, go: Go): HTMLElement {
  const name = h('input', { 'aria-label': 'Property of the goods', placeholder: 'end_use', size: 14 })
  const value = h('input', { 'aria-label': 'Its value', placeholder: 'civil_aircraft', size: 14 })
  const add = (event: Event) => {
    event.preventDefault()
    if (name.value.trim() && value.value.trim())
      go.change({ goods: [...state.goods, `${name.value.trim()}=${value.value.trim()}`] })
  }
  const said = state.assume.map((each) =>
    h(
      'li',
      {},
      `assumed otherwise than ${each.endsWith('~no') ? 'it may happen' : 'it may fail'} `,
      h(
        'button',
        { class: 'small', click: () => go.change({ assume: state.assume.filter((one) => one !== each) }) },
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
        { class: 'small', click: () => go.change({ goods: state.goods.filter((one) => one !== each) }) },
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

/** A measure by the power under which it is imposed: IEEPA · reciprocal/country. */
const called = (measure: Measure): Named => ({
  id: measure.id,
  label: [measure.authority, measure.programme].filter(Boolean).join(' · '),
})
