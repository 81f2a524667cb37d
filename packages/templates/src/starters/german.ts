import { ACTIVITY, activityStatus, byAction, cartCount, FILE, ifPerson, ORDER, person } from './parts.ts'
import type { StarterWords } from './starter-words.ts'

/**
 * The reader is `Sie`: the customers of any shop accept it, a pharmacy's as well as a fashion shop's, while `du` pleases some and
 * puts off others. A shop that says `du` changes these texts. Beside a `Sie` nobody is called by the first name, and for `Frau` or
 * `Herr` one would have to know.
 */
export const GERMAN: StarterWords = {
  buttons: {
    order: 'Bestellung ansehen',
    track: 'Sendung verfolgen',
    pay: 'Jetzt bezahlen',
    pickup: 'Infos zur Abholung',
    cart: 'Zum Warenkorb',
    message: 'Nachricht öffnen',
    activity: 'Aufgabe öffnen',
    file: 'Datei öffnen',
  },
  labels: {
    total: 'Gesamtbetrag:',
    payment: 'Zahlungsart:',
    refund: 'Erstattung:',
    expected: 'Voraussichtliche Zustellung:',
    carrier: 'Paketdienst:',
    trackingNumber: 'Sendungsnummer:',
    questions: 'Haben Sie Fragen?',
    discountCode: 'Ihr Code:',
    readAt: 'Gelesen:',
    changedBy: 'Geändert von',
    dueAt: 'Fällig:',
    folder: 'Ordner:',
  },
  orders: {
    '': `Bestellung ${ORDER}: {{ order.status | order_status }}`,
    pending_payment: `Für Ihre Bestellung ${ORDER} steht die Zahlung noch aus`,
    paid: `Ihre Zahlung für Bestellung ${ORDER} ist eingegangen`,
    processing: `Wir bereiten Ihre Bestellung ${ORDER} vor`,
    shipped: `Ihre Bestellung ${ORDER} ist unterwegs!`,
    out_for_delivery: `Ihre Bestellung ${ORDER} ist in der Zustellung`,
    ready_for_pickup: `Ihre Bestellung ${ORDER} liegt zur Abholung bereit`,
    delivery_failed: `Ihre Bestellung ${ORDER} konnte nicht zugestellt werden`,
    delivered: `Ihre Bestellung ${ORDER} wurde zugestellt`,
    cancelled: `Ihre Bestellung ${ORDER} wurde storniert`,
    refunded: `Wir haben Ihnen die Bestellung ${ORDER} erstattet`,
    partially_refunded: `Wir haben Ihnen einen Teil der Bestellung ${ORDER} erstattet`,
    returned: `Ihre Rücksendung zur Bestellung ${ORDER} ist bei uns angekommen`,
  },
  sentences: {
    pending_payment: 'Sobald Ihre Zahlung da ist, legen wir los.',
    paid: 'Vielen Dank! Wir kümmern uns um alles Weitere.',
    delivered: 'Viel Freude damit!',
    refunded: 'Es kann ein paar Tage dauern, bis der Betrag auf Ihrem Konto erscheint.',
  },
  others: {
    'cart.abandoned': 'Ihr Warenkorb wartet auf Sie',
    'message.created': ifPerson(
      'sender',
      `${person('sender')} hat Ihnen geschrieben`,
      'Sie haben eine neue Nachricht',
    ),
    'message.read': ifPerson(
      'recipient',
      `${person('recipient')} hat Ihre Nachricht gelesen`,
      'Ihre Nachricht wurde gelesen',
    ),
    'activity.status_changed': `Aufgabe ${ACTIVITY}: ${activityStatus('offen', 'in Arbeit', 'erledigt')}`,
    'activity.acknowledged': `${ifPerson('assignee', `${person('assignee')} hat Ihre Aufgabe gesehen`, 'Ihre Aufgabe wurde gesehen')}: ${ACTIVITY}`,
    'activity.due': `Nicht vergessen: ${ACTIVITY}`,
    'file.uploaded': `${ifPerson('actor', `${person('actor')} hat eine Datei hochgeladen`, 'Neue Datei')}: ${FILE}`,
    'file.accessed': `${ifPerson('actor', `${person('actor')} hat eine Datei ${byAction('heruntergeladen', 'angesehen')}`, `Datei ${byAction('heruntergeladen', 'angesehen')}`)}: ${FILE}`,
  },
  cartInAll: `insgesamt ${cartCount('Artikel', 'Artikel')}`,
  noMoreReminders: 'Keine Erinnerungen mehr gewünscht? /settings',
  colon: ': ',
  clock: { before: ', ', after: '\u00a0Uhr' },
}
