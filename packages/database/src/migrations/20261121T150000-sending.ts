import { sql, type Kysely } from 'kysely'

const SETTINGS = `
-- Which files go with a message and which as a link, by type and size; null: the default of packages/domain.
alter table shops add column attachment_policy jsonb;
-- With paid broadcast a bot may send so many a second, for Stars; null: off.
alter table shops add column paid_messages_per_second integer check (paid_messages_per_second between 31 and 1000);
-- While people talk with the bot, its sender leaves them a part of the limit.
alter table bots add column talking_until timestamptz;
-- The next answer may leave at this time, whichever process says it.
alter table bots add column next_reply_at timestamptz;
-- While nothing was sent, people were answered faster than their part of the limit: until then no turn may send.
alter table bots add column fast_replies_until timestamptz;
-- Telegram took no paid call of it: until then it pays for none.
alter table bots add column paid_refused_until timestamptz;`

const MESSAGES = `
-- What Telegram counts it as: an album costs its files.
alter table messages add column cost smallint not null default 1 check (cost between 1 and 10);
-- What becomes of it when its outcome is unknown; null: by lane.
alter table messages add column on_unknown text check (on_unknown in ('resend_once', 'drop', 'hold'));
-- Whether a bot has sent such ones of late.
create index messages_albums on messages (bot_id, claimed_at) where cost > 1;
-- Those that wait for their shop to decide.
create index messages_held on messages (shop_id, id) where status = 'unknown' and ended_at is null and due_at is null;`

const FILES = `
-- What a bot has learned about a file's address: the id Telegram keeps it under, or the way that is left to send it.
create table telegram_files (
  shop_id bigint not null,
  bot_id bigint not null,
  -- Of the address and the size the event told: another size is another file.
  address_hash bytea not null,
  media_type text not null check (media_type in ('photo', 'video', 'audio', 'document')),
  file_id text,
  way text check (way in ('url', 'upload', 'document', 'link')),
  learned_at timestamptz not null default now(),
  primary key (shop_id, bot_id, address_hash, media_type),
  foreign key (shop_id, bot_id) references bots (shop_id, id)
);`

const PRESSES = `
-- Buttons of the shop that people pressed, for the trail and the shop's receipts.
create table button_presses (
  shop_id bigint not null,
  bot_id bigint not null,
  update_id bigint not null,
  message_id bigint not null,
  action text not null,
  pressed_at timestamptz not null default now(),
  primary key (shop_id, bot_id, update_id)
);
create index button_presses_of_message on button_presses (shop_id, message_id);`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [SETTINGS, MESSAGES, FILES, PRESSES]) await sql.raw(part).execute(db)
}
