import { estimateReach, findGroup, type Reach } from '@postino/database'
import { PURPOSES } from '@postino/domain'
import { notFound } from '@postino/http'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'

const query = z.strictObject({
  purpose: z.enum(PURPOSES).meta({ description: 'What they would be told about' }),
})

const count = (description: string) => z.int().min(0).meta({ description })

const reachSchema = z
  .strictObject({
    total: count('Contacts, with a registration or without'),
    reachable: count('With an open registration'),
    consenting: count('Reachable, and with a right to be told about the purpose: a consent, or the contract'),
    deliverable: count(
      'Who would get a message now: consenting, with a place in the quota, and not outside the sandbox',
    ),
    not_registered: count('Have never opened a chat with a bot of the shop'),
    blocked: count('Blocked the bot'),
    stopped: count('Said STOP'),
    revoked: count('Were revoked by the shop, or gave their chat to somebody else'),
    over_quota: count('Reachable, but one more than the quota has room for'),
    outside_sandbox: count('Reachable, but the shop is in the sandbox, and they are none of its testers'),
  })
  .meta({
    id: 'Reach',
    description: 'How many people can be told something now; each counts once, by their best chat',
  })

export function reachOperations({ ask }: RouteDependencies): Operation[] {
  const getReach = operation({
    method: 'GET',
    path: '/v1/reach',
    operationId: 'getReach',
    tag: 'Groups',
    summary: 'How many of all contacts can be told',
    description: 'Counted now, over the shop’s whole book.',
    scope: 'contacts:read',
    query,
    answers: { 200: { description: 'The reach', schema: reachSchema } },
    async handle({ shopId, query: { purpose } }) {
      return {
        status: 200,
        json: showReach(await ask((database) => estimateReach(database, shopId, { purpose }))),
      }
    },
  })

  const getGroupReach = operation({
    method: 'GET',
    path: '/v1/groups/{id}/reach',
    operationId: 'getGroupReach',
    tag: 'Groups',
    summary: 'How many of a group can be told',
    description: 'Counted now, over all who are in the group.',
    scope: 'contacts:read',
    query,
    answers: { 200: { description: 'The reach', schema: reachSchema } },
    async handle({ shopId, params: { id: groupId }, query: { purpose } }) {
      const group = await ask((database) => findGroup(database, shopId, { id: groupId }))
      if (group === undefined) throw notFound()
      const reach = await ask((database) => estimateReach(database, shopId, { purpose, groupId }))
      return { status: 200, json: showReach(reach) }
    },
  })

  return [getReach, getGroupReach]
}

function showReach(reach: Reach): object {
  return {
    total: reach.total,
    reachable: reach.reachable,
    consenting: reach.consenting,
    deliverable: reach.deliverable,
    not_registered: reach.notRegistered,
    blocked: reach.blocked,
    stopped: reach.stopped,
    revoked: reach.revoked,
    over_quota: reach.overQuota,
    outside_sandbox: reach.outsideSandbox,
  }
}
