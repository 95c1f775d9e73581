/** Questions to the server. An answer is kept as long as the page is open, so that going back in time is free. */

export interface Question {
  document: string
  variables: Record<string, unknown>
}

/** What could not be answered, in words for the reader; `what` says what to do. */
export class AskError extends Error {
  constructor(
    message: string,
    readonly what: string,
  ) {
    super(message)
  }
}

const KEPT = 200
const kept = new Map<string, Promise<unknown>>()

export function ask<T>(question: Question): Promise<T> {
  const key = JSON.stringify(question)
  let answer = kept.get(key)
  if (answer === undefined) {
    answer = send(key.replace('"document"', '"query"'))
    answer.catch(() => kept.delete(key))
    kept.set(key, answer)
    const oldest = kept.size > KEPT ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
  }
  return answer as Promise<T>
}

async function send(body: string): Promise<unknown> {
  const response = await reach('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  let said: { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] }
  try {
    said = await response.json()
  } catch {
    throw new AskError(`The server answered with ${response.status}.`, 'Try again; its log says more.')
  }
  const error = said.errors?.[0]
  if (error)
    throw new AskError(
      error.message,
      WHAT[error.extensions?.code ?? ''] ?? 'Try again; the log of the server says more.',
    )
  return said.data
}

const WHAT: Record<string, string> = {
  BAD_QUESTION: 'Change what is asked for: the message says how.',
  TIMEOUT: 'Ask for less: another kind, a single heading, a shorter period.',
  UNAVAILABLE: 'The database does not answer. `tradegraph doctor` says why.',
}

export const get = async <T>(path: string): Promise<T> => (await found(path)).json() as Promise<T>

/** What is told of one thing, as Turtle. */
export const turtle = async (id: string): Promise<string> =>
  (await found(`/doc/${id.split('/').map(encodeURIComponent).join('/')}.ttl`)).text()

async function found(path: string): Promise<Response> {
  const response = await reach(path)
  if (!response.ok)
    throw new AskError(`${path}: ${response.status}`, 'Reload the page; if it stays so, restart the server.')
  return response
}

async function reach(path: string, request?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request)
  } catch {
    throw new AskError('The server does not answer.', 'Is it running? Start it with `python3 run.py`, then try again.')
  }
}
