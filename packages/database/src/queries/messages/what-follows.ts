import { sql } from 'kysely'

/** What follows on an unknown outcome of a message: `resend_once`, once, `drop` or `hold`. Without its text there is no more to send. */
export function whatFollows(message: ReturnType<typeof sql>): ReturnType<typeof sql<string>> {
  return sql`case
    when ${message}.content is null then 'drop'
    when ${message}.on_unknown = 'hold' then 'hold'
    when ${message}.resends > 0 then 'drop'
    else coalesce(${message}.on_unknown, case when ${message}.lane = 0 then 'resend_once' else 'drop' end) end`
}
