import { API_KEY_SCOPES } from '@postino/database'
import { componentSchemas } from '@postino/http'
import type { Operation } from '../operation/operation.ts'
import { describeOperation } from './describe-operation.ts'
import { problemSchema } from './problem.ts'
import { TAGS } from './tags.ts'

const DESCRIPTION = `Postino tells a shop's customers on Telegram what happens to their orders, carts, messages, activities and files.
Here a shop keeps its book of contacts, sees who is registered with its bots and what they agreed to, and asks them in.

Every request under \`/v1\` carries an API key: \`authorization: Bearer pst_live_…\`. Every error is a problem document, RFC 9457; its \`type\` can be opened.

Ids are texts. Lists are told in pages: \`limit\` is 1 to 200 (50 without it), and \`next_cursor\` leads on. What is not known is left out, and parameters or
members that are not known here are refused. Bodies are strict JSON, 64 KiB at most, but for files that are imported. After a 503, a timeout or a broken connection,
send the same again: that does no harm.`

/** The description of the API in OpenAPI 3.1, out of the very operations that are served. */
export function openApiDocument(operations: readonly Operation[]) {
  const bodies = operations.flatMap(({ body }) => (body === undefined ? [] : [body]))
  const answers = operations.flatMap(({ answers: all }) =>
    Object.values(all).flatMap(({ schema }) => (schema === undefined ? [] : [schema])),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Postino management',
      version: '1.0.0',
      summary: 'Contacts, registrations, consents',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    tags: TAGS.filter((tag) => operations.some((operation) => operation.tag === tag.name)),
    paths: pathsOf(operations),
    components: {
      schemas: { ...componentSchemas([...answers, problemSchema], 'output'), ...componentSchemas(bodies) },
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: `An API key of the shop: \`pst_live_…\` or \`pst_test_…\`. Scopes: ${API_KEY_SCOPES.join(', ')}.`,
        },
      },
    },
  }
}

function pathsOf(operations: readonly Operation[]): Record<string, object> {
  const byPath = Map.groupBy(operations, (operation) => operation.path)
  return Object.fromEntries(
    [...byPath].map(([path, ofPath]) => [
      path,
      Object.fromEntries(ofPath.map((one) => [one.method.toLowerCase(), describeOperation(one)])),
    ]),
  )
}
