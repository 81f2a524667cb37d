import type { ContactExport } from '@postino/database'

const TIME = '2026-11-21T09:00:00.000Z'

/** An export with something in every part; every text a person or a shop wrote is `text`. For tests. */
export function exampleExport(text = 'Giulia'): ContactExport {
  const contact = exampleContact(text)
  return {
    format: 'postino.contact-export.1',
    exported_at: TIME,
    shop: { name: text, slug: 'bottega', support_contact: text, privacy_url: text },
    contact,
    former_contacts: [{ ...contact, id: '8' }],
    registrations: [
      {
        id: '1',
        bot: { username: text, name: text },
        chat_id: '70001',
        telegram_user_id: '70001',
        telegram_username: text,
        telegram_name: text,
        language_code: 'it',
        status: 'active',
        source: text,
        offered_purposes: ['marketing'],
        is_tester: true,
        created_at: TIME,
        status_changed_at: TIME,
      },
    ],
    groups: [{ keyword: text, name: text, source: text, joined_at: TIME, left_at: TIME, left_by: 'contact' }],
    consents: [
      {
        id: '3',
        contact_id: '7',
        purpose: 'order_updates',
        action: 'granted',
        wording: { id: 'order_updates', version: 2, hash: 'ab12', title: text, text },
        locale: 'it',
        source: text,
        actor: text,
        evidence: { update_id: 5, details_hash: 'cd34', [text]: text },
        details: { reference: text },
        recorded_at: TIME,
        hash: 'ef56',
        previous_hash: '0a1b',
      },
    ],
    merges: [
      { from_contact_id: '8', into_contact_id: '7', matched_by: 'phone', actor: text, merged_at: TIME },
    ],
    optin_links: [
      {
        id: '2',
        bot: text,
        purposes: ['marketing'],
        source: text,
        email: text,
        created_at: TIME,
        expires_at: TIME,
        used_at: TIME,
        revoked_at: null,
      },
    ],
    messages: exampleMessages(text),
    events: exampleEvents(text),
  }
}

function exampleContact(text: string): ContactExport['contact'] {
  return {
    id: '7',
    external_id: text,
    origin: 'shop',
    first_name: text,
    last_name: text,
    locale: 'it-IT',
    time_zone: 'Europe/Rome',
    phone: text,
    phone_verified_at: TIME,
    email: text,
    email_verified_at: null,
    birthday: '--05-12',
    attributes: { tier: text },
    granted_purposes: ['order_updates'],
    withdrawn_purposes: ['marketing'],
    created_at: TIME,
    updated_at: TIME,
    removed_at: null,
    erased_at: null,
  }
}

function exampleMessages(text: string): ContactExport['messages'] {
  return {
    total: 3,
    items: [
      {
        id: '9',
        event_id: text,
        kind: 'order.status_changed',
        state: text,
        purpose: 'order_updates',
        status: 'sent',
        reason: text,
        chat_id: '70001',
        content: {
          html: text,
          buttons: [[{ text, url: text }], [{ text, callbackData: text }], [{ text, copy: text }]],
          silent: false,
          media: [{ as: 'document', url: text, name: text }],
        },
        accepted_at: TIME,
        queued_at: TIME,
        ended_at: TIME,
        attempts: [{ started_at: TIME, ended_at: TIME, outcome: 'sent', description: text }],
        presses: [{ action: text, pressed_at: TIME }],
      },
    ],
  }
}

function exampleEvents(text: string): ContactExport['events'] {
  return {
    total: 1,
    items: [
      {
        id: text,
        source: text,
        kind: 'order.status_changed',
        accepted_at: TIME,
        people: [{ at: 'customer', person: { external_id: text } }],
        data: { note: text, customer: { external_id: text } },
      },
      {
        id: text,
        source: text,
        kind: text,
        accepted_at: TIME,
        people: [{ at: 'to/0', person: { external_id: text, email: text } }],
        data: null,
      },
    ],
  }
}
