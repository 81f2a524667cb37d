import type { Update } from 'grammy/types'
import { z } from 'zod'

// Everything the features and grammY's filters read. What is not named here passes unread: most kinds of update are of no
// interest, and new ones come with every version of the Bot API (core.telegram.org/bots/api#update).

// Postgres takes no NUL, and its jsonb no half of a surrogate pair.
const text = z.string().transform((value) => value.toWellFormed().replaceAll('\0', ''))
const id = z.int()
const unixSeconds = z.int().min(0).max(4_294_967_295)
const entities = z.array(z.looseObject({ type: z.string(), offset: z.int(), length: z.int() })).optional()

const chat = z.looseObject({ id, type: z.string() })
const user = z.looseObject({
  id,
  first_name: text,
  last_name: text.optional(),
  username: text.optional(),
  language_code: text.optional(),
})
const contact = z.looseObject({ phone_number: text, user_id: id.optional() })
const message = z.looseObject({
  message_id: id,
  date: unixSeconds,
  chat,
  from: user.optional(),
  text: text.optional(),
  entities,
  caption: text.optional(),
  caption_entities: entities,
  contact: contact.optional(),
})
const callbackQuery = z.looseObject({
  id: text,
  from: user,
  data: text.optional(),
  message: z.looseObject({ message_id: id, date: unixSeconds, chat }).optional(),
})
const memberUpdate = z.looseObject({
  chat,
  from: user,
  date: unixSeconds,
  new_chat_member: z.looseObject({ status: z.string() }),
})
const update = z.looseObject({
  update_id: id,
  message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: memberUpdate.optional(),
})
const numbered = z.looseObject({ update_id: id })

export type ReadUpdate =
  | { status: 'read'; update: Update }
  /** An update, but of a form that we do not know; `places` says where, without what stands there. */
  | { status: 'unreadable'; updateId: number; places: string[] }
  | { status: 'no_update' }

/** Takes what came for an update, as far as anything here reads it. */
export function readUpdate(value: unknown): ReadUpdate {
  const parsed = update.safeParse(value)
  if (parsed.success) return { status: 'read', update: asUpdate(parsed.data) }
  const found = numbered.safeParse(value)
  if (!found.success) return { status: 'no_update' }
  const places = parsed.error.issues.slice(0, 5).map(({ path }) => path.join('.'))
  return { status: 'unreadable', updateId: found.data.update_id, places }
}

/** grammY's type describes every field of Telegram; checked are those that are read. */
function asUpdate(checked: z.infer<typeof update>): Update {
  return checked as unknown as Update
}
