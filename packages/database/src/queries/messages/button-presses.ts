import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

export interface ButtonPress {
  botId: string
  updateId: number
  /** Where it was pressed. */
  chatId: number
  messageId: string
  action: string
  /** All that the button says, as it stands in the message. */
  callbackData: string
}

/**
 * Notes that a button of a message was pressed, once for each update. False when there is nothing to note: the message is
 * not this shop's, did not go to this chat by this bot, or has no such button.
 */
export async function insertButtonPress(db: Database, shopId: string, press: ButtonPress): Promise<boolean> {
  const { rows } = await sql<{ isNoted: boolean }>`
    with pressed as (
      select id from messages
      where shop_id = ${shopId} and id = ${press.messageId} and bot_id = ${press.botId} and chat_id = ${press.chatId}
        and jsonb_path_exists(content::jsonb, '$.buttons[*][*].callbackData ? (@ == $data)',
          jsonb_build_object('data', ${press.callbackData}::text))
    ), noted as (
      insert into button_presses (shop_id, bot_id, update_id, message_id, action)
      select ${shopId}, ${press.botId}, ${press.updateId}, id, ${press.action} from pressed
      on conflict (shop_id, bot_id, update_id) do nothing
    )
    select exists (select from pressed) as "isNoted"`.execute(db)
  return rows[0]?.isNoted === true
}
