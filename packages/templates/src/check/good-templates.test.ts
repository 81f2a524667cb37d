import { expect, test } from 'vitest'
import { say } from './say-for-tests.ts'

test.each([
  // A condition on the field, or on the group it stands in where that is enough.
  '{% if delivery.carrier %}{{ delivery.carrier }}{% endif %}x',
  '{% if payment %}{{ payment.method }}{% endif %}x',
  '{% if payment.url %}{{ payment.method }}{% endif %}x',
  '{% if delivery.carrier is defined %}{{ delivery.carrier }}{% endif %}x',
  '{% if delivery.carrier is undefined %}x{% else %}{{ delivery.carrier }}{% endif %}',
  '{% if not refund %}x{% else %}{{ refund | money }}{% endif %}',
  '{% if refund and note %}{{ refund | money }}{{ note }}{% endif %}x',
  '{% if not (refund and note) %}x{% else %}{{ refund | money }}{{ note }}{% endif %}',
  '{% if not refund or not note %}x{% else %}{{ refund | money }}{{ note }}{% endif %}',
  '{% if refund %}{{ refund | money }}{% elif note %}{{ note }}{% else %}x{% endif %}',
  '{% if refund %}x{% elif not note %}x{% else %}{{ note }}{% endif %}',
  '{% if payment.method == "PayPal" %}{{ payment.method }}{% endif %}x',
  '{% if order.previous_status != "paid" %}x{% else %}{{ order.previous_status | order_status }}{% endif %}',
  '{% if note != none %}{{ note }}{% endif %}x',
  '{% if note | trim %}{{ note }}{% endif %}x',
  '{% if note | default("") %}{{ note }}{% endif %}x',
  '{% if (note | length) > 3 %}{{ note }}{% endif %}x',
  '{% if payment.method %}{% if payment.url %}{{ payment.method }}{% endif %}{% endif %}x',
  // A substitute.
  '{{ delivery.carrier | default("a carrier") }}',
  '{{ refund | money | default("nothing") }}',
  '{{ contact.name.first or "Hello" }}',
  '{{ note if note else "x" }}',
  'x{{ note if note }}',
  '{{ order.url | default("") | link("Your order") }}x',
  // Entries.
  '{% if order.items %}{{ order.items[0].name }}{% endif %}x',
  '{% if (order.items | length) >= 2 %}{{ order.items[1].name }}{% endif %}x',
  '{% for item in order.items %}{% if item.price %}{{ item.price | money }}{% endif %}{{ order.items[0].name }}{% else %}x{% endfor %}x',
  '{% for item in order.items %}{{ item.name }}{% if not loop.last %}, {% endif %}{% endfor %}x',
  '{{ order.items | list("name") }}x',
  '{{ order.items | length }} {{ order.items | length | plural("item", "items") }}',
  // What the shop itself sends.
  '{% if extra.gift %}{{ extra.gift }}{% endif %}x',
  '{% if contact.attributes.tier == "gold" %}x{% endif %}x {{ contact.attributes.tier | default("") }}',
  '{% for line in extra.lines %}{% if line.name %}{{ line.name }}{% endif %}{% endfor %}x',
  // Comparisons of what can be compared.
  '{% if order.total.amount > 50 and order.total.currency == "EUR" %}x{% endif %}x',
  '{% if order.status == "lost_in_space" %}x{% endif %}x',
  // Words with another meaning.
  'Free delivery from 50 €. We offer our apologies for the wait!',
])('%s is fine', (text) => {
  expect(say({ text })).toEqual([])
})

test.each([
  ['it', 'Consegna gratuita. Il saldo è stato pagato.'],
  ['de', 'Ihr Angebot liegt bei. Wir haben einen Gutschein erstattet.'],
  ['fr', 'La remise du colis est faite et le solde payé. Livraison offerte.'],
  ['uk', 'Транзакцію завершено, доставка безкоштовна.'],
  ['es', 'Entrega gratuita y saldo pagado.'],
  ['pl', 'Darmowa dostawa. Saldo opłacone.'],
])('in %s what only sounds like advertising is fine: %s', (locale, text) => {
  expect(say({ text, locale })).toEqual([])
})
