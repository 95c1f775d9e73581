/** Search as you type: a combobox that lists what is called so, best first. */

import { ask } from './ask'
import { h, words } from './dom'
import { colour } from './ontology'

export interface Found {
  __typename: string
  id: string
  name: string
  code?: string
}

const DOCUMENT = `query Search($text: String!, $kinds: [EntityKind!]) {
  search(text: $text, kinds: $kinds, first: 12) { nodes { __typename id name ... on Product { code } ... on Country { code } ... on Group { code } } }
}`
const PAUSE = 120
let boxes = 0

export function searchBox(
  label: string,
  kinds: string[] | null,
  chosen: (found: Found) => void,
  failed: (error: unknown) => void,
): HTMLElement {
  const list = h('ul', {
    id: `found-${++boxes}`,
    role: 'listbox',
    'aria-label': `${label}: what was found`,
    hidden: true,
  })
  const box = h('input', {
    type: 'search',
    role: 'combobox',
    'aria-label': label,
    placeholder: label,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
  })
  const status = h('span', { class: 'unseen', role: 'status' })
  let found: Found[] = []
  let active = -1
  let waiting = 0
  let asked = ''

  function close(): void {
    list.hidden = true
    active = -1
    box.setAttribute('aria-expanded', 'false')
    box.removeAttribute('aria-activedescendant')
  }
  function choose(index: number): void {
    const each = found[index]
    if (!each) return
    close()
    box.value = ''
    chosen(each)
  }
  function mark(index: number): void {
    active = found.length ? (index + found.length) % found.length : -1
    ;[...list.children].forEach((item, at) => item.setAttribute('aria-selected', String(at === active)))
    const item = list.children[active]
    if (item) box.setAttribute('aria-activedescendant', item.id)
    item?.scrollIntoView({ block: 'nearest' })
  }
  function show(): void {
    list.replaceChildren(
      ...(found.length
        ? found.map(option)
        : [
            h(
              'li',
              { class: 'none', role: 'option', 'aria-disabled': 'true' },
              'Nothing is called so. Try another spelling, a code, or fewer words.',
            ),
          ]),
    )
    list.hidden = false
    box.setAttribute('aria-expanded', 'true')
    status.textContent = `${found.length} found`
    mark(0)
  }
  function option(each: Found, index: number): HTMLElement {
    const item = h('li', {
      role: 'option',
      id: `${list.id}-${index}`,
      mousedown: (event: MouseEvent) => event.preventDefault(),
      click: () => choose(index),
    })
    const dot = h('span', { class: 'dot' })
    dot.style.background = colour(each.__typename)
    item.append(dot, each.name, h('small', {}, [words(each.__typename), each.code].filter(Boolean).join(' ')))
    return item
  }
  async function seek(): Promise<void> {
    const text = box.value.trim()
    asked = text
    if (!text) return close()
    try {
      const answer = await ask<{ search: { nodes: Found[] } }>({ document: DOCUMENT, variables: { text, kinds } })
      if (asked !== text) return
      found = answer.search.nodes
      show()
    } catch (error) {
      failed(error)
    }
  }
  box.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = window.setTimeout(seek, PAUSE)
  })
  box.addEventListener('blur', () => setTimeout(close, 150))
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (list.hidden) void seek()
      else mark(active + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter') choose(active)
    else if (event.key === 'Escape') close()
  })
  return h('div', { class: 'search' }, box, list, status)
}
