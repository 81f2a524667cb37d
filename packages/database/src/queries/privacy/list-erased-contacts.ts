import type { Database } from '../../create-database.ts'

const PAGE = 1_000

/**
 * The numbers of the contacts that were erased since a time, in their order, page by page: what has to be erased again when
 * a backup from before is restored. They have the same numbers there.
 */
export async function* listErasedContacts(
  db: Database,
  shopId: string,
  { since }: { since?: Date } = {},
): AsyncGenerator<{ id: string; erasedAt: Date }[]> {
  let afterId = '0'
  for (;;) {
    const rows = await db
      .selectFrom('contacts')
      .select(['id', 'erased_at as erasedAt'])
      .where('shop_id', '=', shopId)
      .where('id', '>', afterId)
      .where('erased_at', '>=', since ?? new Date(0))
      .orderBy('id')
      .limit(PAGE)
      .$narrowType<{ erasedAt: Date }>()
      .execute()
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    afterId = last.id
  }
}
