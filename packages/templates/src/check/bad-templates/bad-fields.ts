import type { BadTemplate } from './bad-template.ts'

/** What cannot be read, does not exist, or is not what it is taken for. */
export const BAD_FIELDS: BadTemplate[] = [
  // The language.
  {
    text: '{{ order.number ',
    says: ['error language text 1:1: “{{” is never closed: write “}}” where it ends.'],
  },
  {
    text: '{% if refund %}x',
    says: ['error language text 1:1: {% if %} is never closed: write {% endif %} where it ends.'],
  },
  {
    text: '{{ order.number | bold }}',
    says: [
      'error language text 1:19: There is no filter “bold”. There are: capitalize, date, datetime, default, file_size, first, join, last, length, link, list, lower, money, number, order_status, phone, plural, relative_day, time, trim, truncate, upper, urlencode.',
    ],
  },
  {
    text: '{{ 1 + 1 }}',
    says: [
      'error language text 1:4: Templates neither add nor join with “+”. Write texts next to each other: {{ a }}{{ b }}.',
    ],
  },
  {
    text: 'Hi\n{% set a = 1 %}',
    says: [
      'error language text 2:1: Templates keep no values under names of their own ({% set %}): write the field where it is needed.',
    ],
  },
  // Markup.
  {
    text: '<b>{{ order.number }}',
    says: ['error markup_not_closed text 1:1: <b> is never closed. Write </b> where it ends.'],
  },
  {
    text: '<p>Hi</p>',
    says: [
      'error markup_unknown_tag text 1:1: Telegram has no <p>: write an empty line between paragraphs instead.',
    ],
  },
  {
    text: '{% if refund %}<b>{% endif %}x</b>',
    says: [
      'error markup_crosses_branch text 1:16: <b> is opened in this branch and not closed in it. Write </b> before the next {% elif %}, {% else %}, {% endif %} or {% endfor %}.',
      'error markup_closes_nothing text 1:31: </b> closes nothing: there is no <b> before it.',
    ],
  },
  {
    text: '<a href="https://shop.example/{{ order.id }}">x</a>',
    says: [
      'error markup_split_tag text 1:1: A link has an address that is written out, or one field that holds the whole address: <a href="{{ … }}">.',
    ],
  },
  {
    text: 'Fish & chips < 5 €',
    says: [
      'error markup_bracket text 1:14: A “<” begins a tag, and none follows. Write &lt; for the character.',
    ],
  },
  // Fields.
  {
    text: '{{ order.totale | money }}',
    says: [
      'error unknown_field text 1:4: `order.totale` does not exist for this event. Did you mean `order.total`?',
    ],
  },
  {
    text: '{{ total | money }}',
    says: [
      'error unknown_field text 1:4: `total` does not exist for this event. Did you mean `order.total`?',
    ],
  },
  {
    text: 'Hi {{ name }}',
    says: [
      'error unknown_field text 1:7: `name` does not exist for this event. Did you mean `customer.name.first`?',
    ],
  },
  {
    text: '{{ customer.email }}',
    says: [
      'error hidden_field text 1:4: `customer.email` is not shown in messages: the reader may be somebody else. A person has `name.first` and `name.last` here; what must be said all the same goes into `extra`.',
    ],
  },
  {
    text: '{% for person in to %}{{ person.name.first }}{% endfor %}',
    says: [
      'error hidden_field text 1:18: `to` is not shown in messages: the reader may be somebody else. A person has `name.first` and `name.last` here; what must be said all the same goes into `extra`.',
    ],
  },
  {
    text: '{{ order.sequence }}',
    says: [
      'error hidden_field text 1:4: `order.sequence` is for programs and means nothing to people. Leave it out.',
    ],
  },
  {
    text: '{% for item in order.items %}{{ item.title }}{% endfor %}',
    says: [
      'error unknown_field text 1:33: `item.title` does not exist for this event. `item` has: name, qty, price, image_url, url.',
    ],
  },
  {
    text: '{{ order.items.name }}',
    says: [
      'error unknown_field text 1:4: `order.items.name` does not exist for this event. `order.items` is a list: write {% for item in order.items %}{{ item.name }}{% endfor %}.',
    ],
  },
  {
    text: '{{ order.number[0] }}',
    says: [
      'error not_a_list text 1:4: `order.number` is a text, not a list, so there is no `order.number[0]`.',
    ],
  },
  {
    text: 'x{% for x in order.total %}{{ x }}{% endfor %}',
    says: [
      'error not_a_list text 1:5: `order.total` is an amount of money; {% for %} goes through a list, such as {% for item in order.items %}.',
    ],
  },
  {
    text: '{{ order.number }}',
    kind: 'cart.abandoned',
    says: [
      'error unknown_field text 1:4: `order.number` does not exist for this event. It has: cart, customer, discount_code, extra, contact, shop.',
    ],
  },
  // Types.
  {
    text: '{{ order.total }}',
    says: [
      'error whole_value text 1:1: `order.total` is an amount of money: write {{ order.total | money }}.',
    ],
  },
  {
    text: '{{ order.items }}',
    says: [
      'error whole_value text 1:1: `order.items` is a list: write {% for item in order.items %}{{ item.name }}{% endfor %}.',
    ],
  },
  {
    text: '{{ customer.name }}',
    says: [
      'error whole_value text 1:1: `customer.name` is a group of fields. Name one: {{ customer.name.first }}.',
    ],
  },
  {
    text: '{{ order.items | first }}',
    says: [
      'error whole_value text 1:1: What stands here is an entry with several fields. Name one: order.items[0].name.',
    ],
  },
  {
    text: '{{ order.number | money }}',
    says: [
      'error filter_input text 1:19: `order.number` is a text, and “money” takes an amount of money. Leave the filter out.',
    ],
  },
  {
    text: '{{ order.total | date }}',
    says: [
      'error filter_input text 1:18: `order.total` is an amount of money, and “date” takes a time. Write {{ order.total | money }}.',
    ],
  },
  {
    text: '{{ order.total.amount | money }}',
    says: [
      'error filter_input text 1:25: `order.total.amount` is a text, and “money” takes an amount of money. Write {{ order.total | money }}.',
    ],
  },
  {
    text: '{{ order.items | plural("item", "items") }}',
    says: [
      'error filter_input text 1:18: `order.items` is a list, and “plural” takes a number. Count it first: {{ order.items | length | plural(…) }}.',
    ],
  },
  {
    text: '{{ order.number | plural("item", "items") }}',
    says: [
      'warning filter_may_fail text 1:19: `order.number` is a text, and “plural” takes a number: the message fails where it is something else.',
    ],
  },
  {
    text: '{{ order.items | join(", ") }}',
    says: [
      'error list_field text 1:18: The entries of `order.items` have several fields. Say which: join(", ", "name").',
    ],
  },
  {
    text: '{{ order.items | list("nmae") }}',
    says: [
      'error list_field text 1:18: The entries of `order.items` have no field “nmae”. Did you mean list("name")?',
    ],
  },
  {
    text: '{{ order.items | list("price") }}',
    says: [
      'error list_field text 1:18: An entry of `order.items` may be without “price”, and then the message cannot be sent. Write {% for item in … %}{% if item.price %}…{% endif %}{% endfor %}.',
    ],
  },
  {
    text: '{{ refund | default("–") | money }}',
    says: [
      'error filter_input text 1:28: Where the field is missing, “money” gets what default gives, and it takes an amount of money. Put default last: … | money | default("…").',
    ],
  },
  {
    text: '{{ order.placed_at | date("dd/MM/yyyy") }}',
    says: [
      'error filter_argument text 1:22: The filter “date” takes one of the styles short, medium, long, full.',
    ],
  },
  {
    text: '{{ order.items | length | plural("item", 3) }}',
    says: ['error filter_argument text 1:27: The filter “plural” takes its forms as texts in quotes.'],
  },
  {
    text: '{{ order.number | truncate("x") }}',
    says: ['error filter_argument text 1:19: The filter “truncate” takes a whole number from 1 on.'],
  },
  {
    text: 'x{% if order.status == "lost" %}{{ order.placed_at | date("d/m") }}{% endif %}',
    says: [
      'error filter_argument text 1:54: The filter “date” takes one of the styles short, medium, long, full.',
    ],
  },
  {
    text: 'x{% if order.total > 50 %}x{% endif %}',
    says: [
      'error whole_compared text 1:20: `order.total` is an amount of money: compare `order.total.amount`.',
    ],
  },
  {
    text: 'x{% if order.items == 3 %}x{% endif %}',
    says: [
      'error whole_compared text 1:20: `order.items` is a list: compare its length, {% if (order.items | length) > 3 %}.',
    ],
  },
  {
    text: '{{ order.placed_at | link("Your order") }}',
    says: [
      'error filter_input text 1:1: `order.placed_at` is a time, and “link” takes an address. Write {{ order.placed_at | date }}.',
    ],
  },
]
