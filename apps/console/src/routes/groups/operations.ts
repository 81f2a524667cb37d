import { changeGroup, createGroup, deleteGroup, findGroup, listGroups, type Group } from '@postino/database'
import { notFound, PAGE_PARAMETERS, pageOf } from '@postino/http'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import { conflict, CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { memberOperations } from './member-operations.ts'
import { groupChangeSchema, groupInputSchema, groupListSchema, groupSchema } from './schema.ts'

export function groupOperations(dependencies: RouteDependencies): Operation[] {
  return [
    listOperation(dependencies),
    createOperation(dependencies),
    ...oneGroupOperations(dependencies),
    ...memberOperations(dependencies),
  ]
}

function listOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'GET',
    path: '/v1/groups',
    operationId: 'listGroups',
    tag: 'Groups',
    summary: 'List the groups',
    description: 'All groups of the shop, in the order they were made in.',
    scope: 'contacts:read',
    query: z.strictObject(PAGE_PARAMETERS),
    answers: { 200: { description: 'A page of groups', schema: groupListSchema } },
    async handle({ shopId, query }) {
      const page = pageOf({ list: 'groups', shopId, query })
      const rows = await ask((database) =>
        listGroups(database, shopId, { after: page.after, limit: page.rows }),
      )
      return { status: 200, json: page.answer(rows, { item: showGroup, position: ({ id }) => id }) }
    },
  })
}

function createOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'POST',
    path: '/v1/groups',
    operationId: 'createGroup',
    tag: 'Groups',
    summary: 'Make a group',
    description:
      'People join it by START and its keyword, by its link, or are added by the shop. Being in a group is no consent: who joins is asked for its purposes.',
    scope: 'contacts:write',
    body: groupInputSchema,
    answers: {
      200: { description: 'This very group is there already', schema: groupSchema },
      201: { description: 'The new group', schema: groupSchema },
    },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, body: { is_open: isOpen, ...input } }) {
      const wanted = { ...input, isOpen }
      const created = await ask((database) => createGroup(database, shopId, wanted))
      if (created !== undefined) return { status: 201, json: showGroup(created) }
      const { keyword } = wanted
      const present = await ask((database) => findGroup(database, shopId, { keyword }))
      if (present === undefined || !isAs(present, wanted)) throw keywordTaken(keyword)
      return { status: 200, json: showGroup(present) }
    },
  })
}

function oneGroupOperations({ ask }: RouteDependencies): Operation[] {
  const getGroup = operation({
    method: 'GET',
    path: '/v1/groups/{id}',
    operationId: 'getGroup',
    tag: 'Groups',
    summary: 'See a group',
    description: 'How many are in it tells its reach.',
    scope: 'contacts:read',
    answers: { 200: { description: 'The group', schema: groupSchema } },
    async handle({ shopId, params }) {
      const group = await ask((database) => findGroup(database, shopId, params))
      if (group === undefined) throw notFound()
      return { status: 200, json: showGroup(group) }
    },
  })

  const updateGroup = operation({
    method: 'PATCH',
    path: '/v1/groups/{id}',
    operationId: 'updateGroup',
    tag: 'Groups',
    summary: 'Change a group',
    description: 'Its members stay. People who know the former keyword do not find it by that any more.',
    scope: 'contacts:write',
    body: groupChangeSchema,
    answers: { 200: { description: 'The group as it is now', schema: groupSchema } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params: { id: groupId }, body }) {
      const { is_open: isOpen, keyword, name, purposes } = body
      const change = {
        groupId,
        ...(isOpen !== undefined && { isOpen }),
        ...(keyword !== undefined && { keyword }),
        ...(name !== undefined && { name }),
        ...(purposes !== undefined && { purposes }),
      }
      const group = await ask((database) => changeGroup(database, shopId, change))
      if (group === undefined) throw notFound()
      if (group === 'taken') throw keywordTaken(keyword ?? '')
      return { status: 200, json: showGroup(group) }
    },
  })

  const removeGroup = operation({
    method: 'DELETE',
    path: '/v1/groups/{id}',
    operationId: 'deleteGroup',
    tag: 'Groups',
    summary: 'Delete a group',
    description:
      'Who was in it, and who left it, is forgotten. Contacts, registrations and consents stay, and so do links that led to it, as links to no group.',
    scope: 'contacts:write',
    answers: { 204: { description: 'There is no such group any more' } },
    async handle({ shopId, params }) {
      if (!(await ask((database) => deleteGroup(database, shopId, params.id)))) throw notFound()
      return { status: 204 }
    },
  })

  return [getGroup, updateGroup, removeGroup]
}

function keywordTaken(keyword: string) {
  return conflict(`Another group of the shop has the keyword ${keyword}; change that one, or choose another.`)
}

function isAs(group: Group, wanted: Pick<Group, 'name' | 'isOpen' | 'purposes'>): boolean {
  const isSamePurposes = group.purposes.toSorted().join() === wanted.purposes.toSorted().join()
  return group.name === wanted.name && group.isOpen === wanted.isOpen && isSamePurposes
}

function showGroup({ id, keyword, name, isOpen, purposes, createdAt }: Group): object {
  return {
    id,
    keyword,
    name,
    is_open: isOpen,
    purposes,
    start_parameter: `g_${id}`,
    created_at: createdAt,
  }
}
