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

const VIEW_ORDER = optionalButton('Vedi l’ordine', 'order.url')
const TRACK_PARCEL = optionalButton('Segui il pacco', 'delivery.tracking_url')
const OPEN_ACTIVITY = optionalButton('Apri l’attività', 'activity.url')
const OPEN_FILE = optionalButton('Apri il file', 'file.url')

const YOUR_ORDER = `{% if contact.name.first %}${FIRST_NAME}, il{% else %}Il{% endif %} tuo ordine ${ORDER_NUMBER}`

const QUESTIONS =
  '{% if shop.support_contact %}\n\nHai domande? {{ shop.support_contact | phone | truncate(80) }}{% endif %}'

const ORDERS: StarterSet['orders'] = {
  '': content(
    `📋 Ordine ${ORDER_NUMBER}: {{ order.status | order_status }}
{% if refund %}
Rimborso: {{ refund | money }}{% endif %}${NOTE}`,
    {
      text: 'Paga ora',
      url: '{% if order.status == "pending_payment" %}{{ payment.url | default("") }}{% endif %}',
    },
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  paid: content(
    `✅ Pagamento ricevuto per l’ordine ${ORDER_NUMBER}

Grazie{% if contact.name.first %}, ${FIRST_NAME}{% endif %}! Totale: {{ order.total | money }}{% if payment.method %} ({{ payment.method | truncate(60) }}){% endif %}. Ora ci pensiamo noi.${NOTE}`,
    VIEW_ORDER,
  ),
  shipped: content(
    `📦 ${YOUR_ORDER} è partito!
{% if delivery.eta_until %}
Arrivo previsto: {{ delivery.eta_until | relative_day }}{% endif %}{% if delivery.carrier %}
Corriere: {{ delivery.carrier | truncate(60) }}{% endif %}{% if delivery.tracking_number %}
Numero di spedizione: <code>{{ delivery.tracking_number | truncate(60) }}</code>{% endif %}${NOTE}`,
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  out_for_delivery: content(
    `🚚 ${YOUR_ORDER} è in consegna
{% if delivery.eta_until %}
Arrivo previsto: ${DELIVERY_HOURS}{% endif %}{% if delivery.carrier %}
Corriere: {{ delivery.carrier | truncate(60) }}{% endif %}${NOTE}`,
    TRACK_PARCEL,
    VIEW_ORDER,
  ),
  ready_for_pickup: content(
    `🛍️ ${YOUR_ORDER} è pronto per il ritiro
{% if delivery.address %}
📍 {{ delivery.address | truncate(200) }}{% endif %}${NOTE}`,
    optionalButton('Dettagli del ritiro', 'order.url'),
  ),
  delivered: content(
    `🎉 ${YOUR_ORDER} è stato consegnato

Speriamo che ti piaccia!${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
  cancelled: content(
    `L’ordine ${ORDER_NUMBER} è stato annullato
{% if refund %}
Ti rimborseremo {{ refund | money }}.{% endif %}${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
  refunded: content(
    `↩️ Ti abbiamo rimborsato {% if refund %}{{ refund | money }} per l’ordine{% else %}l’ordine{% endif %} ${ORDER_NUMBER}

Alla tua banca può servire qualche giorno per accreditare l’importo.${NOTE}${QUESTIONS}`,
    VIEW_ORDER,
  ),
}

const OTHERS: StarterSet['others'] = {
  'cart.abandoned': content(
    `🛒 {% if contact.name.first %}${FIRST_NAME}, il{% else %}Il{% endif %} tuo carrello ti aspetta

${CART_ITEMS}
Totale: <b>{{ cart.total | money }}</b>{% if discount_code %}
Il tuo codice sconto: <code>{{ discount_code | truncate(60) }}</code>{% endif %}`,
    { text: 'Torna al carrello', url: '{{ cart.recovery_url }}' },
  ),
  'message.created': content(
    `✉️ {% if sender.name.first %}${person('sender')} ti ha scritto{% else %}Hai un nuovo messaggio{% endif %}{% if message.subject %}: <b>{{ message.subject | truncate(120) }}</b>{% endif %}${EXCERPT}`,
    { text: 'Apri il messaggio', url: '{{ message.url }}' },
  ),
  'message.read': content(
    `👀 {% if recipient.name.first %}${person('recipient')} ha letto il tuo messaggio{% else %}Il tuo messaggio è stato letto{% endif %}{% if message.subject %}: <b>{{ message.subject | truncate(120) }}</b>{% endif %}
{% if read_at %}
{{ read_at | relative_day | capitalize }}, {{ read_at | time }}{% endif %}`,
    { text: 'Apri il messaggio', url: '{{ message.url }}' },
  ),
  'activity.status_changed': content(
    `🔄 Attività ${ACTIVITY_TITLE}: {% if activity.status == "open" %}aperta{% elif activity.status == "in_progress" %}in corso{% elif activity.status == "done" %}completata{% else %}{{ activity.status }}{% endif %}
{% if actor.name.first %}
Aggiornata da ${person('actor')}{% endif %}{% if activity.due_at %}
Scadenza: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'activity.acknowledged': content(
    `👍 {% if assignee.name.first %}${person('assignee')} ha preso visione della tua attività{% else %}Presa visione della tua attività{% endif %}: ${ACTIVITY_TITLE}
{% if activity.due_at %}
Scadenza: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'activity.due': content(
    `⏰ {% if contact.name.first %}${FIRST_NAME}, ricordati{% else %}Ricordati{% endif %}: ${ACTIVITY_TITLE}
{% if activity.due_at %}
Scadenza: ${DUE}{% endif %}`,
    OPEN_ACTIVITY,
  ),
  'file.uploaded': content(
    `📄 {% if actor.name.first %}${person('actor')} ha caricato{% else %}Nuovo file:{% endif %} ${FILE_NAME}

Cartella: ${FOLDER_AND_SIZE}`,
    OPEN_FILE,
  ),
  'file.accessed': content(
    `👁️ {% if actor.name.first %}${person('actor')} ha {% if action == "downloaded" %}scaricato{% else %}visto l’anteprima di{% endif %} ${FILE_NAME}{% else %}{% if action == "downloaded" %}File scaricato{% else %}Anteprima vista{% endif %}: ${FILE_NAME}{% endif %}

Cartella: ${FOLDER_AND_SIZE}`,
    OPEN_FILE,
  ),
}

export const ITALIAN: StarterSet = { orders: ORDERS, others: OTHERS }
