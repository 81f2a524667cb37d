import type { MessageToRender } from '@postino/database'
import { recipientsOf, type Person } from '@postino/domain'

/** The recipient as the event describes them: what the shop's own book does not know, the event may. */
export function personOf(message: MessageToRender): Person | undefined {
  return recipientsOf(message.event).find(({ person }) => person.external_id === message.recipient)?.person
}
