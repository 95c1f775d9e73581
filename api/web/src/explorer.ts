/** GraphiQL, with the questions as examples: the editor's own code, from this server alone. */

import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './explorer.css'
import { GraphiQL } from 'graphiql'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

interface Example {
  number: number
  words: string
  document: string
}
interface Request {
  query: string
  variables?: unknown
  operationName?: string | null
}

async function fetcher(request: Request): Promise<unknown> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  return response.json()
}

async function begin(): Promise<void> {
  const examples = (await (await fetch('/questions.json')).json()) as Example[]
  const asked = new URLSearchParams(location.search).get('question')
  const first = examples.find((each) => String(each.number) === asked) ?? examples[0]
  const list = document.createElement('nav')
  list.setAttribute('aria-label', 'Questions')
  for (const each of examples) {
    const link = document.createElement('a')
    link.href = `/graphql?question=${each.number}`
    link.textContent = `${each.number}. ${each.words}`
    if (each === first) link.setAttribute('aria-current', 'page')
    list.append(link)
  }
  const home = document.createElement('a')
  home.href = '/'
  home.textContent = '← tradegraph'
  list.prepend(home)
  const root = document.createElement('main')
  document.body.append(list, root)
  // The question in the address is what the editor begins with, whatever was left in it before.
  createRoot(root).render(
    createElement(GraphiQL, {
      fetcher: fetcher as never,
      ...(first ? { initialQuery: first.document } : {}),
      isHeadersEditorEnabled: false,
    }),
  )
}

void begin()
