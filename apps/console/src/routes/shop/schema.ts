import { PURPOSES, quietHoursSchema, stateSchema } from '@postino/domain'
import { z } from 'zod'

const registrationsSchema = z
  .strictObject({
    open: z.int().min(0).meta({ description: 'Chats that are open and have a place in the quota' }),
    waiting: z.int().min(0).meta({
      description: 'Chats that are open and wait for a place; nothing is sent to them, and nothing is lost',
    }),
    limit: z.int().min(1).meta({ description: 'The quota; absent when there is none' }).optional(),
    warning: z
      .enum(['near', 'reached'])
      .meta({ description: 'From four fifths of the quota on: near; then reached' })
      .optional(),
  })
  .meta({ id: 'RegistrationUsage' })

const MAX_ORDER_STATES = 100

const managedOrderStates = z
  .array(stateSchema)
  .max(MAX_ORDER_STATES)
  .refine((given) => new Set(given).size === given.length, { error: 'names a state twice' })
  .meta({
    description: 'The order states customers are told of; with an empty list none',
    examples: [['paid', 'shipped', 'ready_for_pickup']],
  })

/** Null takes a setting away. */
export const shopChangeSchema = z
  .strictObject({
    quiet_hours: quietHoursSchema
      .nullable()
      .meta({ description: 'null: messages are sent at any hour' })
      .optional(),
    managed_order_states: managedOrderStates
      .nullable()
      .meta({ description: 'null: customers are told of every state' })
      .optional(),
  })
  .meta({
    id: 'ShopChange',
    description: 'What is not given stays as it is',
    examples: [
      { quiet_hours: { from: '21:00', until: '08:00' }, managed_order_states: ['paid', 'shipped'] },
      { quiet_hours: null },
    ],
  })

export const shopSchema = z
  .strictObject({
    slug: z.string().meta({ examples: ['bottega-faenza'] }),
    name: z.string().meta({ examples: ['Bottega Faenza'] }),
    locale: z.string().meta({ examples: ['it'] }),
    time_zone: z.string().meta({ examples: ['Europe/Rome'] }),
    support_contact: z.string().optional(),
    privacy_url: z.string().optional(),
    mode: z
      .enum(['sandbox', 'live'])
      .meta({ description: 'In the sandbox only chats of the shop’s testers are written to' }),
    contract_purposes: z
      .array(z.enum(PURPOSES))
      .meta({ description: 'Purposes that rest on the contract with the customer instead of on consent' }),
    quiet_hours: quietHoursSchema
      .meta({ description: 'On each recipient’s own clock; absent when there are none' })
      .optional(),
    managed_order_states: managedOrderStates
      .meta({ description: 'The order states customers are told of; absent: all' })
      .optional(),
    optin_page_url: z.string().meta({ description: 'Where people are asked in' }).optional(),
    registrations: registrationsSchema,
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Shop' })
