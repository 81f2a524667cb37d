import { findNamedContact, listTesters } from '@postino/database'
import { invalidBody } from '@postino/http'
import type { Ask } from '../../../ask.ts'
import { contactNameOf, type NameFields } from '../../../operation/contact-name.ts'
import { conflict } from '../../../problems.ts'

const WAY_OUT =
  'Make an opt-in link with "makes_tester": true, by POST /v1/optin-links, and open it on the phone it is to arrive on.'

/** The tester a body names, or the only one there is. Ends with a problem that names the way out when there is none such. */
export async function chooseTester(
  ask: Ask,
  { shopId, name: fields }: { shopId: string; name: NameFields },
): Promise<{ contactId: string; externalId: string }> {
  const name = contactNameOf(fields)
  const named = name && (await ask((database) => findNamedContact(database, shopId, name)))
  if (name !== undefined && named === undefined) {
    const field = 'id' in name ? 'contact_id' : 'external_id'
    const detail = `${field} names no contact of this shop.`
    throw invalidBody([{ pointer: `/${field}`, code: 'unknown_contact', detail }])
  }
  const testers = await ask((database) => listTesters(database, shopId, { contactId: named?.id, limit: 2 }))
  const [tester, ...others] = testers
  if (tester === undefined) {
    throw conflict(
      named === undefined
        ? `The shop has no tester with an open chat. ${WAY_OUT}`
        : `This contact has no open chat as a tester. ${WAY_OUT}`,
    )
  }
  if (others.length > 0)
    throw conflict(
      'The shop has several testers: name one by external_id. GET /v1/registrations?tester=true lists them.',
    )
  return tester
}
