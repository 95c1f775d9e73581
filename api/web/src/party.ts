/** Choosing a country or a group by its code or its name. */

import { ask } from './ask'
import { h } from './dom'

interface Party {
  code: string
  name: string
}
const LIST = h('datalist', { id: 'parties' })

export async function learnParties(): Promise<void> {
  const { countries } = await ask<{ countries: Party[] }>({ document: '{ countries { code name } }', variables: {} })
  const groups: Party[] = [{ code: 'EU', name: 'European Union' }]
  LIST.replaceChildren(...[...countries, ...groups].map((each) => h('option', { value: each.code }, each.name)))
  document.body.append(LIST)
}

/** Takes a code, or the beginning of a name. */
export function partyBox(label: string, code: string, chosen: (code: string) => void): HTMLElement {
  const box = h('input', { list: LIST.id, 'aria-label': label, value: code, size: 6, spellcheck: 'false' })
  box.addEventListener('change', () => {
    const text = box.value.trim().toLowerCase()
    const options = [...LIST.children] as HTMLOptionElement[]
    const found =
      options.find((each) => each.value.toLowerCase() === text) ??
      options.find((each) => text && each.text.toLowerCase().startsWith(text))
    chosen(found?.value ?? box.value.trim().toUpperCase())
  })
  return h('label', { class: 'party' }, `${label} `, box)
}
