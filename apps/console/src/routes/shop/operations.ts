import { changeShop, findRegistrationUsage, findShop } from '@postino/database'
import { notFound } from '@postino/http'
import { operation, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { shopChangeSchema, shopSchema } from './schema.ts'

export function shopOperations({ ask, config }: RouteDependencies): Operation[] {
  async function readShop(shopId: string): Promise<object> {
    const [shop, registrations] = await Promise.all([
      ask((database) => findShop(database, shopId)),
      ask((database) => findRegistrationUsage(database, shopId)),
    ])
    if (shop === undefined) throw notFound()
    return {
      slug: shop.slug,
      name: shop.name,
      locale: shop.locale,
      time_zone: shop.timeZone,
      support_contact: shop.supportContact ?? undefined,
      privacy_url: shop.privacyUrl ?? undefined,
      mode: shop.mode,
      contract_purposes: shop.contractPurposes,
      quiet_hours: shop.quietHours ?? undefined,
      managed_order_states: shop.managedOrderStates ?? undefined,
      optin_page_url: config.botPublicUrl && `${config.botPublicUrl.replace(/\/$/, '')}/o/${shop.slug}`,
      registrations,
      created_at: shop.createdAt,
    }
  }

  const getShop = operation({
    method: 'GET',
    path: '/v1/shop',
    operationId: 'getShop',
    tag: 'Shop',
    summary: 'How the shop stands',
    description: 'The shop the key belongs to: whether it is in the sandbox, and what it uses of its quota.',
    scope: 'settings:read',
    answers: { 200: { description: 'The shop', schema: shopSchema } },
    async handle({ shopId }) {
      return { status: 200, json: await readShop(shopId) }
    },
  })

  const updateShop = operation({
    method: 'PATCH',
    path: '/v1/shop',
    operationId: 'updateShop',
    tag: 'Shop',
    summary: 'Change when and of what the shop tells people',
    description:
      'Quiet hours lie on each recipient’s own clock. Reminders and bulk wait for their end, and are rendered then; transactional messages are sent at any hour: a template can say otherwise for its messages. Of orders in a state that is not managed nobody is told. What is deferred already is looked at again when its time comes.',
    scope: 'settings:write',
    body: shopChangeSchema,
    answers: { 200: { description: 'The shop as it is now', schema: shopSchema } },
    async handle({ shopId, body: { quiet_hours: quietHours, managed_order_states: states } }) {
      await ask((database) =>
        changeShop(database, shopId, {
          ...(quietHours !== undefined && { quietHours: quietHours ?? undefined }),
          ...(states !== undefined && { managedOrderStates: states ?? undefined }),
        }),
      )
      return { status: 200, json: await readShop(shopId) }
    },
  })

  return [getShop, updateShop]
}
