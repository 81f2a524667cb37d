import type { BadTemplate } from './bad-template.ts'

/** What may be missing, never comes true, or comes out badly. */
export const BAD_VALUES: BadTemplate[] = [
  // What may be missing.
  {
    text: '{{ delivery.carrier }}',
    says: [
      'error missing_fallback text 1:1: `delivery.carrier` may be missing, as `delivery` may be, and then the message cannot be sent. Write {% if delivery.carrier %}…{% endif %} around it, or {{ delivery.carrier | default("…") }}.',
    ],
  },
  {
    text: '{{ payment.method }}',
    says: [
      'error missing_fallback text 1:1: `payment.method` may be missing, as `payment` may be, and then the message cannot be sent. Write {% if payment.method %}…{% endif %} around it, or {{ payment.method | default("…") }}.',
    ],
  },
  {
    text: '{{ refund | money }}',
    says: [
      'error missing_fallback text 1:1: `refund` may be missing, and then the message cannot be sent. Write {% if refund %}…{% endif %} around it, or end with | default("…").',
    ],
  },
  {
    text: '{{ order.items[0].name }}',
    says: [
      'error missing_fallback text 1:1: `order.items[0].name` may be missing, as `order.items[0]` may be, and then the message cannot be sent. Write {% if order.items[0].name %}…{% endif %} around it, or {{ order.items[0].name | default("…") }}.',
    ],
  },
  {
    text: '{% for item in order.items %}{{ item.price | money }}{% endfor %}x',
    says: [
      'error missing_fallback text 1:30: `item.price` may be missing, and then the message cannot be sent. Write {% if item.price %}…{% endif %} around it, or end with | default("…").',
    ],
  },
  {
    text: '{% if not refund %}{{ refund | money }}{% endif %}x',
    says: [
      'error missing_fallback text 1:20: `refund` may be missing, and then the message cannot be sent. Write {% if refund %}…{% endif %} around it, or end with | default("…").',
    ],
  },
  {
    text: '{% if delivery.carrier or note %}{{ delivery.carrier }}{% endif %}x',
    says: [
      'error missing_fallback text 1:34: `delivery.carrier` may be missing, as `delivery` may be, and then the message cannot be sent. Write {% if delivery.carrier %}…{% endif %} around it, or {{ delivery.carrier | default("…") }}.',
    ],
  },
  {
    text: '{{ order.url | link("Your order") }}',
    says: [
      'error missing_fallback text 1:1: `order.url` may be missing, and then the message cannot be sent. Write {{ order.url | default("") | link("Your order") }}: without an address nothing is shown.',
    ],
  },
  {
    text: '{{ contact.attributes.tier }} customer',
    says: [
      'error missing_fallback text 1:1: `contact.attributes.tier` may be missing, as `contact.attributes` may be, and then the message cannot be sent. Write {% if contact.attributes.tier %}…{% endif %} around it, or {{ contact.attributes.tier | default("…") }}.',
    ],
  },
  {
    text: 'Gift: {{ extra.gift }}',
    says: [
      'error missing_fallback text 1:7: `extra.gift` may be missing, as `extra` may be, and then the message cannot be sent. Write {% if extra.gift %}…{% endif %} around it, or {{ extra.gift | default("…") }}.',
    ],
  },
  {
    text: 'Hi',
    buttons: [[{ text: 'Open', url: '{{ order.url }}' }]],
    says: [
      'error missing_fallback buttons.0.0.url 1:1: `order.url` may be missing. Write {{ order.url | default("") }}: without an address it is left out.',
    ],
  },
  {
    text: 'Hi',
    buttons: [[{ text: 'Copy', copy: '{{ delivery.tracking_number }}' }]],
    says: [
      'error missing_fallback buttons.0.0.copy 1:1: `delivery.tracking_number` may be missing, as `delivery` may be. Write {{ delivery.tracking_number | default("") }}: with nothing to copy the button is left out.',
    ],
  },
  {
    text: 'Hi',
    media: [{ type: 'auto', url: '{{ order.items[0].image_url }}' }],
    says: [
      'error missing_fallback media.0.url 1:1: `order.items[0].image_url` may be missing, as `order.items[0]` may be. Write {{ order.items[0].image_url | default("") }}: without an address it is left out.',
    ],
  },
  {
    text: 'Hi',
    preview: 'Hi {{ contact.name.first }}',
    says: [
      'error missing_fallback preview 1:4: `contact.name.first` may be missing, and then the message cannot be sent. Write {% if contact.name.first %}…{% endif %} around it, or {{ contact.name.first | default("…") }}.',
    ],
  },
  // Comparisons, and what people would not understand.
  {
    text: '{{ file.name }}{% if action == "deleted" %} is gone{% endif %}',
    kind: 'file.accessed',
    says: [
      'warning impossible_comparison text 1:29: `action` is never "deleted". It is one of: downloaded, previewed.',
    ],
  },
  {
    text: 'x{% if order.status == "shiped" %}x{% endif %}',
    says: [
      'warning impossible_comparison text 1:21: Did you mean "shipped" by "shiped"? If `order.status` has such a state of your own, all is well.',
    ],
  },
  {
    text: 'Shipped{% if order.status == "paid" %} and paid{% endif %}',
    state: 'shipped',
    says: [
      'warning impossible_state text 1:27: This text is for the state “shipped” alone, so `order.status` is never "paid" here.',
    ],
  },
  {
    text: '{{ order.placed_at }}: {{ order.status }}',
    says: [
      'warning raw_value text 1:1: `order.placed_at` would be shown as programs write it: write {{ order.placed_at | date }} or {{ order.placed_at | datetime }}.',
      'warning raw_value text 1:24: `order.status` would be shown as programs write it: write {{ order.status | order_status }}.',
    ],
  },
  {
    text: '{{ order.url is defined }}',
    says: [
      'warning raw_value text 1:1: This would be shown as programs write it: true or false. Write {% if … %}.',
    ],
  },
  {
    text: '{{ file.name }}, {{ file.size }}',
    kind: 'file.uploaded',
    says: [
      'warning raw_value text 1:18: `file.size` would be shown as programs write it: write {{ file.size | file_size }}.',
    ],
  },
  // What comes out.
  {
    text: '{{ note | default("") }}',
    says: [
      'error empty_text text: Without the fields that may be missing: nothing is left of it. Add a word that always stands there.',
    ],
  },
  {
    text: '{% if order.status == "paid" %}Paid{% endif %}',
    says: [
      'error empty_text text: With the example of this kind: nothing is left of it. Add a word that always stands there.',
    ],
  },
  {
    text: '{% if order.status == "paid" %}{{ note | default("") }}{% else %}Your order{% endif %}',
    says: [
      'error empty_text text: Without the fields that may be missing, in the state “paid”: nothing is left of it. Add a word that always stands there.',
    ],
  },
  {
    text: 'Order\n{% for item in order.items %}\n{{ item.name }}: {{ item.qty }} × {{ item.price | money | default("–") }}, {{ item.url | default("–") }}{% endfor %}',
    says: [
      'warning too_much_work text: With 200 entries in each list this is more work than a message may take, and it would not be sent. Show fewer entries, such as {% if loop.index <= 10 %}, or use fewer filters.',
      'warning too_long text 2:4: With long data this has some 45000 characters, and Telegram shows 4096: what follows here would be cut. Show fewer entries: {% for item in … %}{% if loop.index <= 5 %}…{% endif %}{% endfor %}.',
    ],
  },
  {
    text: 'Your order\nis on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. is on its way. ',
    media: [{ type: 'photo', file_id: 'AgAC' }],
    says: [
      'warning too_long_for_file text: With the example this has 1210 characters, and Telegram shows 1024 under a file: the file would be sent as a link. Make the text shorter.',
    ],
  },
  {
    text: 'Your order is on its way, and we are as glad about it as you will be when it stands before your door, well packed, in one piece and, as we hope, sooner than you thought. ',
    says: [
      'warning long_first_line text: The first line has some 169 characters; a locked phone shows about 150. Begin with what matters, then go on in a new line.',
    ],
  },
  {
    text: '📦\nYour order',
    says: [
      'warning empty_first_line text: The first line has no word, and a locked phone shows little more. Say there what it is about.',
    ],
  },
  {
    text: 'Your order{% for item in order.items %}\n{{ item.name | upper | truncate(9) | lower | trim | capitalize }}: {{ item.price | money | default("–") }}{% endfor %}',
    says: [
      'warning too_much_work text: With 200 entries in each list this is more work than a message may take, and it would not be sent. Show fewer entries, such as {% if loop.index <= 10 %}, or use fewer filters.',
    ],
  },
  {
    text: 'Hi',
    preview: '🔒',
    says: [
      'warning empty_first_line preview: The first line has no word, and a locked phone shows little more. Say there what it is about.',
    ],
  },
  {
    text: 'Hi',
    preview: '<b>Your order</b>',
    says: [
      'warning plain_markup preview 1:1: Here <b> would be shown as it stands: a preview has plain text.',
      'warning plain_markup preview 1:14: Here </b> would be shown as it stands: a preview has plain text.',
    ],
  },
]
