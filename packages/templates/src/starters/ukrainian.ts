import type { StarterSet } from './starter-set.ts'
import {
  ACTIVITY_TITLE,
  CART_ITEMS,
  content,
  DELIVERY_HOURS,
  DUE,
  EXCERPT,
  FILE_NAME,
  FOLDER_AND_SIZE,
  NOTE,
  optionalButton,
  ORDER_NUMBER,
  person,
} from './starter-set.ts'

/*
 * Nobody is called by name: Ukrainian would want the vocative (Олено, Тарасе), which no rule forms safely. Verbs of the
 * past tense would want the person's gender, so people stand beside what happened instead of doing it.
 */

const VIEW_ORDER = optionalButton('Переглянути замовлення', 'order.url')
const TRACK_PARCEL = optionalButton('Відстежити посилку', 'delivery.tracking_url')
const OPEN_ACTIVITY = optionalButton('Відкрити справу', 'activity.url')
const OPEN_FILE = optionalButton('Відкрити файл', 'file.url')

const YOUR_ORDER = `Ваше замовлення ${ORDER_NUMBER}`

const QUESTIONS =
  '{% if shop.support_contact %}\n\nМаєте запитання? {{ shop.support_contact | phone | truncate(80) }}{% endif %}'

const ORDERS: StarterSet['orders'] = {
  '': content(
    `📋 Замовлення ${ORDER_NUMBER}: {{ order.status | order_status }}
{% if refund %}
Повернення: {{ refund | money }}{% endif %}${NOTE}`,
    {
      text: 'Оплатити',
      url: '{% if order.status == "pending_payment" %}{{ payment.url | default("") }}{% endif %}',
    },
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  paid: content(
    `✅ Оплату за замовлення ${ORDER_NUMBER} отримано

Дякуємо! Сума: {{ order.total | money }}{% if payment.method %} ({{ payment.method | truncate(60) }}){% endif %}. Далі про все подбаємо ми.${NOTE}`,
    VIEW_ORDER,
  ),
  shipped: content(
    `📦 ${YOUR_ORDER} вже в дорозі!
{% if delivery.eta_until %}
Очікувана доставка: {{ delivery.eta_until | relative_day }}{% endif %}{% if delivery.carrier %}
Перевізник: {{ delivery.carrier | truncate(60) }}{% endif %}{% if delivery.tracking_number %}
Номер відправлення: <code>{{ delivery.tracking_number | truncate(60) }}</code>{% endif %}${NOTE}`,
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  out_for_delivery: content(
    `🚚 ${YOUR_ORDER} вже везе кур’єр
{% if delivery.eta_until %}
Очікувана доставка: ${DELIVERY_HOURS}{% endif %}{% if delivery.carrier %}
Перевізник: {{ delivery.carrier | truncate(60) }}{% endif %}${NOTE}`,
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  ready_for_pickup: content(
    `🛍️ ${YOUR_ORDER} можна забрати
{% if delivery.address %}
📍 {{ delivery.address | truncate(200) }}{% endif %}${NOTE}`,
    optionalButton('Як отримати', 'order.url'),
  ),
  delivered: content(
    `🎉 ${YOUR_ORDER} доставлено

Сподіваємося, вам сподобається!${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
  cancelled: content(
    `Замовлення ${ORDER_NUMBER} скасовано
{% if refund %}
Ми повернемо вам {{ refund | money }}.{% endif %}${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
  refunded: content(
    `↩️ {% if refund %}Ми повернули вам {{ refund | money }} за замовлення{% else %}Ми повернули вам кошти за замовлення{% endif %} ${ORDER_NUMBER}

Банк може зарахувати їх за кілька днів.${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
}

const OTHERS: StarterSet['others'] = {
  'cart.abandoned': content(
    `🛒 Ваш кошик чекає на вас

${CART_ITEMS}
Разом: <b>{{ cart.total | money }}</b>{% if discount_code %}
Ваш код знижки: <code>{{ discount_code | truncate(60) }}</code>{% endif %}`,
    { text: 'Повернутися до кошика', url: '{{ cart.recovery_url }}' },
  ),
  'message.created': content(
    `✉️ {% if sender.name.first %}${person('sender')} пише вам{% else %}У вас нове повідомлення{% endif %}{% if message.subject %}: <b>{{ message.subject | truncate(120) }}</b>{% endif %}${EXCERPT}`,
    { text: 'Відкрити повідомлення', url: '{{ message.url }}' },
  ),
  'message.read': content(
    `👀 Ваше повідомлення прочитано{% if message.subject %}: <b>{{ message.subject | truncate(120) }}</b>{% endif %}
{% if recipient.name.first %}
Адресат: ${person('recipient')}{% endif %}{% if read_at %}
{{ read_at | relative_day | capitalize }}, {{ read_at | time }}{% endif %}`,
    { text: 'Відкрити повідомлення', url: '{{ message.url }}' },
  ),
  'activity.status_changed': content(
    `🔄 Справа ${ACTIVITY_TITLE}: {% if activity.status == "open" %}відкрита{% elif activity.status == "in_progress" %}у роботі{% elif activity.status == "done" %}виконана{% else %}{{ activity.status }}{% endif %}
{% if actor.name.first %}
Автор змін: ${person('actor')}{% endif %}{% if activity.due_at %}
Термін: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'activity.acknowledged': content(
    `👍 Вашу справу взято до відома: ${ACTIVITY_TITLE}
{% if assignee.name.first %}
Виконує: ${person('assignee')}{% endif %}{% if activity.due_at %}
Термін: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'activity.due': content(
    `⏰ Не забудьте: ${ACTIVITY_TITLE}
{% if activity.due_at %}
Термін: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'file.uploaded': content(
    `📄 Новий файл: ${FILE_NAME}
{% if actor.name.first %}
Від кого: ${person('actor')}{% endif %}
Тека: ${FOLDER_AND_SIZE}`,
    OPEN_FILE,
  ),
  'file.accessed': content(
    `👁️ Файл {% if action == "downloaded" %}завантажено{% else %}переглянуто{% endif %}: ${FILE_NAME}
{% if actor.name.first %}
Користувач: ${person('actor')}{% endif %}
Тека: ${FOLDER_AND_SIZE}`,
    OPEN_FILE,
  ),
}

export const UKRAINIAN: StarterSet = { orders: ORDERS, others: OTHERS }
