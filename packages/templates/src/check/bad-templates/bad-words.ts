import type { BadTemplate } from './bad-template.ts'

/** Addresses, buttons, words, and what a locked phone shows. */
export const BAD_WORDS: BadTemplate[] = [
  // Addresses and buttons.
  {
    text: 'Hi',
    buttons: [[{ text: 'Open', url: 'www.shop.example' }]],
    says: ['error not_an_address buttons.0.0.url 1:1: An address begins with https://.'],
  },
  {
    text: 'Hi',
    buttons: [[{ text: 'Open', url: 'http://shop.example/' }]],
    says: [
      'warning insecure_address buttons.0.0.url 1:1: This address is not encrypted. Write https:// if your shop has it.',
    ],
  },
  {
    text: '<a href="http://shop.example/">x</a>',
    says: [
      'warning insecure_address text 1:10: This address is not encrypted. Write https:// if your shop has it.',
    ],
  },
  {
    text: 'Hi',
    buttons: [[{ text: 'Open', url: '{{ order.number }}' }]],
    says: [
      'error render_failed buttons.0.0.url: With the example of this kind: the address does not begin with https:// or http://.',
      'warning text_in_address buttons.0.0.url 1:1: `order.number` is no address. Use a field that is one, or begin with https://.',
    ],
  },
  {
    text: 'Hi',
    buttons: [[{ text: 'Open', url: 'https://shop.example/{{ order.number }}' }]],
    says: [
      'warning text_in_address buttons.0.0.url 1:22: `order.number` may hold a blank, and such an address keeps the message from being sent. Write {{ order.number | urlencode }}.',
    ],
  },
  {
    text: 'Hi',
    buttons: [[{ text: 'Open', url: 'https://shop.example/{{ delivery.tracking_number | default("") }}' }]],
    says: [
      'warning text_in_address buttons.0.0.url 1:22: `delivery.tracking_number` may hold a blank, and such an address keeps the message from being sent. Write {{ delivery.tracking_number | urlencode }}.',
    ],
  },
  {
    text: 'Hi',
    kind: 'cart.abandoned',
    buttons: [[{ text: 'Back', url: 'https://shop.example/{{ cart.token | default("") }}' }]],
    says: [
      'warning incomplete_address buttons.0.0.url 1:22: Without `cart.token` this address leads nowhere. Write {% if cart.token %} before the whole address and {% endif %} behind it.',
    ],
  },
  {
    text: 'Hi',
    buttons: [[{ text: '<b>Open</b>', url: 'https://shop.example/' }]],
    says: [
      'warning plain_markup buttons.0.0.text 1:1: Here <b> would be shown as it stands: a button has plain text.',
      'warning plain_markup buttons.0.0.text 1:8: Here </b> would be shown as it stands: a button has plain text.',
    ],
  },
  {
    text: 'Hi',
    buttons: [[{ text: '{{ note | default("") }}', url: 'https://shop.example/' }]],
    says: [
      'error empty_text buttons.0.0.text: Without the fields that may be missing: nothing is left of it. Add a word that always stands there.',
    ],
  },
  {
    text: 'Hi',
    buttons: [[{ text: 'Copy', copy: '{{ note | default("") }}' }]],
    says: ['error render_failed buttons.0.0.copy: With long data: a button copies at most 256 characters.'],
  },
  {
    text: 'Hi',
    media: [{ type: 'auto', url: 'https://shop.example/a', size: '{{ order.number }}' }],
    says: [
      'error render_failed media.0.size: With the example of this kind: the size is a whole number of bytes: {{ file.size }}.',
    ],
  },
  {
    text: 'Hi',
    media: [
      { type: 'photo', file_id: 'A' },
      { type: 'photo', file_id: 'B' },
    ],
    buttons: [[{ text: 'Ok', action: 'ok' }]],
    says: [
      'error content buttons: A message with a button that acts or copies takes one file: Telegram shows no buttons under several.',
    ],
  },
  // Words.
  {
    text: 'Your order is paid. Special offer: save up to 20!',
    says: [
      'warning marketing_words text 1:21: “Special offer” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
      'warning marketing_words text 1:36: “save up to” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
    ],
  },
  {
    text: 'Ordine pagato. Approfitta dello sconto: -20%',
    locale: 'it',
    says: [
      'warning marketing_words text 1:16: “Approfitta” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
      'warning marketing_words text 1:33: “sconto” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
      'warning marketing_words text 1:41: “-20%” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
    ],
  },
  {
    text: 'Замовлення сплачено. Знижки на все!',
    locale: 'uk',
    says: [
      'warning marketing_words text 1:22: “Знижки” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
    ],
  },
  {
    text: 'Bezahlt. Jetzt kaufen: 10 % Rabatt',
    locale: 'de',
    says: [
      'warning marketing_words text 1:10: “Jetzt kaufen” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
      'warning marketing_words text 1:29: “Rabatt” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
    ],
  },
  {
    text: 'Payé. Profitez des soldes',
    locale: 'fr',
    says: [
      'warning marketing_words text 1:7: “Profitez” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
    ],
  },
  {
    text: 'Pagado. Aprovecha el descuento',
    locale: 'es',
    says: [
      'warning marketing_words text 1:9: “Aprovecha” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
      'warning marketing_words text 1:22: “descuento” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
    ],
  },
  {
    text: 'Opłacone. Kod rabatowy, tylko dziś',
    locale: 'pl',
    says: [
      'warning marketing_words text 1:15: “rabatowy” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
      'warning marketing_words text 1:25: “tylko dziś” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
    ],
  },
  {
    text: 'Your cart waits: discount inside',
    kind: 'cart.abandoned',
    says: [
      'warning no_way_out text: A reminder that advertises says how to end it, such as: /stop ends these messages.',
      'warning marketing_words text 1:18: “discount” sounds like advertising, and whoever gets this has not agreed to any. Leave it out, or keep it for those who agreed to offers.',
    ],
  },
  {
    text: 'YOUR ORDER IS ON ITS WAY',
    says: [
      'warning capitals text: Most of it is in capitals, which reads as if you shouted. Write as you would speak.',
    ],
  },
  {
    text: 'On its way!!',
    says: ['warning exclamations text 1:11: One exclamation mark is enough; several look like advertising.'],
  },
  {
    text: 'Hi! Your order! Is! Here!',
    says: ['warning exclamations text: There are more than 3 exclamation marks. Keep one or two.'],
  },
  // A locked phone.
  {
    text: 'Parcel for {{ delivery.address | default("you") }}',
    says: [
      'warning sensitive_preview text 1:12: `delivery.address` stands in the first line, which a locked phone shows to everybody. Move it down, or write a preview.',
    ],
  },
  {
    text: '{{ sender.name.first | default("Somebody") }}: {{ message.excerpt | default("…") }}',
    kind: 'message.created',
    says: [
      'warning sensitive_preview text 1:48: `message.excerpt` stands in the first line, which a locked phone shows to everybody. Move it down, or write a preview.',
    ],
  },
  {
    text: 'Hi',
    preview: 'To {{ delivery.address | default("you") }}',
    says: [
      'warning sensitive_preview preview 1:4: `delivery.address` would stand on a locked phone for everybody to see. Keep it for the text below.',
    ],
  },
  // The template as a whole.
  { text: 'Hi', kind: 'order.sold', says: ['error unknown_kind : There are no events of this kind.'] },
  {
    text: 'Hi',
    kind: 'cart.abandoned',
    state: 'paid',
    says: ['warning unknown_state : Events of this kind have no states: this text is never used.'],
  },
  {
    text: 'Hi',
    kind: 'file.accessed',
    state: 'deleted',
    says: ['warning unknown_state : “deleted” is never the state. It is one of: downloaded, previewed.'],
  },
  {
    text: 'Hi',
    state: 'shiped',
    says: [
      'warning unknown_state : Did you mean the state “shipped” by “shiped”? If it is a state of your own, all is well.',
    ],
  },
]
