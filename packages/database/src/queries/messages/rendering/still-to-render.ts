import { sql, type RawBuilder } from 'kysely'

/**
 * Whether `message` still waits to be rendered, and is not deferred. Said so that no index of those who wait can answer it: a
 * plan that believes them few would read all of them, where each of the wanted is found by its id.
 */
export function isStillToRender(): RawBuilder<boolean> {
  return sql`(message.status = 'accepted' and coalesce(message.due_at, 'infinity') = 'infinity')`
}
