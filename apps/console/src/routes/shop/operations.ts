import { findRegistrationUsage, findShop } from '@postino/database'
import { notFound } from '@postino/http'
import { operation, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { shopSchema } from './schema.ts'

export function shopOperations({ ask, config }: RouteDependencies): Operation[] {
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
      const [shop, registrations] = await Promise.all([
        ask((database) => findShop(database, shopId)),
        ask((database) => findRegistrationUsage(database, shopId)),
      ])
      if (shop === undefined) throw notFound()
      return {
        status: 200,
        json: {
          slug: shop.slug,
          name: shop.name,
          locale: shop.locale,
          time_zone: shop.timeZone,
          support_contact: shop.supportContact ?? undefined,
          privacy_url: shop.privacyUrl ?? undefined,
          mode: shop.mode,
          contract_purposes: shop.contractPurposes,
          optin_page_url: config.botPublicUrl && `${config.botPublicUrl.replace(/\/$/, '')}/o/${shop.slug}`,
          registrations,
          created_at: shop.createdAt,
        },
      }
    },
  })

  return [getShop]
}
