import { sql, type RawBuilder } from 'kysely'

/**
 * Why `message` may not be sent to its `registration` of its `contact` at its `shop` now; null when it may. The same rule as in
 * packages/domain `consent.ts`, of which rendering asks.
 */
export function claimRefusal(): RawBuilder<string | null> {
  return sql`
    case
      when contact.erased_at is not null then 'erased'
      when message.deadline_at <= now() then 'deadline_passed'
      -- The chat became another contact's, or is gone: what was meant for this one must not be read there.
      when registration.contact_id is distinct from message.contact_id then 'not_registered'
      when registration.status <> 'active' then 'registration_' || registration.status
      when message.is_test then case when not registration.is_tester then 'not_a_tester' end
      when shop.mode = 'sandbox' and not registration.is_tester then 'sandbox'
      when registration.is_over_quota then 'quota'
      when message.purpose = any (contact.withdrawn_purposes) then 'consent_withdrawn'
      when message.purpose = any (contact.granted_purposes) or message.purpose = any (shop.contract_purposes) then
        case when message.quiet_from <= now() and message.status = 'queued' then 'quiet_hours' end
      else 'no_consent'
    end`
}
