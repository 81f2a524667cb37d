import { listSchema } from '@postino/http'
import { contactInputSchema, parseGroupKeyword, PURPOSES } from '@postino/domain'
import { z } from 'zod'

const MAX_ADDED = 1_000

const keyword = z
  .string()
  .refine((text) => parseGroupKeyword(text) !== undefined, {
    error: 'must be 2 to 32 letters, digits, hyphens and underscores, the first one a letter or digit',
    params: { code: 'invalid_keyword' },
  })
  .overwrite((text) => parseGroupKeyword(text) ?? text)
  .meta({ description: 'What people write behind START and STOP; kept in lower case', examples: ['vip'] })

const name = z
  .string()
  .max(64)
  .regex(/\S/, { error: 'is blank' })
  .meta({ description: 'What people read', examples: ['Amici della bottega'] })

const isOpen = z.boolean().meta({
  description:
    'People may join by its keyword or start parameter; else only the shop adds them, or a link of its',
})

const purposes = z
  .array(z.enum(PURPOSES))
  .min(1)
  .refine((given) => new Set(given).size === given.length, { error: 'names a purpose twice' })
  .meta({ description: 'What somebody who joins is asked', examples: [['marketing']] })

export const groupInputSchema = z
  .strictObject({
    keyword,
    name,
    is_open: isOpen.default(true),
    purposes: purposes.default(['marketing']),
  })
  .meta({ id: 'GroupInput', examples: [{ keyword: 'vip', name: 'Amici della bottega' }] })

export const groupChangeSchema = z
  .strictObject({
    keyword: keyword.optional(),
    name: name.optional(),
    is_open: isOpen.optional(),
    purposes: purposes.optional(),
  })
  .meta({
    id: 'GroupChange',
    description: 'What is not given stays as it is',
    examples: [{ is_open: false }],
  })

export const groupSchema = z
  .strictObject({
    id: z.string(),
    keyword: z.string(),
    name: z.string(),
    is_open: z.boolean(),
    purposes: z.array(z.enum(PURPOSES)),
    start_parameter: z.string().meta({
      description: 'Joins by a link: https://t.me/<bot>?start=<start_parameter>',
      examples: ['g_12'],
    }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Group' })

export const groupListSchema = listSchema('GroupList', groupSchema)

export const memberAdditionSchema = z
  .strictObject({
    external_ids: z
      .array(contactInputSchema.shape.external_id)
      .min(1)
      .max(MAX_ADDED)
      .meta({ description: `Of 1 to ${MAX_ADDED} contacts` }),
  })
  .meta({ id: 'GroupMemberAddition', examples: [{ external_ids: ['customer-2071', 'customer-2072'] }] })

export const additionResultSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          external_id: z.string(),
          outcome: z.enum(['added', 'already', 'left_by_contact', 'unknown']).meta({
            description:
              'left_by_contact: left by their own act, and is not added again by the shop; unknown: no contact of this shop',
          }),
        })
        .meta({ id: 'GroupMemberAdded' }),
    ),
  })
  .meta({ id: 'GroupMembersAdded', description: 'What became of each, once, in the order given' })

const memberSchema = z
  .strictObject({
    contact_id: z.string(),
    external_id: z.string(),
    name: z.strictObject({ first: z.string().optional(), last: z.string().optional() }).optional(),
    source: z.string().meta({ description: 'How they came in', examples: ['api', 'bot_dialog'] }),
    joined_at: z.iso.datetime(),
  })
  .meta({ id: 'GroupMember' })

export const memberListSchema = listSchema('GroupMemberList', memberSchema)
