import type { TemplateContent } from '@postino/domain'
import {
  ADDRESS,
  CART_TOTAL,
  cartItems,
  codeLine,
  dayAndTimeLine,
  dayLine,
  deliveryLine,
  EXCERPT,
  FOLDER_AND_SIZE,
  line,
  moneyLine,
  NOTE,
  ORDER_TOTAL,
  personLine,
  questions,
  subject,
} from './parts.ts'
import type { OrderTextState, OtherKind, StarterWords } from './starter-words.ts'

/** What all languages have in common: what is told of each state, in which order, with which sign and buttons. */
export function orderTexts(words: StarterWords): Record<OrderTextState, TemplateContent> {
  const { labels, buttons, orders, sentences } = words
  const total = `\n${labels.total} ${ORDER_TOTAL}${line(labels.payment, 'payment.method')}`
  const refund = moneyLine(labels.refund, 'refund')
  const expected = dayLine(labels.expected, 'delivery.eta_until')
  const carrier = line(labels.carrier, 'delivery.carrier')
  const trackingNumber = codeLine(labels.trackingNumber, 'delivery.tracking_number')
  const noteAndQuestions = NOTE + questions(labels.questions)
  const view = optionalButton(buttons.order, 'order.url')
  const track = optionalButton(buttons.track, 'delivery.tracking_url')
  const pay = optionalButton(buttons.pay, 'payment.url')
  const pickup = optionalButton(buttons.pickup, 'order.url')

  return {
    '': content(`📋 ${orders['']}\n${refund}${noteAndQuestions}`, track, view),
    pending_payment: content(
      `⏳ ${orders.pending_payment}\n${total}\n\n${sentences.pending_payment}${NOTE}`,
      pay,
      view,
    ),
    paid: content(`✅ ${orders.paid}\n${total}\n\n${sentences.paid}${NOTE}`, view),
    processing: content(`${orders.processing}\n${expected}${NOTE}`, view),
    shipped: content(`📦 ${orders.shipped}\n${expected}${carrier}${trackingNumber}${NOTE}`, track, view),
    out_for_delivery: content(
      `🚚 ${orders.out_for_delivery}\n${deliveryLine(labels.expected, words.clock.after)}${carrier}${NOTE}`,
      track,
      view,
    ),
    ready_for_pickup: content(`🛍️ ${orders.ready_for_pickup}\n${ADDRESS}${NOTE}`, pickup),
    delivery_failed: content(
      `⚠️ ${orders.delivery_failed}\n${carrier}${trackingNumber}${noteAndQuestions}`,
      track,
      view,
    ),
    delivered: content(`🎉 ${orders.delivered}\n\n${sentences.delivered}${noteAndQuestions}`, view),
    cancelled: content(`${orders.cancelled}\n${refund}${noteAndQuestions}`, view),
    refunded: content(`↩️ ${orders.refunded}\n${refund}\n\n${sentences.refunded}${noteAndQuestions}`, view),
    partially_refunded: content(
      `↩️ ${orders.partially_refunded}\n${refund}\n\n${sentences.refunded}${noteAndQuestions}`,
      view,
    ),
    returned: content(`📥 ${orders.returned}\n${refund}${noteAndQuestions}`, view),
  }
}

/** The same of all other kinds. */
export function otherTexts(words: StarterWords): Record<OtherKind, TemplateContent> {
  const { labels, buttons, others, clock } = words
  const due = dayAndTimeLine(labels.dueAt, 'activity.due_at', clock)
  const folder = `\n${labels.folder} ${FOLDER_AND_SIZE}`
  const openMessage = { text: buttons.message, url: '{{ message.url }}' }
  const openActivity = optionalButton(buttons.activity, 'activity.url')
  const openFile = optionalButton(buttons.file, 'file.url')

  return {
    'cart.abandoned': content(
      `🛒 ${others['cart.abandoned']}\n\n${cartItems(words.cartInAll)}\n${labels.total} ${CART_TOTAL}${codeLine(labels.discountCode, 'discount_code')}\n\n${words.noMoreReminders}`,
      { text: buttons.cart, url: '{{ cart.recovery_url }}' },
    ),
    'message.created': content(
      `✉️ ${others['message.created']}${subject(words.colon)}${EXCERPT}`,
      openMessage,
    ),
    'message.read': content(
      `👀 ${others['message.read']}${subject(words.colon)}\n${personLine(labels.reader, 'recipient')}${dayAndTimeLine(labels.readAt, 'read_at', clock)}`,
      openMessage,
    ),
    'activity.status_changed': content(
      `🔄 ${others['activity.status_changed']}\n${personLine(labels.changedBy, 'actor')}${due}`,
      openActivity,
    ),
    'activity.acknowledged': content(`👍 ${others['activity.acknowledged']}\n${due}`, openActivity),
    'activity.due': content(`⏰ ${others['activity.due']}\n${due}`, openActivity),
    'file.uploaded': content(
      `📄 ${others['file.uploaded']}\n${personLine(labels.uploader, 'actor')}${folder}`,
      openFile,
    ),
    'file.accessed': content(
      `👁️ ${others['file.accessed']}\n${personLine(labels.visitor, 'actor')}${folder}`,
      openFile,
    ),
  }
}

type Button = TemplateContent['buttons'][number][number]

/** Each button has a row of its own. */
function content(text: string, ...buttons: Button[]): TemplateContent {
  return { text, buttons: buttons.map((button) => [button]), silent: false }
}

/** A button that is left out when the event has no such address. */
function optionalButton(text: string, urlField: string): Button {
  return { text, url: `{{ ${urlField} | default("") }}` }
}
