import type { MessageToRender, PublishedTemplate } from '@postino/database'
import { EXAMPLES, type ShopEvent } from '@postino/domain'

/** For tests: an order update for somebody who agreed to it. */
export function messageToRender(change: Partial<MessageToRender> = {}): MessageToRender {
  return {
    shopId: '1',
    id: '10',
    kind: 'order.status_changed',
    state: 'shipped',
    purpose: 'order_updates',
    recipient: 'customer-2071',
    revision: 0,
    isExpired: false,
    // The examples are valid events.
    event: EXAMPLES['order.status_changed'] as unknown as ShopEvent,
    shop: {
      name: 'Bottega',
      locale: 'it',
      timeZone: 'Europe/Rome',
      supportContact: null,
      contractPurposes: [],
      managedOrderStates: null,
      attachmentPolicy: null,
      mode: 'live',
    },
    contact: {
      id: '20',
      firstName: 'Giulia',
      lastName: null,
      locale: null,
      timeZone: null,
      grantedPurposes: ['order_updates'],
      withdrawnPurposes: [],
    },
    registration: {
      id: '30',
      botId: '2',
      chatId: '501',
      status: 'active',
      languageCode: 'de',
      isTester: false,
      isOverQuota: false,
    },
    ...change,
  }
}

export function publishedTemplate(change: Partial<PublishedTemplate> = {}): PublishedTemplate {
  return {
    shopId: '1',
    templateId: '40',
    version: 3,
    kind: 'order.status_changed',
    state: '',
    locale: 'it',
    content: { text: 'x', buttons: [], silent: false },
    ...change,
  }
}
