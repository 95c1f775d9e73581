/** Elements of the page. Text goes in as text nodes alone: nothing that data says ever becomes markup. */

export type Child = Node | string | number | null | undefined | false
type Handler = (event: never) => void
export type Attributes = Record<string, string | number | boolean | null | undefined | Handler>

const SVG = 'http://www.w3.org/2000/svg'

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, children)
}

export function s<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, name), attributes, children)
}

function filled<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value as EventListener)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value))
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : String(child))
    }
  }
  return element
}

/** A mark in a drawing that is pressed by mouse or keyboard; `says` is what it is called. */
export function pressable(says: string, open: () => void, ...children: Child[]): SVGGElement {
  const keydown = (event: KeyboardEvent) =>
    (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), open())
  const attributes = { class: 'act', tabindex: 0, role: 'button', click: open, keydown }
  return s('g', attributes, s('title', {}, says), ...children)
}

/** A link to another site, only where the address is one of the web: of `javascript:` and the like the text alone. */
export function outward(address: string, text: string): HTMLElement {
  const known = URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol)
  if (!known) return h('span', {}, text)
  return h('a', { href: address, rel: 'noopener noreferrer', target: '_blank' }, text)
}

/** EXECUTIVE_ORDER as "executive order", wtoRtaId as "wto rta id". */
export function words(name: string): string {
  const spaced = /[a-z]/.test(name) ? name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ') : name.replaceAll('_', ' ')
  return spaced.toLowerCase()
}
