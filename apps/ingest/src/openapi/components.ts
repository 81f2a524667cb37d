import { eventBatchSchema, shortEventSchema, structuredEventSchema } from '@postino/domain'
import { z } from 'zod'
import {
  acceptedBatchSchema,
  acceptedEventSchema,
  eventTrailsSchema,
  messageTrailSchema,
  problemSchema,
} from './answers.ts'

const REQUESTS = z.object({ structuredEventSchema, shortEventSchema, eventBatchSchema })
const ANSWERS = z.object({
  acceptedEventSchema,
  acceptedBatchSchema,
  eventTrailsSchema,
  messageTrailSchema,
  problemSchema,
})

/** Everything that has an id among the schemas of requests and answers, by that id. */
export function componentSchemas(): Record<string, unknown> {
  return { ...definitionsOf(REQUESTS), ...definitionsOf(ANSWERS) }
}

export function schemaRef(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` }
}

/** JSON Schema collects what has an id below `$defs`, OpenAPI below `components`. */
function definitionsOf(schema: z.ZodType): Record<string, unknown> {
  const { $defs } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' })
  const moved: unknown = JSON.parse(
    JSON.stringify($defs).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/'),
  )
  return z.record(z.string(), z.unknown()).parse(moved)
}
