import { ACTIVITY, activityStatus, byAction, cartCount, FILE, ifPerson, ORDER, person } from './parts.ts'
import type { StarterWords } from './starter-words.ts'

/**
 * Nobody is called by name: Ukrainian would want the vocative (Олено, Тарасе), which no rule forms safely. Verbs of the
 * past tense would want the person's gender, so people act in the present or stand beside what happened.
 */
export const UKRAINIAN: StarterWords = {
  buttons: {
    order: 'Переглянути замовлення',
    track: 'Відстежити посилку',
    pay: 'Оплатити',
    pickup: 'Як отримати',
    cart: 'Повернутися до кошика',
    message: 'Відкрити повідомлення',
    activity: 'Відкрити справу',
    file: 'Відкрити файл',
  },
  labels: {
    total: 'Сума:',
    payment: 'Спосіб оплати:',
    refund: 'Сума повернення:',
    expected: 'Очікувана доставка:',
    carrier: 'Перевізник:',
    trackingNumber: 'Номер відправлення:',
    questions: 'Маєте запитання?',
    discountCode: 'Ваш код:',
    readAt: 'Прочитано:',
    changedBy: 'Хто оновив:',
    dueAt: 'Термін:',
    folder: 'Тека:',
    reader: 'Кому:',
    uploader: 'Від кого:',
    visitor: 'Хто:',
  },
  orders: {
    '': `Замовлення ${ORDER}: {{ order.status | order_status }}`,
    pending_payment: `Ваше замовлення ${ORDER} очікує на оплату`,
    paid: `Оплату за замовлення ${ORDER} отримано`,
    processing: `Готуємо ваше замовлення ${ORDER}`,
    shipped: `Ваше замовлення ${ORDER} вже в дорозі!`,
    out_for_delivery: `Кур’єр уже везе ваше замовлення ${ORDER}`,
    ready_for_pickup: `Ваше замовлення ${ORDER} можна забрати`,
    delivery_failed: `Не вдалося доставити ваше замовлення ${ORDER}`,
    delivered: `Ваше замовлення ${ORDER} доставлено`,
    cancelled: `Ваше замовлення ${ORDER} скасовано`,
    refunded: `Ми повернули вам кошти за замовлення ${ORDER}`,
    partially_refunded: `Ми повернули вам частину коштів за замовлення ${ORDER}`,
    returned: `Ми отримали повернене замовлення ${ORDER}`,
  },
  sentences: {
    pending_payment: 'Щойно надійде оплата, візьмемося до роботи.',
    paid: 'Дякуємо! Далі про все подбаємо ми.',
    delivered: 'Нехай покупка вас тішить!',
    refunded: 'Зарахування може тривати кілька днів.',
  },
  others: {
    'cart.abandoned': 'Ваш кошик чекає на вас',
    'message.created': ifPerson('sender', `${person('sender')} пише вам`, 'У вас нове повідомлення'),
    'message.read': 'Ваше повідомлення прочитано',
    'activity.status_changed': `Справа ${ACTIVITY}: ${activityStatus('відкрита', 'у роботі', 'виконана')}`,
    'activity.acknowledged': `${ifPerson('assignee', `${person('assignee')} вже знає про вашу справу`, 'Вашу справу взято до відома')}: ${ACTIVITY}`,
    'activity.due': `Не забудьте: ${ACTIVITY}`,
    'file.uploaded': `Новий файл: ${FILE}`,
    'file.accessed': `Файл ${byAction('завантажено на пристрій', 'переглянуто')}: ${FILE}`,
  },
  cartInAll: `усього ${cartCount('товар', 'товари', 'товарів', 'товару')}`,
  noMoreReminders: 'Не хочете таких нагадувань? Скористайтеся /settings',
  colon: ': ',
  clock: { before: ', ', after: '' },
}
