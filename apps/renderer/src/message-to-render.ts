import type { PublishedTemplate } from '@postino/database'
import { EXAMPLES, type ShopEvent } from '@postino/domain'
import type { MessageOfShop } from './decide-message.ts'

/** In the afternoon of 18 November 2026, in Rome. */
export const RENDERED_AT_MS = Date.parse('2026-11-18T15:06:40Z')

/** For tests: an order update for somebody who agreed to it. */
export function messageToRender(change: Partial<MessageOfShop> = {}): MessageOfShop {
  return {
    shopId: '1',
    shopRevision: 0,
    shopMode: 'live',
    id: '10',
    kind: 'order.status_changed',
    state: 'shipped',
    purpose: 'order_updates',
    lane: 0,
    recipient: 'customer-2071',
    revision: 0,
    hasNumber: false,
    nowMs: RENDERED_AT_MS,
    acceptedAtMs: RENDERED_AT_MS - 5,
    deadlineAtMs: null,
    isTest: false,
    testedTemplate: null,
    // The examples are valid events.
    event: EXAMPLES['order.status_changed'] as unknown as ShopEvent,
    shop: {
      id: '1',
      revision: 0,
      name: 'Bottega',
      locale: 'it',
      timeZone: 'Europe/Rome',
      supportContact: null,
      contractPurposes: [],
      managedOrderStates: null,
      quietHours: null,
      attachmentPolicy: null,
    },
    contact: {
      id: '20',
      firstName: 'Giulia',
      lastName: null,
      attributes: {},
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
    templateId: '40',
    version: 3,
    kind: 'order.status_changed',
    state: '',
    locale: 'it',
    content: { text: 'x', buttons: [], silent: false },
    ...change,
  }
}
