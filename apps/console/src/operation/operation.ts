import type { ApiKeyScope } from '@postino/database'
import type { ProblemKind, ResourceMethod } from '@postino/http'
import type { z } from 'zod'
import type { Tag } from '../openapi/tags.ts'

/** What can be done with a resource: everything the server and the reference have to know of it. */
export interface Operation {
  method: ResourceMethod
  /** Below `/v1`, with the ids of rows in braces: `/v1/contacts/{id}`. */
  path: string
  /** The parameters of the path that are words and no ids of rows, with the words there are; any other is a 404. */
  words?: Readonly<Record<string, readonly string[]>>
  /** Of the document; unique. */
  operationId: string
  tag: Tag
  summary: string
  description: string
  scope: ApiKeyScope
  query?: z.ZodObject | undefined
  body?: z.ZodType | undefined
  /** Of any one text in the body; 4,096 without it. */
  maxTextChars?: number
  /** The media type of a body that is a file of any size, instead of one by a schema. */
  upload?: string
  /** By status; at least one. */
  answers: Readonly<Record<number, AnswerDescription>>
  /** Beside those that any operation can end with. */
  problems: readonly ProblemKind[]
  handle: (request: OperationRequest) => Promise<Answer>
}

export interface AnswerDescription {
  description: string
  /** Of a JSON body. */
  schema?: z.ZodType
  /** Of another body; with a schema beside it for who asks for it in `accept`. */
  mediaType?: string
}

export interface OperationRequest<Path extends string = string, Query = unknown, Body = unknown> {
  shopId: string
  /** Of the key the request was sent with. */
  keyId: string
  /** What the key may do; `scope` of the operation is among them. */
  scopes: readonly string[]
  /** The media types it asks for. */
  accept: string | undefined
  /** Names this request in the log, and in what it leaves behind. */
  requestId: string
  /** Row ids, checked for their form, and words that are known. */
  params: Record<ParameterOf<Path>, string>
  query: Query
  body: Body
  /** What was uploaded, from its beginning, as often as it is asked for. */
  file: () => AsyncIterable<Buffer>
}

/** `json` has undefined members left out; times are shown as in RFC 3339. */
export type Answer =
  | { status: number; json: object }
  | { status: number; content: string | Buffer; mediaType: string; headers?: Record<string, string> }
  | { status: 204 }

type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

interface Definition<
  Path extends string,
  Query extends z.ZodObject | undefined,
  Body extends z.ZodType | undefined,
> extends Omit<Operation, 'path' | 'query' | 'body' | 'problems' | 'handle'> {
  path: Path
  query?: Query
  body?: Body
  problems?: readonly ProblemKind[]
  handle: (request: OperationRequest<Path, OutputOf<Query>, OutputOf<Body>>) => Promise<Answer>
}

/** Gives `handle` the types of what the schemas read. */
export function operation<
  const Path extends string,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(definition: Definition<Path, Query, Body>): Operation {
  const { problems = [], handle } = definition
  return {
    ...definition,
    problems,
    // The server gives it what it has read by these very schemas, and the parameters that are in this very path.
    handle: (request) => handle(request as OperationRequest<Path, OutputOf<Query>, OutputOf<Body>>),
  }
}
