import {
  findGroup,
  findShop,
  listBotsOfShop,
  readOptinPageSettings,
  saveOptinPage,
  type Database,
} from '@postino/database'
import { optinPageSchema, type OptinPageSettings } from '@postino/domain'
import { invalidBody, notFound } from '@postino/http'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { findNamed } from '../optin-links/choose-bot.ts'

const isPublished = z
  .boolean()
  .meta({ description: 'Else whoever opens it is told that there is no such page' })

const pageInputSchema = z
  .strictObject({ is_published: isPublished.default(true), settings: optinPageSchema })
  .meta({ id: 'OptinPageInput', examples: [{ settings: { purposes: ['order_updates'] } }] })

const pageSchema = z
  .strictObject({
    is_published: isPublished,
    settings: optinPageSchema,
    url: z.string().meta({ description: 'Where it is, when the pages have a public address' }).optional(),
  })
  .meta({ id: 'OptinPage' })

export function optinPageOperations({ ask, config }: RouteDependencies): Operation[] {
  async function readPage(database: Database, shopId: string): Promise<object> {
    const [shop, page] = await Promise.all([
      findShop(database, shopId),
      readOptinPageSettings(database, shopId),
    ])
    if (shop === undefined) throw notFound()
    const pages = config.botPublicUrl?.replace(/\/$/, '')
    return {
      is_published: page.isPublished,
      settings: page.settings,
      url: pages && `${pages}/o/${shop.slug}`,
    }
  }

  const getPage = operation({
    method: 'GET',
    path: '/v1/optin-page',
    operationId: 'getOptinPage',
    tag: 'Opt-in',
    summary: 'See how the opt-in page is set up',
    description: 'With the defaults for all that was never said.',
    scope: 'settings:read',
    answers: { 200: { description: 'The page', schema: pageSchema } },
    async handle({ shopId }) {
      return { status: 200, json: await ask((database) => readPage(database, shopId)) }
    },
  })

  const putPage = operation({
    method: 'PUT',
    path: '/v1/optin-page',
    operationId: 'putOptinPage',
    tag: 'Opt-in',
    summary: 'Set the opt-in page up',
    description:
      'Name, logo, colours, texts, languages and what is offered. What is left out has its default again. What the page asks is said in the words of /v1/wordings.',
    scope: 'settings:write',
    body: pageInputSchema,
    answers: { 200: { description: 'The page as it is now', schema: pageSchema } },
    async handle({ shopId, body: { settings, is_published: published } }) {
      const json = await ask(async (database) => {
        await checkNames(database, shopId, settings)
        await saveOptinPage(database, shopId, { isPublished: published, settings })
        return await readPage(database, shopId)
      })
      return { status: 200, json }
    },
  })

  return [getPage, putPage]
}

/** What the settings name must be the shop's. A group may be deleted later: then nobody joins one. */
async function checkNames(
  database: Database,
  shopId: string,
  { group, bot }: OptinPageSettings,
): Promise<void> {
  if (group !== undefined && (await findGroup(database, shopId, { keyword: group })) === undefined) {
    throw invalidSetting('group', 'unknown_group', 'the keyword of no group of this shop: POST /v1/groups')
  }
  if (bot !== undefined && findNamed(await listBotsOfShop(database, shopId), bot) === undefined) {
    throw invalidSetting('bot', 'unknown_bot', 'no bot of this shop: postino bot list shows those it has')
  }
}

function invalidSetting(name: string, code: string, problem: string) {
  const detail = `settings.${name} is ${problem}.`
  return invalidBody([{ pointer: `/settings/${name}`, code, detail }])
}
