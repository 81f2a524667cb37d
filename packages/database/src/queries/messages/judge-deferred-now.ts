import { sql, type RawBuilder } from 'kysely'

/**
 * Statement part: has what is deferred for a contact, by whichever name, rendered at once instead of when its time has come, so
 * that it ends for what is true of the contact now, or is deferred again. What somebody else moves just now is left to them.
 */
export function judgeDeferredNow(contact: {
  shopId: RawBuilder<unknown> | string
  contactId: RawBuilder<unknown> | string
}): RawBuilder<unknown> {
  const { shopId, contactId } = contact
  return sql`
    update messages message set due_at = now()
    from (
      select shop_id, id from messages
      where shop_id = ${shopId} and ended_at is null and status = 'accepted' and due_at > now() and recipient = any (array(
        select external_id from contacts where shop_id = ${shopId} and id = ${contactId}
        union all
        select external_id from contacts where shop_id = ${shopId} and merged_into = ${contactId}))
      for update skip locked
    ) deferred where message.shop_id = deferred.shop_id and message.id = deferred.id and message.ended_at is null`
}
