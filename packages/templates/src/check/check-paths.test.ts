import { EVENT_KINDS, fieldsOf, hiddenFieldsOf } from '@postino/domain'
import { expect, test } from 'vitest'
import { readTemplate } from '../language/read-template.ts'
import { starterTemplates } from '../starters/starter-templates.ts'
import { checkPaths } from './check-paths.ts'

function check(source: string): string[] {
  return checkPaths(readTemplate(source), 'order.status_changed').map(
    ({ place, message }) => `${place?.line}:${place?.column} ${message}`,
  )
}

test.each(EVENT_KINDS)('every field of %s may be read, and nothing that is hidden', (kind) => {
  const paths = fieldsOf(kind).flatMap(({ path, entries = [] }) => [
    path,
    ...entries.map((entry) => `${path}[0].${entry.path}`),
  ])
  for (const path of paths) expect(checkPaths(readTemplate(`{{ ${path} }}`), kind)).toEqual([])
  for (const { path } of hiddenFieldsOf(kind))
    expect(checkPaths(readTemplate(`{{ ${path} }}`), kind)).toHaveLength(1)
})

test('starter texts read what there is', () => {
  for (const { kind, content } of starterTemplates) {
    const known = EVENT_KINDS.find((one) => one === kind)
    if (known === undefined) throw new Error(`there is no kind ${kind}`)
    expect(checkPaths(readTemplate(content.text), known)).toEqual([])
  }
})

test.each([
  // A slip of the pen, in any part of the path.
  ['{{ order.totale }}', '1:4 `order.totale` does not exist for this event. Did you mean `order.total`?'],
  [
    '{{ ordr.items[0].name }}',
    '1:4 `ordr.items[0].name` does not exist for this event. Did you mean `order.items[0].name`?',
  ],
  [
    '{{ delivery.trackingUrl }}',
    '1:4 `delivery.trackingUrl` does not exist for this event. Did you mean `delivery.tracking_url`?',
  ],
  ['{{ ordr.totl }}', '1:4 `ordr.totl` does not exist for this event. Did you mean `order.total`?'],
  // The right name in the wrong place.
  ['{{ total }}', '1:4 `total` does not exist for this event. Did you mean `order.total`?'],
  [
    '{{ contact.first }}',
    '1:4 `contact.first` does not exist for this event. Did you mean `contact.name.first`?',
  ],
  [
    '{{ customer.firstname }}',
    '1:4 `customer.firstname` does not exist for this event. Did you mean `customer.name.first`?',
  ],
  // Nothing near: what there is.
  [
    '{{ shop.opening_hours }}',
    '1:4 `shop.opening_hours` does not exist for this event. `shop` has: name, support_contact.',
  ],
  [
    'Hi\n  {{ foo }}',
    '2:6 `foo` does not exist for this event. It has: order, customer, delivery, payment, refund, note, extra, contact, shop.',
  ],
  [
    '{{ order.number.x }}',
    '1:4 `order.number.x` does not exist for this event. `order.number` is a text and has no fields of its own.',
  ],
  // Lists.
  [
    '{{ order.items.name }}',
    '1:4 `order.items.name` does not exist for this event. `order.items` is a list: write {% for item in order.items %}{{ item.name }}{% endfor %}.',
  ],
  ['{{ order.number[0] }}', '1:4 `order.number` is a text, not a list, so there is no `order.number[0]`.'],
  [
    '{% for x in order.number %}{{ x.y }}{% endfor %}',
    '1:4 `order.number` is a text; {% for %} goes through a list, such as {% for item in order.items %}.',
  ],
  // Loops.
  [
    '{% for item in order.items %}{{ item.nmae }}{% endfor %}',
    '1:33 `item.nmae` does not exist for this event. Did you mean `item.name`?',
  ],
  [
    '{% for item in order.items %}{{ name }}{% endfor %}',
    '1:33 `name` does not exist for this event. Did you mean `item.name`?',
  ],
  [
    '{% for item in order.items %}{% endfor %}{{ item.name }}',
    '1:45 `item` is known only between its {% for item in … %} and {% endfor %}.',
  ],
  // In conditions, filters and links as well.
  [
    '{% if order.paid %}x{% endif %}',
    '1:7 `order.paid` does not exist for this event. `order` has: id, number, status, previous_status, total, url, items, placed_at, updated_at.',
  ],
  [
    '{{ "a" if order.statsu == "paid" }}',
    '1:11 `order.statsu` does not exist for this event. Did you mean `order.status`?',
  ],
  [
    '{{ order.uri | link("Open") }}',
    '1:4 `order.uri` does not exist for this event. Did you mean `order.url`?',
  ],
  // Hidden.
  [
    '{{ customer.email }}',
    '1:4 `customer.email` is not shown in messages: the reader may be somebody else. A person has `name.first` and `name.last` here; what must be said all the same goes into `extra`.',
  ],
  ['{{ order.sequence }}', '1:4 `order.sequence` is for programs and means nothing to people. Leave it out.'],
])('%s', (source, ...messages) => {
  expect(check(source)).toEqual(messages)
})

test.each([
  '{{ extra.a.b[0].c }}',
  '{% for line in extra.lines %}{{ line.name }}{{ loop.index }}{% endfor %}',
  '{% for order in order.items %}{{ order.name }}{% endfor %}',
  '{% for item in order.items %}{% for item in order.items %}{{ item.name }}{% endfor %}{{ item.qty }}{% endfor %}',
  '{{ order.total.currency }}',
])('%s reads what there may be', (source) => {
  expect(check(source)).toEqual([])
})
