import { findGroup, takeOptinLink, type Group, type OptinLinkAim } from '@postino/database'
import { parseGroupKeyword } from '@postino/domain'
import type { ChatContext } from '../bot/say.ts'
import type { Command } from '../texts/read-command.ts'

/** How somebody comes in, or why not; `name` is what they called for. */
export type WayIn =
  | { status: 'open'; link?: OptinLinkAim; group?: Group }
  | {
      status: 'used' | 'expired' | 'revoked' | 'unknown' | 'no_such_group' | 'closed_group'
      name: string
    }

const GROUP_PARAMETER = /^g_([1-9]\d{0,17})$/
const MAX_NAME_CHARS = 32

/** What stands behind START: a link uses up its token, a group must be open, and nothing at all is a way in as well. */
export async function findWayIn(context: ChatContext, { argument, hasSlash }: Command): Promise<WayIn> {
  const { database, shop } = context
  if (argument === '') return { status: 'open' }
  const name = argument.slice(0, MAX_NAME_CHARS).toWellFormed()
  const [, groupId] = GROUP_PARAMETER.exec(argument) ?? []
  if (groupId !== undefined) {
    const group = await findGroup(database, shop.shopId, { id: groupId })
    return group === undefined ? { status: 'unknown', name } : wayIntoGroup(group)
  }
  if (hasSlash) {
    const link = await takeOptinLink(database, shop.shopId, { botId: shop.botId, token: argument })
    if (link.status === 'taken') return await wayByLink(context, link)
    if (link.status !== 'unknown') return { status: link.status, name }
  }
  const keyword = parseGroupKeyword(argument)
  const group = keyword === undefined ? undefined : await findGroup(database, shop.shopId, { keyword })
  if (group !== undefined) return wayIntoGroup(group)
  // Who types a command with something behind it has most likely opened a link.
  return { status: hasSlash ? 'unknown' : 'no_such_group', name }
}

function wayIntoGroup(group: Group): WayIn {
  return group.isOpen ? { status: 'open', group } : { status: 'closed_group', name: group.name }
}

/** A link of the shop's leads into its group, open or not. */
async function wayByLink({ database, shop }: ChatContext, link: OptinLinkAim): Promise<WayIn> {
  if (link.groupId === undefined) return { status: 'open', link }
  const group = await findGroup(database, shop.shopId, { id: link.groupId })
  return { status: 'open', link, ...(group !== undefined && { group }) }
}
