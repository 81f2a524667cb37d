import { sql, type Kysely } from 'kysely'

/**
 * Two indexes held the same messages: those to be rendered, by recipient and by time. On a table that was never analysed
 * Postgres may answer a question by the wrong one, and read all that waits to be rendered for each message it claims. So the one by time has a condition
 * of its own, always true, that only who asks for it says.
 */
const STATEMENTS = `
drop index messages_to_render;
create index messages_to_render on messages_open (coalesce(released_at, accepted_at))
  where status = 'accepted' and due_at is null and lane >= 0;`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}
