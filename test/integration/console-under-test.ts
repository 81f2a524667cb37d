import assert from 'node:assert/strict'
import type { Database } from '@postino/database'
import { createConsole, type ConsoleDependencies } from '@postino/console/create-console.ts'
import type { Operation } from '@postino/console/operation/operation.ts'
import { createOperations } from '@postino/console/routes/operations.ts'
import { problemSchema } from '@postino/console/openapi/problem.ts'
import { createLogger, createMetrics } from '@postino/runtime'
import { createRequestMetrics } from '@postino/http'
import { atEnd } from '../support/at-end.ts'

export interface ConsoleUnderTest {
  app: Awaited<ReturnType<typeof createConsole>>
  /** Everything that can be done there. */
  operations: Operation[]
  /** Asks as a shop does, and holds the answer against the reference: its status, and every member of its body. */
  ask: (shop: { headers: Record<string, string> }, request: ConsoleRequest) => Promise<ConsoleAnswer>
}

export interface ConsoleRequest {
  method?: Operation['method']
  /** With its query. */
  url: string
  body?: unknown
}

export interface ConsoleAnswer {
  status: number
  /** Undefined where there is none, text where it is no JSON. */
  body: unknown
  headers: Record<string, unknown>
}

/** The console on a real database, not listening; it is closed when the test or file has ended. */
export async function createConsoleUnderTest(
  database: Database,
  more: Partial<Omit<ConsoleDependencies, 'config'>> & {
    config?: Partial<ConsoleDependencies['config']>
  } = {},
): Promise<ConsoleUnderTest> {
  const config = {
    botPublicUrl: 'https://bot.example',
    importMegabytes: 1,
    importSeconds: 30,
    ...more.config,
  }
  const app = await createConsole({
    database,
    metrics: createRequestMetrics(createMetrics('console')),
    logger: createLogger({ name: 'console', level: 'silent' }),
    ...more,
    config,
  })
  atEnd(() => app.close())
  const operations = createOperations({
    ask: (question) => question(database),
    enqueue: async () => undefined,
    config,
  })

  async function ask(
    { headers }: { headers: Record<string, string> },
    { method = 'GET', url, body }: ConsoleRequest,
  ): Promise<ConsoleAnswer> {
    const response = await app.inject({
      method,
      url,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const { statusCode: status, payload } = response
    const isJson = String(response.headers['content-type']).includes('json')
    const answer = {
      status,
      body: isJson ? response.json() : payload || undefined,
      headers: response.headers,
    }
    checkAnswer(findOperation(operations, method, url), answer)
    return answer
  }

  return { app, operations, ask }
}

function findOperation(operations: Operation[], method: string, url: string): Operation | undefined {
  const path = url.split('?')[0]?.split('/') ?? []
  return operations.find((operation) => {
    const pattern = operation.path.split('/')
    return (
      operation.method === method &&
      pattern.length === path.length &&
      pattern.every((segment, index) => segment.startsWith('{') || segment === path[index])
    )
  })
}

function checkAnswer(operation: Operation | undefined, { status, body }: ConsoleAnswer): void {
  if (status >= 400) {
    problemSchema.parse(body)
    return
  }
  const described = operation?.answers[status]
  assert(described, `the status ${status} is one the reference does not know of`)
  const isOfOtherType = described.mediaType !== undefined && typeof body === 'string'
  if (described.schema !== undefined && !isOfOtherType) described.schema.parse(body)
}
