import { ACTIVITY, activityStatus, byAction, cartCount, FILE, ifPerson, ORDER, person } from './parts.ts'
import type { StarterWords } from './starter-words.ts'

/**
 * Nobody is called by name: Polish would want the vocative (Anno, Tomku), which no rule forms safely. Verbs of the past
 * tense would want the person's gender, so people act in the present or stand beside what happened. `Twoje` and `Ci` have
 * capitals, as in a letter.
 */
export const POLISH: StarterWords = {
  buttons: {
    order: 'Zobacz zamówienie',
    track: 'Śledź przesyłkę',
    pay: 'Zapłać teraz',
    pickup: 'Szczegóły odbioru',
    cart: 'Wróć do koszyka',
    message: 'Otwórz wiadomość',
    activity: 'Otwórz zadanie',
    file: 'Otwórz plik',
  },
  labels: {
    total: 'Razem:',
    payment: 'Płatność:',
    refund: 'Kwota zwrotu:',
    expected: 'Przewidywana dostawa:',
    carrier: 'Przewoźnik:',
    trackingNumber: 'Numer przesyłki:',
    questions: 'Masz pytania?',
    discountCode: 'Twój kod:',
    readAt: 'Przeczytano:',
    changedBy: 'Kto zmienił:',
    dueAt: 'Termin:',
    folder: 'Folder:',
    reader: 'Do:',
    uploader: 'Od:',
    visitor: 'Kto:',
  },
  orders: {
    '': `Zamówienie ${ORDER}: {{ order.status | order_status }}`,
    pending_payment: `Twoje zamówienie ${ORDER} czeka na płatność`,
    paid: `Płatność za zamówienie ${ORDER} została przyjęta`,
    processing: `Przygotowujemy Twoje zamówienie ${ORDER}`,
    shipped: `Twoje zamówienie ${ORDER} jest już w drodze!`,
    out_for_delivery: `Kurier już wiezie Twoje zamówienie ${ORDER}`,
    ready_for_pickup: `Twoje zamówienie ${ORDER} czeka na odbiór`,
    delivery_failed: `Nie udało się dostarczyć Twojego zamówienia ${ORDER}`,
    delivered: `Twoje zamówienie ${ORDER} zostało dostarczone`,
    cancelled: `Twoje zamówienie ${ORDER} zostało anulowane`,
    refunded: `Zwracamy Ci pieniądze za zamówienie ${ORDER}`,
    partially_refunded: `Zwracamy Ci część pieniędzy za zamówienie ${ORDER}`,
    returned: `Zwrot zamówienia ${ORDER} dotarł do nas`,
  },
  sentences: {
    pending_payment: 'Zabierzemy się do pracy, gdy tylko otrzymamy płatność.',
    paid: 'Dziękujemy! Resztą zajmiemy się my.',
    delivered: 'Mamy nadzieję, że zakup Cię ucieszy!',
    refunded: 'Może to potrwać kilka dni.',
  },
  others: {
    'cart.abandoned': 'Twój koszyk czeka na Ciebie',
    'message.created': ifPerson('sender', `${person('sender')} pisze do Ciebie`, 'Masz nową wiadomość'),
    'message.read': 'Twoja wiadomość została przeczytana',
    'activity.status_changed': `Zadanie ${ACTIVITY}: ${activityStatus('otwarte', 'w toku', 'zakończone')}`,
    'activity.acknowledged': `${ifPerson('assignee', `${person('assignee')} już wie o Twoim zadaniu`, 'Twoje zadanie zostało odnotowane')}: ${ACTIVITY}`,
    'activity.due': `Nie zapomnij: ${ACTIVITY}`,
    'file.uploaded': `Nowy plik: ${FILE}`,
    'file.accessed': `${byAction('Pobrano', 'Wyświetlono')} plik: ${FILE}`,
  },
  cartInAll: `łącznie ${cartCount('produkt', 'produkty', 'produktów', 'produktu')}`,
  noMoreReminders: 'Nie chcesz już takich przypomnień? Użyj /settings',
  colon: ': ',
  clock: { before: ', ', after: '' },
}
