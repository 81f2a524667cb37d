import { COLLAPSE_RULES, EVENT_KINDS, FIELD_TYPES, PURPOSES } from '@postino/domain'
import { z } from 'zod'

const states = z
  .strictObject({
    known: z.array(z.string()),
    is_open: z.boolean().meta({ description: 'The shop may report words of its own, too' }),
  })
  .meta({ id: 'EventStates' })

const sentence = z.strictObject({ en: z.string(), it: z.string(), uk: z.string() })

const fieldSchema = z
  .strictObject({
    path: z.string().meta({
      description: 'As a template writes it; of an entry of a list: from the entry on',
      examples: ['order.total'],
    }),
    type: z.enum(FIELD_TYPES),
    presence: z.enum(['always', 'with_group', 'optional']).meta({
      description:
        'with_group: missing only together with the whole group it stands in; what may be missing needs `| default(…)` or an `if`',
    }),
    sentence: sentence.meta({ description: 'What it says, for people' }),
    states: states.optional(),
    example: z.unknown().optional(),
    filters: z
      .array(z.string())
      .meta({ description: 'Names of filters that suit it', examples: [['money']] }),
    get entries() {
      return z.array(fieldSchema).optional()
    },
  })
  .meta({ id: 'EventField', description: 'Something a template may read' })

const ruleShape = {
  kind: z.enum(EVENT_KINDS),
  description: z.string(),
  purpose: z.enum(PURPOSES).meta({ description: 'What a recipient must have agreed to' }),
  lane: z.int().min(0).max(2).meta({ description: '0: at once; 1: reminders; 2: bulk' }),
  recipient: z.string().meta({
    description: 'Who is told, unless the event names people in `data.to`',
    examples: ['customer'],
  }),
  collapse: z.enum(COLLAPSE_RULES).meta({
    description: 'Which of several messages about one thing are sent when they wait at the same time',
  }),
  states: states
    .meta({ description: 'Each may have a template of its own; absent: there are none' })
    .optional(),
}

export const eventKindListSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject(ruleShape)
        .meta({ id: 'ListedEventKind', description: 'A kind of event without its fields' }),
    ),
  })
  .meta({ id: 'EventKindList' })

export const eventKindSchema = z
  .strictObject({
    ...ruleShape,
    fields: z
      .array(fieldSchema)
      .meta({ description: 'All a template of this kind may read, each group before its own fields' }),
    example: z.looseObject({}).meta({ description: 'An event of this kind, as a shop reports it' }),
  })
  .meta({ id: 'EventKind' })
