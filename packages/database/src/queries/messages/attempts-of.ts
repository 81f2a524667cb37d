import { sql, type RawBuilder } from 'kysely'

/**
 * Query: the calls made for a message, the first one first: epoch, started_at, ended_at, outcome, description,
 * retry_after_seconds. A call that simply delivered stands in the message's own row; all others have a row in `attempts`.
 *
 * @param message what its row is called in the statement around
 */
export function attemptsOf(message = 'message'): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${message}.${name}`)
  return sql`
    select epoch, started_at, ended_at, outcome, description, retry_after_seconds from attempts
    where shop_id = ${column('shop_id')} and message_id = ${column('id')}
    union all
    select ${column('epoch')}, ${column('called_at')}, ${column('answered_at')}, 'sent', null, null
    where ${column('called_at')} is not null
    order by started_at`
}
