import type { EventKind, TemplateContent } from '@postino/domain'

/** `''` is the text for every state that has none of its own. */
type OrderTextState =
  | ''
  | 'paid'
  | 'shipped'
  | 'out_for_delivery'
  | 'ready_for_pickup'
  | 'delivered'
  | 'cancelled'
  | 'refunded'

/** The starter texts of one language. */
export interface StarterSet {
  orders: Record<OrderTextState, TemplateContent>
  others: Record<Exclude<EventKind, 'order.status_changed'>, TemplateContent>
}

type Button = TemplateContent['buttons'][number][number]

/** A text with its buttons, each on a row of its own. */
export function content(text: string, ...buttons: Button[]): TemplateContent {
  return { text: text.trim(), buttons: buttons.map((button) => [button]), silent: false }
}

/** A button that is left out when the event has no such address. */
export function optionalButton(text: string, urlField: string): Button {
  return { text, url: `{{ ${urlField} | default("") }}` }
}

/** The name of a person who has one, in a text guarded by `{% if <field>.name.first %}`. */
export function person(field: string): string {
  return `{{ ${field}.name.first | truncate(40) }}{% if ${field}.name.last %} {{ ${field}.name.last | truncate(40) }}{% endif %}`
}

/*
 * Parts that need no translation. The lengths keep every text below Telegram's 4096 characters, whatever the event
 * holds: texts of events may be 4096 characters long themselves, and `truncate(n)` gives at most 2n UTF-16 units.
 */

export const ORDER_NUMBER = '<b>{{ order.number | truncate(40) }}</b>'

export const FIRST_NAME = '{{ contact.name.first | truncate(40) }}'

/** The shop's word on an order, on lines of its own. */
export const NOTE = '{% if note %}\n\n<blockquote>{{ note | truncate(400) }}</blockquote>{% endif %}'

/** The day, and the hours when both are of that day. */
export const DELIVERY_HOURS =
  '{{ delivery.eta_until | relative_day }}' +
  '{% if (delivery.eta_from | relative_day) == (delivery.eta_until | relative_day) %}' +
  ', {{ delivery.eta_from | time }}–{{ delivery.eta_until | time }}{% endif %}'

/** The first three things in the cart, a line each. */
export const CART_ITEMS =
  '{% for item in cart.items %}{% if loop.index <= 3 %}' +
  '• {{ item.qty | number }} × {{ item.name | truncate(60) }}\n{% endif %}{% endfor %}' +
  '{% if (cart.items | length) > 3 %}…\n{% endif %}'

export const DUE = '{{ activity.due_at | relative_day }}, {{ activity.due_at | time }}'

export const ACTIVITY_TITLE = '<b>{{ activity.title | truncate(120) }}</b>'

export const FILE_NAME = '<b>{{ file.name | truncate(80) }}</b>'

export const FOLDER_AND_SIZE = '{{ folder.name | truncate(80) }} · {{ file.size | file_size }}'

export const EXCERPT =
  '{% if message.excerpt %}\n\n<blockquote>{{ message.excerpt | truncate(400) }}</blockquote>{% endif %}'
