import type { StarterSet } from './starter-set.ts'
import {
  ACTIVITY_TITLE,
  CART_ITEMS,
  content,
  DELIVERY_HOURS,
  DUE,
  EXCERPT,
  FILE_NAME,
  FIRST_NAME,
  FOLDER_AND_SIZE,
  NOTE,
  optionalButton,
  ORDER_NUMBER,
  person,
} from './starter-set.ts'

const VIEW_ORDER = optionalButton('View the order', 'order.url')
const TRACK_PARCEL = optionalButton('Track the parcel', 'delivery.tracking_url')
const OPEN_ACTIVITY = optionalButton('Open the activity', 'activity.url')
const OPEN_FILE = optionalButton('Open the file', 'file.url')

const YOUR_ORDER = `{% if contact.name.first %}${FIRST_NAME}, your{% else %}Your{% endif %} order ${ORDER_NUMBER}`

const QUESTIONS =
  '{% if shop.support_contact %}\n\nAny questions? {{ shop.support_contact | phone | truncate(80) }}{% endif %}'

const ORDERS: StarterSet['orders'] = {
  '': content(
    `📋 Order ${ORDER_NUMBER}: {{ order.status | order_status }}
{% if refund %}
Refund: {{ refund | money }}{% endif %}${NOTE}`,
    {
      text: 'Pay now',
      url: '{% if order.status == "pending_payment" %}{{ payment.url | default("") }}{% endif %}',
    },
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  paid: content(
    `✅ We have your payment for order ${ORDER_NUMBER}

Thank you{% if contact.name.first %}, ${FIRST_NAME}{% endif %}! Total: {{ order.total | money }}{% if payment.method %} ({{ payment.method | truncate(60) }}){% endif %}. We take it from here.${NOTE}`,
    VIEW_ORDER,
  ),
  shipped: content(
    `📦 ${YOUR_ORDER} is on its way!
{% if delivery.eta_until %}
Expected: {{ delivery.eta_until | relative_day }}{% endif %}{% if delivery.carrier %}
Carrier: {{ delivery.carrier | truncate(60) }}{% endif %}{% if delivery.tracking_number %}
Tracking number: <code>{{ delivery.tracking_number | truncate(60) }}</code>{% endif %}${NOTE}`,
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  out_for_delivery: content(
    `🚚 ${YOUR_ORDER} is out for delivery
{% if delivery.eta_until %}
Expected: ${DELIVERY_HOURS}{% endif %}{% if delivery.carrier %}
Carrier: {{ delivery.carrier | truncate(60) }}{% endif %}${NOTE}`,
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  ready_for_pickup: content(
    `🛍️ ${YOUR_ORDER} is ready for pickup
{% if delivery.address %}
📍 {{ delivery.address | truncate(200) }}{% endif %}${NOTE}`,
    optionalButton('Pickup details', 'order.url'),
  ),
  delivered: content(
    `🎉 ${YOUR_ORDER} has been delivered

We hope you like it!${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
  cancelled: content(
    `Order ${ORDER_NUMBER} has been cancelled
{% if refund %}
We will refund you {{ refund | money }}.{% endif %}${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
  refunded: content(
    `↩️ {% if refund %}We have refunded {{ refund | money }} for order{% else %}We have refunded your order{% endif %} ${ORDER_NUMBER}

It can take your bank a few days to show it.${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
}

const OTHERS: StarterSet['others'] = {
  'cart.abandoned': content(
    `🛒 {% if contact.name.first %}${FIRST_NAME}, your{% else %}Your{% endif %} cart is waiting for you

${CART_ITEMS}
Total: <b>{{ cart.total | money }}</b>{% if discount_code %}
Your discount code: <code>{{ discount_code | truncate(60) }}</code>{% endif %}`,
    { text: 'Back to the cart', url: '{{ cart.recovery_url }}' },
  ),
  'message.created': content(
    `✉️ {% if sender.name.first %}${person('sender')} wrote to you{% else %}You have a new message{% endif %}{% if message.subject %}: <b>{{ message.subject | truncate(120) }}</b>{% endif %}${EXCERPT}`,
    { text: 'Open the message', url: '{{ message.url }}' },
  ),
  'message.read': content(
    `👀 {% if recipient.name.first %}${person('recipient')} has read your message{% else %}Your message has been read{% endif %}{% if message.subject %}: <b>{{ message.subject | truncate(120) }}</b>{% endif %}
{% if read_at %}
{{ read_at | relative_day | capitalize }}, {{ read_at | time }}{% endif %}`,
    { text: 'Open the message', url: '{{ message.url }}' },
  ),
  'activity.status_changed': content(
    `🔄 Activity ${ACTIVITY_TITLE}: {% if activity.status == "open" %}open{% elif activity.status == "in_progress" %}in progress{% elif activity.status == "done" %}done{% else %}{{ activity.status }}{% endif %}
{% if actor.name.first %}
Updated by ${person('actor')}{% endif %}{% if activity.due_at %}
Due: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'activity.acknowledged': content(
    `👍 {% if assignee.name.first %}${person('assignee')} has taken note of your activity{% else %}Your activity has been noted{% endif %}: ${ACTIVITY_TITLE}
{% if activity.due_at %}
Due: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'activity.due': content(
    `⏰ {% if contact.name.first %}${FIRST_NAME}, don’t{% else %}Don’t{% endif %} forget: ${ACTIVITY_TITLE}
{% if activity.due_at %}
Due: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'file.uploaded': content(
    `📄 {% if actor.name.first %}${person('actor')} uploaded{% else %}New file:{% endif %} ${FILE_NAME}

Folder: ${FOLDER_AND_SIZE}`,
    OPEN_FILE,
  ),
  'file.accessed': content(
    `👁️ {% if actor.name.first %}${person('actor')} {% if action == "downloaded" %}downloaded{% else %}previewed{% endif %} ${FILE_NAME}{% else %}${FILE_NAME} was {% if action == "downloaded" %}downloaded{% else %}previewed{% endif %}{% endif %}

Folder: ${FOLDER_AND_SIZE}`,
    OPEN_FILE,
  ),
}

export const ENGLISH: StarterSet = { orders: ORDERS, others: OTHERS }
