import { recipientsOf, type Person, type ShopEvent } from '@postino/domain'

/** What a shop's book says of somebody; null where it does not know. */
export interface BookEntry {
  firstName: string | null
  lastName: string | null
  /** What else the shop keeps of them, for its templates. */
  attributes: Readonly<Record<string, unknown>>
}

export interface ShopToName {
  name: string
  supportContact: string | null
}

/** A recipient as the event describes them: what the shop's own book does not know, the event may. */
export function personOf(event: ShopEvent, recipient: string): Person | undefined {
  return recipientsOf(event).find(({ person }) => person.external_id === recipient)?.person
}

/** What a template may read: the fields of the event's data, `contact` and `shop`; the book goes before the event about the person. */
export function templateData(
  event: ShopEvent,
  {
    contact,
    person,
    locale,
    shop,
  }: { contact: BookEntry; person?: Person; locale?: string; shop: ShopToName },
): Record<string, unknown> {
  return {
    ...event.data,
    contact: {
      name: {
        first: contact.firstName ?? person?.name?.first,
        last: contact.lastName ?? person?.name?.last,
      },
      locale,
      attributes: contact.attributes,
    },
    shop: { name: shop.name, support_contact: shop.supportContact ?? undefined },
  }
}
