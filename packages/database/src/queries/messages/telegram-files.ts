import type { MediaType } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** A file as a bot knows it: by its address and size, shown as one of Telegram's types. */
export interface TelegramFileKey {
  shopId: string
  botId: string
  /** Of the address and the size, in hexadecimal digits. */
  addressHash: string
  mediaType: MediaType
}

/** What a bot has learned about a file. */
export interface FileKnowledge {
  /** Under which Telegram keeps it, for this bot alone. */
  fileId?: string
  /** The way that is left to send it. Undefined: none has failed. */
  way?: 'url' | 'upload' | 'document' | 'link'
}

export type TelegramFile = TelegramFileKey & FileKnowledge

/**
 * What the bots know about these files, in one statement; files they know nothing of are left out. Knowledge is a day old at
 * most, since what is at an address changes; that a file can only be a link, ten minutes, since servers come back.
 */
export async function findTelegramFiles(db: Database, keys: TelegramFileKey[]): Promise<TelegramFile[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<TelegramFileKey & { fileId: string | null; way: FileKnowledge['way'] | null }>`
    select file.shop_id as "shopId", file.bot_id as "botId", encode(file.address_hash, 'hex') as "addressHash",
      file.media_type as "mediaType", file.file_id as "fileId", file.way
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as key (
      "shopId" bigint, "botId" bigint, "addressHash" text, "mediaType" text)
    join telegram_files file on file.shop_id = key."shopId" and file.bot_id = key."botId"
      and file.address_hash = decode(key."addressHash", 'hex') and file.media_type = key."mediaType"
    where file.learned_at > now() - case when file.way = 'link' then interval '10 minutes' else interval '1 day' end`.execute(
    db,
  )
  return rows.map(({ fileId, way, ...key }) => ({
    ...key,
    fileId: fileId ?? undefined,
    way: way ?? undefined,
  }))
}

/** Remembers what was learned, in the place of what was known before. */
export async function saveTelegramFiles(db: Database, files: TelegramFile[]): Promise<void> {
  if (files.length === 0) return
  await sql`
    insert into telegram_files as file (shop_id, bot_id, address_hash, media_type, file_id, way)
    -- An album may show one file twice. In one order everywhere, so that two writers never wait for each other.
    select distinct on ("shopId", "botId", "addressHash", "mediaType")
      "shopId", "botId", decode("addressHash", 'hex'), "mediaType", "fileId", way
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as learned (
      "shopId" bigint, "botId" bigint, "addressHash" text, "mediaType" text, "fileId" text, way text)
    order by "shopId", "botId", "addressHash", "mediaType"
    on conflict (shop_id, bot_id, address_hash, media_type)
    do update set file_id = excluded.file_id, way = excluded.way, learned_at = now()`.execute(db)
}

/** Forgets what is too old to be used. Reads the whole table: for an hourly broom. */
export async function deleteOldTelegramFiles(db: Database): Promise<void> {
  // An hour later than it is used last, so that nothing goes between the look of a claim and its call.
  await sql`delete from telegram_files where learned_at < now() - interval '25 hours'`.execute(db)
}
