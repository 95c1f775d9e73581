/** The first visit: what this is, and three questions to click. */

import { h } from './dom'
import { FIRST, address, type State } from './state'

const QUESTIONS: { words: string; more: string; to: Partial<State> }[] = [
  {
    words: 'Which duty did the United States charge on Japanese cars on 10 July 2025, and why?',
    more: 'The rate in time, taken apart, with the act and the paragraph of each part.',
    to: { view: 'rate', importer: 'US', origin: 'JP', product: '87032301', at: '2025-07-10' },
  },
  {
    words: 'What was believed in June 2025 of the duty on Japanese robots in July?',
    more: 'As known on 14 June, 24 per cent would be added “barring a deal”. Move the second slider to see what came of it.',
    to: { view: 'rate', importer: 'US', origin: 'JP', product: '84795000', at: '2025-07-10', known: '2025-06-14' },
  },
  {
    words: 'Who sat in the sixth round of the talks between Japan and the United States?',
    more: 'The people, the topics and what the sources say, as a graph.',
    to: { view: 'graph', focus: 'meeting/us-jp-2025/round-6', pick: 'meeting/us-jp-2025/round-6' },
  },
]

export function startView(change: (to: Partial<State>) => void): HTMLElement {
  const items = QUESTIONS.map(({ words, more, to }) => {
    const go = (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      change(to)
    }
    return h('li', {}, h('a', { href: address({ ...FIRST, ...to }), click: go }, words), h('small', {}, more))
  })
  return h(
    'div',
    { class: 'start' },
    h('h1', {}, 'Who negotiated what, when and at what rate'),
    h(
      'p',
      {},
      'Every statement here says when it held in the world and since when it was known, and where it comes from. So there are two sliders: the day in the world, and the day of knowledge.',
    ),
    h('h2', {}, 'Begin with a question'),
    h('ol', {}, ...items),
    h('p', {}, 'Or search above for a person, an act, a product by its code, a country.'),
  )
}
