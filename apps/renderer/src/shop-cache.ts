import assert from 'node:assert/strict'
import type { MessageToRender, PublishedTemplate, ShopToRender, TextWanted } from '@postino/database'
import type { AttachmentPolicy } from '@postino/domain'

/** What a shop says of all its messages. */
export type ShopSettings = Omit<ShopToRender, 'texts'>

/** A shop as its messages need it; never changed once it is made. */
export interface KnownShop {
  settings: ShopSettings
  policy: AttachmentPolicy
  /** By `textKey`: the published texts for a kind and state, and those of the kind for every state. */
  texts: ReadonlyMap<string, PublishedTemplate[]>
  /** Characters, about. */
  weight: number
}

export interface ShopCacheDependencies {
  load: (wanted: TextWanted[]) => Promise<ShopToRender[]>
  policyOf: (shop: ShopToRender) => AttachmentPolicy
  limits?: { shops: number; chars: number }
}

/** Some 130 MB at worst, where every shop has its own words in an alphabet of two bytes a letter. */
const LIMITS = { shops: 20_000, chars: 64_000_000 }

/**
 * Makes a function that finds the shops of messages: their settings and published texts. What was read once is used for as
 * long as the shop stays as it is, and not a message longer.
 *
 * Why that is right: whatever is changed of a shop, its templates or their published versions raises `shops.revision` in the
 * same commit (triggers), and holds the shop's row until then, so that revisions are committed one after the other. A message
 * comes with the revision of its own snapshot, so a change that was committed before it was loaded shows in it. Settings and
 * texts are read in one statement, which may begin after further commits: they are kept under the revision that was read
 * together with them, which is the one asked for or a later one, and a later one may always be used. What is kept gives way
 * to nothing but a later revision, so that no text is used after a newer one of it, whichever statement answers first.
 */
export function createShopCache({ load, policyOf, limits = LIMITS }: ShopCacheDependencies) {
  // A Map keeps the order of insertion, so its first key is the shop longest unused.
  const known = new Map<string, KnownShop>()
  let weight = 0

  function put(shopId: string, shop: KnownShop): void {
    weight += shop.weight - (known.get(shopId)?.weight ?? 0)
    known.delete(shopId)
    known.set(shopId, shop)
    for (const [oldest, { weight: freed }] of known) {
      if ((known.size <= limits.shops && weight <= limits.chars) || oldest === shopId) return
      known.delete(oldest)
      weight -= freed
    }
  }

  function take(shop: ShopToRender, need: Need): KnownShop {
    const before = known.get(shop.id)
    if (before !== undefined && before.settings.revision > shop.revision) {
      // Read later, and answered sooner. What it lacks was not used in a later form by anybody.
      return suits(before, need) ? before : makeKnown(shop, need, policyOf)
    }
    const isSame = before?.settings.revision === shop.revision
    const made = makeKnown(shop, need, policyOf, isSame ? before : undefined)
    put(shop.id, made)
    return made
  }

  return async function findShops(messages: MessageToRender[]): Promise<Map<string, KnownShop>> {
    const found = new Map<string, KnownShop>()
    const missing = new Map<string, Need>()
    for (const [shopId, need] of needsOf(messages)) {
      const shop = known.get(shopId)
      if (shop === undefined || !suits(shop, need)) missing.set(shopId, need)
      else {
        put(shopId, shop)
        found.set(shopId, shop)
      }
    }
    if (missing.size === 0) return found
    for (const shop of await load([...missing].flatMap(textsWanted))) {
      const need = missing.get(shop.id)
      assert(need !== undefined, 'no other shops than were asked for')
      found.set(shop.id, take(shop, need))
    }
    return found
  }
}

export function textKey({ kind, state }: { kind: string; state: string }): string {
  return `${kind} ${state}`
}

/** What messages of one shop need of it: at least this revision, and texts for these kinds and states. */
interface Need {
  revision: number
  texts: Map<string, { kind: string; state: string }>
}

function needsOf(messages: MessageToRender[]): Map<string, Need> {
  const needs = new Map<string, Need>()
  for (const { shopId, shopRevision, kind, state } of messages) {
    let need = needs.get(shopId)
    if (need === undefined) needs.set(shopId, (need = { revision: shopRevision, texts: new Map() }))
    need.revision = Math.max(need.revision, shopRevision)
    need.texts.set(textKey({ kind, state }), { kind, state })
  }
  return needs
}

function suits({ settings, texts }: KnownShop, need: Need): boolean {
  if (settings.revision < need.revision) return false
  for (const key of need.texts.keys()) if (!texts.has(key)) return false
  return true
}

function textsWanted([shopId, { texts }]: [string, Need]): TextWanted[] {
  return [...texts.values()].flatMap(({ kind, state }) =>
    [...new Set([state, ''])].map((each) => ({ shopId, kind, state: each })),
  )
}

/** With what is known of the same revision already. */
function makeKnown(
  { texts: published, ...settings }: ShopToRender,
  need: Need,
  policyOf: ShopCacheDependencies['policyOf'],
  before?: KnownShop,
): KnownShop {
  const texts = new Map(before?.texts)
  for (const [key, wanted] of need.texts)
    texts.set(
      key,
      published.filter(({ kind, state }) => kind === wanted.kind && (state === wanted.state || state === '')),
    )
  const weight = JSON.stringify([settings, ...texts.values()]).length
  const policy = before?.policy ?? policyOf({ ...settings, texts: published })
  return { settings, policy, texts, weight }
}
