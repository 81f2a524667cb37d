import type { Problem } from '../errors.ts'
import type { EventIssue } from '../event/issue.ts'
import type { ReadEvent } from '../event/read-event.ts'
import type { AcceptedMessage, AcceptedOverHttp, SendResult } from '../result.ts'

/** What became of each event of a batch, or undefined when the answer does not say it of every one. */
export function readBatchAnswer(
  body: unknown,
  events: readonly ReadEvent[],
): SendResult<AcceptedOverHttp>[] | undefined {
  const told = listOf(body, 'events')
  if (told.length !== events.length) return undefined
  const issues = listOf(body, 'errors')
  const results = events.map(({ id }, index) =>
    readResult(
      id,
      told[index],
      issues.filter((issue) => issue['index'] === index),
    ),
  )
  return results.every((result) => result !== undefined) ? results : undefined
}

/** What a problem says of an event that was sent alone. */
export function readInvalid(id: string, problem: Problem): SendResult<AcceptedOverHttp> {
  const issues = listOf(problem, 'errors').map(issueOf)
  if (issues.length > 0) return { status: 'invalid', id, issues }
  const code = problem.type?.split('/').at(-1)?.replaceAll('-', '_') ?? 'refused'
  return {
    status: 'invalid',
    id,
    issues: [{ pointer: '', code, detail: problem.detail ?? 'The event was refused.' }],
  }
}

/** The problem document an answer is, or undefined. */
export function problemOf(body: unknown): Problem | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  const { type, title, status, detail, ...rest }: Record<string, unknown> = { ...body }
  return {
    ...rest,
    ...(typeof type === 'string' && { type }),
    ...(typeof title === 'string' && { title }),
    ...(typeof status === 'number' && { status }),
    ...(typeof detail === 'string' && { detail }),
  }
}

function readResult(
  givenId: string,
  told: Record<string, unknown> = {},
  issues: Record<string, unknown>[],
): SendResult<AcceptedOverHttp> | undefined {
  const [id, source] = [textOf(told['id'], givenId), textOf(told['source'])]
  switch (told['status']) {
    case 'accepted':
      return { status: 'accepted', id, source, messages: listOf(told, 'messages').map(messageOf) }
    case 'conflict':
      return { status: 'conflict', id, source }
    case 'invalid':
      return { status: 'invalid', id, issues: issues.map(issueOf) }
    default:
      return undefined
  }
}

function messageOf(told: Record<string, unknown>): AcceptedMessage {
  return { id: textOf(told['id']), recipient: textOf(told['recipient']), role: textOf(told['role']) }
}

function issueOf(told: Record<string, unknown>): EventIssue {
  return { pointer: textOf(told['pointer']), code: textOf(told['code']), detail: textOf(told['detail']) }
}

function listOf(body: unknown, name: string): Record<string, unknown>[] {
  const list: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  return Array.isArray(list) ? list.map((element) => Object(element)) : []
}

function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise
}
