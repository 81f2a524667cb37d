import assert from 'node:assert/strict'
import {
  inTransaction,
  findGroup,
  findOptinLink,
  findShop,
  insertOptinLink,
  readOptinPageSettings,
  type Database,
  type FoundOptinLink,
  type Group,
} from '@postino/database'
import { invalidBody, notFound } from '@postino/http'
import { contactNameOf, lockContact } from '../../operation/contact-name.ts'
import { chooseBot } from './choose-bot.ts'
import type { LinkInput } from './schema.ts'

export interface CreatedLink {
  slug: string
  /** Only here, and never again. */
  token: string
  link: FoundOptinLink
}

/** Makes a link as a body asks for it; ends with a problem when it names what the shop has not. */
export async function createLink(
  database: Database,
  shopId: string,
  { body, requestId }: { body: LinkInput; requestId: string },
): Promise<CreatedLink> {
  const name = contactNameOf(body)
  return await inTransaction(database, async (trx) => {
    const shop = await findShop(trx, shopId)
    if (shop === undefined) throw notFound()
    const { settings } = await readOptinPageSettings(trx, shopId)
    const bot = await chooseBot(trx, shopId, { username: body.bot, preferred: settings.bot })
    const group = await getGroup(trx, shopId, body.group)
    // Nobody erases them meanwhile: the link would stay.
    const contact = name && (await lockContact(trx, shopId, name))
    const { id, token } = await insertOptinLink(trx, shopId, {
      botId: bot.id,
      contactId: contact?.id,
      email: body.email,
      groupId: group?.id,
      purposes: body.purposes ?? group?.purposes ?? settings.purposes,
      source: body.source,
      makesTester: body.makes_tester,
      locale: body.locale,
      evidence: { request_id: requestId },
      expiresInSeconds: body.expires_in_seconds,
    })
    const link = await findOptinLink(trx, shopId, { id })
    assert(link !== undefined, 'a link that was inserted is there')
    return { slug: shop.slug, token, link }
  })
}

async function getGroup(
  database: Database,
  shopId: string,
  keyword: string | undefined,
): Promise<Group | undefined> {
  if (keyword === undefined) return undefined
  const group = await findGroup(database, shopId, { keyword }, { isKept: true })
  if (group !== undefined) return group
  const detail = 'group is the keyword of no group of this shop: make one by POST /v1/groups.'
  throw invalidBody([{ pointer: '/group', code: 'unknown_group', detail }])
}
