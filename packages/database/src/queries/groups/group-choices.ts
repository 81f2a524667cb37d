import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** A group as a contact sees it. */
export interface GroupChoice {
  id: string
  name: string
  isIn: boolean
}

/** What a contact may join or leave: the groups that are open, and their own; by name. */
export async function listGroupChoices(
  db: Database,
  shopId: string,
  { contactId, limit }: { contactId: string; limit: number },
): Promise<GroupChoice[]> {
  const { rows } = await sql<GroupChoice>`
    select groups.id, groups.name, member.contact_id is not null as "isIn"
    from groups
    left join group_members member on member.shop_id = groups.shop_id and member.group_id = groups.id
      and member.contact_id = ${contactId} and member.left_at is null
    where groups.shop_id = ${shopId} and (groups.is_open or member.contact_id is not null)
    order by groups.name, groups.id limit ${limit}`.execute(db)
  return rows
}
