/** Every kind of update, in the order the real server lists them. */
const UPDATE_TYPES = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'message_reaction',
  'message_reaction_count',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'purchased_paid_media',
  'managed_bot',
  'guest_message',
  'subscription',
  'stopped_message_generation',
] as const

export type UpdateType = (typeof UPDATE_TYPES)[number]

const ON_REQUEST: ReadonlySet<UpdateType> = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
])

export const DEFAULT_UPDATES: ReadonlySet<UpdateType> = new Set(
  UPDATE_TYPES.filter((type) => !ON_REQUEST.has(type)),
)

/**
 * What `allowed_updates` asks for. `undefined` when it is absent or no list of strings: the bot keeps what it had.
 * An empty list, and one of unknown names only, mean the default.
 */
export function parseAllowedUpdates(text: string): ReadonlySet<UpdateType> | undefined {
  if (text === '') return undefined
  let names: unknown
  try {
    names = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return undefined
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  const types = UPDATE_TYPES.filter((type) => wanted.has(type))
  return types.length === 0 ? DEFAULT_UPDATES : new Set(types)
}

/** The list for getWebhookInfo; `undefined` for the default, which is not shown. */
export function listAllowedUpdates(allowed: ReadonlySet<UpdateType>): UpdateType[] | undefined {
  const types = UPDATE_TYPES.filter((type) => allowed.has(type))
  const isDefault = types.length === DEFAULT_UPDATES.size && types.every((type) => DEFAULT_UPDATES.has(type))
  return isDefault ? undefined : types
}
