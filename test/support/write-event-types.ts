import { eventBatchSchema } from '@postino/domain'
import assert from 'node:assert/strict'
import { z } from 'zod'

const HEAD = `// Written from the schemas of packages/domain: \`pnpm test -u integration/the-types-of-the-client\` writes it anew.

/** RFC 3339 with a zone, such as \`2026-11-21T09:30:00+01:00\`. A \`Date\` is sent as that. */
export type Time = string | Date
`

const ID_DOC = 'Without one the client makes one; the result tells it'

type Schema = z.core.JSONSchema.JSONSchema
type Fields = Record<string, Schema>

/** TypeScript for what a shop may send, with the words of the schemas as its documentation; not formatted. */
export function writeEventTypes(): string {
  const { $defs = {} } = z.toJSONSchema(eventBatchSchema, { io: 'input' })
  const writer = createWriter()
  const forms = (['Short', 'Cloud'] as const).map((form) => {
    const events = Object.entries($defs).filter(
      ([name]) => name.endsWith(`${form}Event`) && name !== `${form}Event`,
    )
    return { form, events, attributes: sharedAttributes(events.map(([, event]) => event)) }
  })
  const parts = Object.entries($defs).filter(([name]) => !/(?:Event|EventBatch)$/.test(name))
  const declarations = [
    ...parts.map(([name, part]) => writer.interfaceOf(name, part)),
    ...forms.flatMap(({ form, events, attributes }) => [
      writer.interfaceOf(`${form}EventAttributes`, {
        description: `What an event ${form === 'Short' ? 'in the short form' : 'of CloudEvents 1.0'} says beside its type and its data`,
        properties: attributes,
        required: ['specversion', 'source'].filter((name) => form === 'Cloud' && name in attributes),
      }),
      ...events.map(([name, event]) => writer.eventInterface(name, event, `${form}EventAttributes`)),
      unionOf(
        `${form}Event`,
        $defs[`${form}Event`]?.description,
        events.map(([name]) => name),
      ),
    ]),
  ]
  return [HEAD, ...writer.namedLists(), ...declarations].join('\n')
}

/** All kinds have the same ones; `id` may be left to the client. */
function sharedAttributes(events: Schema[]): Fields {
  const [first = {}, ...others] = events.map(({ properties = {} }): Fields => {
    const {
      type: _type,
      data: _data,
      id,
      ...rest
    } = z.record(z.string(), z.custom<Schema>()).parse(properties)
    const isShort = !('specversion' in rest)
    return {
      ...(isShort && { specversion: { not: {}, description: 'Only CloudEvents have one' } }),
      id: { ...id, description: `${id?.description}. ${ID_DOC}` },
      ...rest,
    }
  })
  for (const other of others) assert.deepEqual(other, first)
  return first
}

function unionOf(name: string, description = '', members: string[]): string {
  return `${docOf({ description })}export type ${name} = ${members.join(' | ')}\n`
}

function createWriter() {
  /** Lists of words that are open, by what they hold. */
  const lists = new Map<string, { name: string; words: string[] }>()

  function interfaceOf(name: string, schema: Schema): string {
    return `${docOf({ description: schema.description })}export interface ${name} ${objectOf(name, schema)}\n`
  }

  function eventInterface(
    name: string,
    { description, properties = {} }: Schema,
    attributes: string,
  ): string {
    const { type, data } = z.record(z.string(), z.custom<Schema>()).parse(properties)
    assert(type !== undefined && data !== undefined)
    const body = `{ type: ${typeOf('', 'type', type)}\n data: ${typeOf('', 'data', data)} }`
    return `${docOf({ description })}export interface ${name} extends ${attributes} ${body}\n`
  }

  function objectOf(owner: string, { properties = {}, required = [] }: Schema): string {
    const fields = Object.entries(properties).map(([name, field]) => {
      assert(typeof field === 'object')
      const type = typeOf(owner, name, field)
      // What holds undefined is not sent, and so as good as absent, whatever the reader's compiler thinks of it.
      const orUndefined = type === 'undefined' ? '' : ' | undefined'
      const member = required.includes(name) ? `${name}: ${type}` : `${name}?: ${type}${orUndefined}`
      return `${docOf(field)}${member}\n`
    })
    return `{\n${fields.join('')}}`
  }

  function typeOf(owner: string, field: string, schema: Schema): string {
    if (schema.$ref !== undefined) return schema.$ref.replace('#/$defs/', '')
    if (schema.not !== undefined) return 'undefined'
    if (schema.const !== undefined) return literal(schema.const)
    if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
    if (schema.anyOf !== undefined)
      return schema.anyOf.map((one) => typeOf(owner, field, Object(one))).join(' | ')
    if (schema.type === 'string') return textOf(owner, field, schema)
    if (schema.type === 'array') return `readonly ${typeOf(owner, field, Object(schema.items))}[]`
    if (schema.type === 'object') {
      return schema.properties === undefined ? 'Record<string, unknown>' : objectOf(owner, schema)
    }
    assert(
      schema.type === 'number' || schema.type === 'integer',
      `nobody has told how to write ${owner}.${field}`,
    )
    return 'number'
  }

  function textOf(owner: string, field: string, { format, examples }: Schema): string {
    if (format === 'date-time') return 'Time'
    if (!isOpenList(examples)) return 'string'
    const key = examples.join()
    const name = `${owner}${field[0]?.toUpperCase()}${field.slice(1)}`
    const list = lists.get(key) ?? { name, words: examples }
    lists.set(key, list)
    return list.name
  }

  const namedLists = () =>
    [...lists.values()].map(
      ({ name, words }) =>
        `/** The ones Postino knows, or any other. */\nexport type ${name} = ${words.map(literal).join(' | ')} | (string & {})\n`,
    )

  return { interfaceOf, eventInterface, namedLists }
}

/** A text with several examples is one of these or another. */
function isOpenList(examples: unknown): examples is string[] {
  return Array.isArray(examples) && examples.length > 2 && examples.every((one) => typeof one === 'string')
}

function literal(value: unknown): string {
  return JSON.stringify(value)
}

/** Description, limits worth knowing, and an example that fits a line. */
function docOf({ description, maxLength = 4_096, maxItems, examples = [] }: Schema): string {
  const limits = [
    maxLength < 4_096 ? `At most ${maxLength} characters.` : '',
    maxItems === undefined ? '' : `At most ${maxItems}.`,
  ]
  const text = [description === undefined ? '' : `${description.replace(/[.]$/, '')}.`, ...limits]
    .filter(Boolean)
    .join(' ')
  const example = Array.isArray(examples) && examples.length === 1 ? JSON.stringify(examples[0]) : ''
  if (text === '') return ''
  return example === '' || example.length > 80
    ? `/** ${text} */\n`
    : `/**\n * ${text}\n *\n * @example ${example}\n */\n`
}
