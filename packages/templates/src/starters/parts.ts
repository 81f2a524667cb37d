import type { StarterWords } from './starter-words.ts'

/*
 * The parts of the starter texts that need no translation. Only what people write at length is truncated, so that a message
 * stays one that is taken in at a glance; what is too long for Telegram in spite of it is cut when the message is composed.
 */

export const ORDER = '<b>{{ order.number }}</b>'

export const ACTIVITY = '<b>{{ activity.title | truncate(120) }}</b>'

export const FILE = '<b>{{ file.name | truncate(80) }}</b>'

export const FOLDER_AND_SIZE = '{{ folder.name }} · {{ file.size | file_size }}'

const FIRST_NAME = '{{ contact.name.first }}'

/** `Giulia, your order` for a reader whose name is known, `Your order` for any other. */
export function withName(called: string, uncalled: string): string {
  return either('contact.name.first', `${FIRST_NAME}, ${called}`, uncalled)
}

/** `Thank you, Giulia` or `Thank you`. */
export function andName(words: string): string {
  return words + either('contact.name.first', `, ${FIRST_NAME}`)
}

/** A sentence about somebody whose name the event has, where `person(field)` prints it, and one about nobody. */
export function ifPerson(field: string, withPerson: string, without: string): string {
  return either(`${field}.name.first`, withPerson, without)
}

export function person(field: string): string {
  return `{{ ${field}.name.first }}{% if ${field}.name.last %} {{ ${field}.name.last }}{% endif %}`
}

function either(field: string, present: string, absent?: string): string {
  const otherwise = absent === undefined ? '' : `{% else %}${absent}`
  return `{% if ${field} %}${present}${otherwise}{% endif %}`
}

/** A line of its own, left out with its label when the event does not have the field. */
export function line(label: string, field: string, printed = `{{ ${field} }}`): string {
  return either(field, `\n${label} ${printed}`)
}

/** Languages without the label name the person elsewhere. */
export function personLine(label: string | undefined, field: string): string {
  return label === undefined ? '' : line(label, `${field}.name.first`, person(field))
}

export function moneyLine(label: string, field: string): string {
  return line(label, field, `{{ ${field} | money }}`)
}

/** A number or a code that a tap copies. */
export function codeLine(label: string, field: string): string {
  return line(label, field, `<code>{{ ${field} }}</code>`)
}

export function dayLine(label: string, field: string): string {
  return line(label, field, `{{ ${field} | relative_day }}`)
}

export function dayAndTimeLine(
  label: string,
  field: string,
  { before, after }: StarterWords['clock'],
): string {
  return line(label, field, `{{ ${field} | relative_day }}${before}{{ ${field} | time }}${after}`)
}

/** The day of delivery, and its hours when both ends are of that day and apart. */
export function deliveryLine(label: string, after: string): string {
  return line(
    label,
    'delivery.eta_until',
    '{{ delivery.eta_until | relative_day }}' +
      '{% if delivery.eta_from and (delivery.eta_from | relative_day) == (delivery.eta_until | relative_day)' +
      ' and (delivery.eta_from | time) != (delivery.eta_until | time) %}' +
      `, {{ delivery.eta_from | time }}–{{ delivery.eta_until | time }}${after}{% endif %}`,
  )
}

export const ADDRESS = either('delivery.address', '\n📍 {{ delivery.address }}')

/** The shop's word on an order, on lines of its own. */
export const NOTE = either('note', '\n\n<blockquote>{{ note | truncate(400) }}</blockquote>')

/** Where the shop can be asked. */
export function questions(words: string): string {
  return either('shop.support_contact', `\n\n${words} {{ shop.support_contact | phone }}`)
}

/** The first three things in the cart, a line each; `inAll` stands below them when there are more. */
export function cartItems(inAll: string): string {
  return (
    '{% for item in cart.items %}{% if loop.index <= 3 %}' +
    '• {{ item.qty | number }} × {{ item.name | truncate(60) }}\n{% endif %}{% endfor %}' +
    `{% if (cart.items | length) > 3 %}… ${inAll}\n{% endif %}`
  )
}

/** How many different things the cart holds: `5 articoli`. */
export function cartCount(...forms: string[]): string {
  return `{{ cart.items | length }} {{ cart.items | length | plural("${forms.join('", "')}") }}`
}

export const ORDER_TOTAL = '{{ order.total | money }}'

export const CART_TOTAL = '<b>{{ cart.total | money }}</b>'

/** After the colon, when the message has one. */
export function subject(colon: string): string {
  return either('message.subject', `${colon}<b>{{ message.subject | truncate(120) }}</b>`)
}

export const EXCERPT = either(
  'message.excerpt',
  '\n\n<blockquote>{{ message.excerpt | truncate(400) }}</blockquote>',
)

/** States of the shop's own are shown as they are. */
export function activityStatus(open: string, inProgress: string, done: string): string {
  return (
    `{% if activity.status == "open" %}${open}{% elif activity.status == "in_progress" %}${inProgress}` +
    `{% elif activity.status == "done" %}${done}{% else %}{{ activity.status }}{% endif %}`
  )
}

/** What was done with a file. */
export function byAction(downloaded: string, previewed: string): string {
  return `{% if action == "downloaded" %}${downloaded}{% else %}${previewed}{% endif %}`
}
