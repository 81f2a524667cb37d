import {
  addGroupMembers,
  findGroup,
  listGroupMembers,
  removeGroupMember,
  type GroupMember,
} from '@postino/database'
import { notFound, PAGE_PARAMETERS, pageOf } from '@postino/http'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { additionResultSchema, memberAdditionSchema, memberListSchema } from './schema.ts'

export function memberOperations({ ask }: RouteDependencies): Operation[] {
  const listMembers = operation({
    method: 'GET',
    path: '/v1/groups/{id}/members',
    operationId: 'listGroupMembers',
    tag: 'Groups',
    summary: 'List who is in a group',
    description: 'Contacts with and without a registration. Who left is not among them.',
    scope: 'contacts:read',
    query: z.strictObject(PAGE_PARAMETERS),
    answers: { 200: { description: 'A page of members', schema: memberListSchema } },
    async handle({ shopId, params: { id: groupId }, query }) {
      const page = pageOf({ list: `group ${groupId}`, shopId, query })
      const [group, rows] = await ask((database) =>
        Promise.all([
          findGroup(database, shopId, { id: groupId }),
          listGroupMembers(database, shopId, { groupId, after: page.after, limit: page.rows }),
        ]),
      )
      if (group === undefined) throw notFound()
      return {
        status: 200,
        json: page.answer(rows, { item: showMember, position: ({ contactId }) => contactId }),
      }
    },
  })

  const addMembers = operation({
    method: 'POST',
    path: '/v1/groups/{id}/members',
    operationId: 'addGroupMembers',
    tag: 'Groups',
    summary: 'Add contacts to a group',
    description:
      'Up to 1,000 at once; the good ones are added, whatever becomes of the others. Who left by their own act stays outside until they join again themselves.',
    scope: 'contacts:write',
    body: memberAdditionSchema,
    answers: { 200: { description: 'What became of each', schema: additionResultSchema } },
    async handle({ shopId, params: { id: groupId }, body: { external_ids: externalIds } }) {
      const addition = { groupId, externalIds, source: 'api' }
      const added = await ask((database) => addGroupMembers(database, shopId, addition))
      if (added === undefined) throw notFound()
      const items = added.map(({ externalId, outcome }) => ({ external_id: externalId, outcome }))
      return { status: 200, json: { items } }
    },
  })

  const removeMember = operation({
    method: 'DELETE',
    path: '/v1/groups/{id}/members/{contact_id}',
    operationId: 'removeGroupMember',
    tag: 'Groups',
    summary: 'Take a contact out of a group',
    description: 'The shop may add them again. Registration and consents stay.',
    scope: 'contacts:write',
    answers: { 204: { description: 'They are not in the group any more' } },
    async handle({ shopId, params: { id: groupId, contact_id: contactId } }) {
      const member = { groupId, contactId }
      if (!(await ask((database) => removeGroupMember(database, shopId, member)))) throw notFound()
      return { status: 204 }
    },
  })

  return [listMembers, addMembers, removeMember]
}

function showMember({ contactId, externalId, firstName, lastName, source, joinedAt }: GroupMember): object {
  const isNamed = firstName !== null || lastName !== null
  return {
    contact_id: contactId,
    external_id: externalId,
    name: isNamed ? { first: firstName ?? undefined, last: lastName ?? undefined } : undefined,
    source,
    joined_at: joinedAt,
  }
}
