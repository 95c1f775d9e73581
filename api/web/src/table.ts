/** Exactly what is drawn, for keyboards, screen readers and spreadsheets. */

import { h } from './dom'
import { type Table, textOf } from './drawn'

export function tableOf(table: Table, pick: (id: string) => void): HTMLElement {
  const head = h('tr', {}, ...table.columns.map((name) => h('th', { scope: 'col' }, name)))
  const rows = table.rows.map((row) =>
    h(
      'tr',
      {},
      ...row.map((cell) =>
        h('td', {}, typeof cell !== 'string' && cell.id ? link(cell.text, cell.id, pick) : textOf(cell)),
      ),
    ),
  )
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': table.caption },
    h('table', {}, h('caption', {}, table.caption), h('thead', {}, head), h('tbody', {}, ...rows)),
  )
}

function link(text: string, id: string, pick: (id: string) => void): HTMLElement {
  return h('button', { class: 'link', click: () => pick(id) }, text)
}
