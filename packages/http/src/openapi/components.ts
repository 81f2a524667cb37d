import { z } from 'zod'

/**
 * Everything that has an id among these schemas, by that id. `io` says which side of a schema that changes what it
 * reads is meant: what is sent, or what comes out.
 */
export function componentSchemas(
  schemas: readonly z.ZodType[],
  io: 'input' | 'output' = 'input',
): Record<string, unknown> {
  const holder = z.object(Object.fromEntries(schemas.map((schema, index) => [`schema${index}`, schema])))
  const { $defs } = z.toJSONSchema(holder, { io, target: 'draft-2020-12', unrepresentable: 'any' })
  return z.record(z.string(), z.unknown()).parse(belowComponents($defs ?? {}))
}

export function schemaRef(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` }
}

/** JSON Schema collects what has an id below `$defs`, OpenAPI below `components`. */
function belowComponents(schema: object): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/'))
}
