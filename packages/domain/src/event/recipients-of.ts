import { KIND_RULES, type RecipientRole } from '../kind.ts'
import type { Person } from '../schema/person.ts'
import type { ShopEvent } from './parse-event.ts'

export interface Recipient {
  role: RecipientRole
  person: Person
}

/** Who is told about an event: the people of `data.to`, or else those of the kind's role; each person once. */
export function recipientsOf(event: ShopEvent): Recipient[] {
  const { to } = event.data
  const role = to === undefined ? KIND_RULES[event.type].role : 'to'
  const byId = new Map<string, Recipient>()
  for (const person of to ?? peopleInRole(event)) {
    if (!byId.has(person.external_id)) byId.set(person.external_id, { role, person })
  }
  return [...byId.values()]
}

function peopleInRole(event: ShopEvent): Person[] {
  switch (event.type) {
    case 'order.status_changed':
    case 'cart.abandoned':
      return [event.data.customer]
    case 'message.created':
      return [event.data.recipient]
    case 'message.read':
      return [event.data.sender]
    case 'activity.status_changed':
    case 'activity.acknowledged':
      return [event.data.creator]
    case 'activity.due':
      return [event.data.assignee]
    case 'file.uploaded':
    case 'file.accessed':
      return event.data.folder.admins
  }
}
