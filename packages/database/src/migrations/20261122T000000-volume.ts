import { sql, type Kysely } from 'kysely'
import { PARTITIONS } from './volume/partitions.ts'

// Idempotency of events has to hold across the partitions of their table, and a unique index reaches no further than one.
const EVENTS = `
create table event_keys (
  shop_id bigint not null,
  event_id text not null,
  source text not null,
  -- Of the row in events.
  id bigint not null,
  accepted_at timestamptz not null default now(),
  -- SHA-256 of the normalised event.
  fingerprint text not null,
  -- In this order it also finds the events of all sources under one id.
  primary key (shop_id, event_id, source)
)
-- Rows come and are never touched again, until they go with their event.
with (autovacuum_vacuum_insert_scale_factor = 0.02);
insert into event_keys (shop_id, event_id, source, id, accepted_at, fingerprint)
  select shop_id, event_id, source, id, accepted_at, fingerprint from events order by id;

alter table events rename to events_before;
alter table events_before rename constraint events_pkey to events_before_pkey;
alter sequence events_id_seq rename to events_before_id_seq;
create table events (
  shop_id bigint not null,
  id bigint generated always as identity,
  source text not null,
  event_id text not null,
  kind text not null,
  -- As text: it is written once and read once, and nobody looks into it on the way.
  body json not null,
  received_over text not null constraint events_received_over_check check (received_over in ('http', 'stream', 'postino')),
  api_key_id text,
  -- The same moment as in its messages: it says in which partition they find it.
  accepted_at timestamptz not null default now(),
  -- Of one that tells a few people: those of its messages, in their order.
  message_ids bigint[] not null default '{}',
  primary key (shop_id, id, accepted_at)
) partition by range (accepted_at);
-- What finds no partition is kept all the same.
create table events_otherwise partition of events default;
-- They stand in the order of their time, so this little index finds what is old.
create index events_accepted on events using brin (accepted_at) with (autosummarize = on);
select make_partitions('events', 7, interval '14 days', coalesce((select min(accepted_at) from events_before), now()));`

const MESSAGES = `
alter table messages rename to messages_before;
alter sequence messages_id_seq rename to messages_before_id_seq;
create table messages (
  shop_id bigint not null,
  id bigint generated always as identity,
  event_id bigint not null,
  recipient text not null,
  role text not null,
  kind text not null,
  state text not null,
  purpose text not null,
  lane smallint not null constraint messages_lane_check check (lane in (0, 1, 2)),
  status text not null default 'accepted' constraint messages_status_check check (status in
    ('accepted', 'queued', 'sending', 'sent', 'rejected', 'suppressed', 'superseded', 'expired', 'failed', 'unknown')),
  reason text,
  detail text,
  collapse_key text,
  sequence text,
  deadline_at timestamptz,
  bot_id bigint,
  contact_id bigint,
  registration_id bigint,
  chat_id bigint,
  template_id bigint,
  template_version int,
  content json,
  -- Not before this time: deferred, a retry after a failure that left nothing behind, or the one resend of an unknown outcome.
  due_at timestamptz,
  -- The turn that claimed it last.
  epoch bigint,
  attempts smallint not null default 0,
  resends smallint not null default 0,
  telegram_message_id bigint,
  accepted_at timestamptz not null default now(),
  queued_at timestamptz,
  claimed_at timestamptz,
  -- The call that delivered it; all other calls have a row in attempts.
  called_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  cost smallint not null default 1 constraint messages_cost_check check (cost between 1 and 10),
  on_unknown text constraint messages_on_unknown_check check (on_unknown in ('resend_once', 'drop', 'hold')),
  revision smallint not null default 0,
  superseded_by bigint,
  replaces_older boolean not null default false,
  is_test boolean not null default false,
  released_at timestamptz,
  quiet_from timestamptz
) partition by list ((ended_at is null));

-- What has not come to its end: small, whatever was sent before, so that what changes all the time is always at hand.
-- Each message leaves three dead rows: vacuumed as soon and as fast as may be, but never cut short, as it fills again, and for
-- that moment nobody could read it. No room is left in its pages: status stands in nearly all indexes, so no update is spared them.
create table messages_open partition of messages (primary key (id)) for values in (true)
  with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0,
    vacuum_truncate = off, toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_cost_delay = 0,
    toast.vacuum_truncate = off);
-- What has: a row comes here once and is rarely touched again. The check lets whoever asks for what waits look no further.
create table messages_ended partition of messages (
  constraint messages_ended_check check (status in ('sent', 'rejected', 'suppressed', 'superseded', 'expired', 'failed', 'unknown')),
  primary key (id, ended_at)
) for values in (false) partition by range (ended_at);
create table messages_ended_otherwise partition of messages_ended default;
select make_partitions('messages_ended', 7, interval '14 days', coalesce((select min(ended_at) from messages_before), now()));

insert into events (shop_id, id, source, event_id, kind, body, received_over, api_key_id, accepted_at, message_ids)
  overriding system value
  select shop_id, id, source, event_id, kind, body, received_over, api_key_id, accepted_at, coalesce((
    select array_agg(message.id order by message.id) from messages_before message
    where event.kind <> 'bot.replaced' and message.shop_id = event.shop_id and message.event_id = event.id), '{}')
  from events_before event order by id;
select setval('events_id_seq', pg_sequence_last_value('events_before_id_seq'));
insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, status, reason, detail, collapse_key,
  sequence, deadline_at, bot_id, contact_id, registration_id, chat_id, template_id, template_version, content, due_at, epoch,
  attempts, resends, telegram_message_id, accepted_at, queued_at, claimed_at, ended_at, cost, on_unknown, revision, superseded_by,
  replaces_older, is_test, released_at, quiet_from)
  overriding system value
  select shop_id, id, event_id, recipient, role, kind, state, purpose, lane, status, reason, detail, collapse_key,
    sequence, deadline_at, bot_id, contact_id, registration_id, chat_id, template_id, template_version, content, due_at, epoch,
    attempts, resends, telegram_message_id, accepted_at, queued_at, claimed_at, ended_at, cost, on_unknown, revision, superseded_by,
    replaces_older, is_test, released_at, quiet_from from messages_before order by id;
select setval('messages_id_seq', pg_sequence_last_value('messages_before_id_seq'));
drop table messages_before;
drop table events_before;

create index messages_to_render on messages_open (coalesce(released_at, accepted_at))
  where status = 'accepted' and due_at is null;
create index messages_accepted on messages_open (shop_id, recipient, lane, id) where status = 'accepted' and due_at is null;
create index messages_deferred on messages_open (due_at, id) where status = 'accepted' and due_at is not null;
create index messages_deferred_of_recipient on messages_open (shop_id, recipient)
  where status = 'accepted' and due_at is not null;
create index messages_queued on messages_open (bot_id, lane, id) where status = 'queued' and due_at is null;
create index messages_queued_by_chat on messages_open (bot_id, lane, chat_id, id) where status = 'queued';
create index messages_due on messages_open (bot_id, due_at) where status in ('queued', 'unknown') and due_at is not null;
create index messages_sending on messages_open (bot_id) where status = 'sending';
create index messages_held on messages_open (shop_id, id) where status = 'unknown' and due_at is null;
create index messages_open_unknown on messages_open (shop_id, recipient, id) where status = 'unknown';
create index messages_waiting_of_key on messages_open (shop_id, recipient, collapse_key, id)
  where status in ('accepted', 'queued') and collapse_key is not null;
create index messages_of_recipient on messages_ended (shop_id, recipient, id);
-- They stand in the order of their end: this little index finds what is old, and what took long.
create index messages_ended_times on messages_ended using brin (ended_at, accepted_at) with (autosummarize = on);
create index messages_albums on messages (bot_id, claimed_at) where cost > 1;
create index messages_sequenced on messages (shop_id, recipient, collapse_key, id) where sequence is not null;
create index messages_tests on messages (shop_id, accepted_at) where is_test;
-- Of our own events, which tell any number of people; those of shops know their messages.
create index messages_of_own_event on messages (shop_id, event_id, recipient) where kind = 'bot.replaced';`

const NEWS = `
-- True when one sequence comes after another: whole numbers by their value, everything else letter by letter, as CloudEvents
-- has it. A number and something else cannot be compared: false, and null when there is none.
create function is_later(sequence text, than text) returns boolean language sql immutable as $$
  select case
    when (sequence ~ '^[0-9]+$') <> (than ~ '^[0-9]+$') then false
    when sequence ~ '^[0-9]+$' then sequence::numeric > than::numeric
    else sequence collate "C" > than collate "C" end
$$;

-- The message that makes it wrong to call for this one once more: the newest that takes its place or has taken it, or one
-- with a later state; waiting, under way or told. A function, so that a claim pays for looking through history only where it
-- has to: for what was called for before. All others end when the newer one is queued.
create function newer_message(of_shop bigint, of_recipient text, of_bot bigint, of_key text, of_sequence text, of_id bigint)
returns bigint language plpgsql stable as $$
begin
  return (select other.id from (
    (select id, status, collapse_key, sequence, replaces_older from messages
      where shop_id = of_shop and recipient = of_recipient and collapse_key = of_key
        and status in ('accepted', 'queued') and (status = 'queued' or due_at is not null) order by id desc limit 200)
    union all
    (select id, status, collapse_key, sequence, replaces_older from messages
      where bot_id = of_bot and status = 'sending' and shop_id = of_shop and recipient = of_recipient)
    union all
    (select id, status, collapse_key, sequence, replaces_older from messages
      where shop_id = of_shop and recipient = of_recipient and id > of_id and ended_at is not null
        and status in ('sent', 'unknown') order by id limit 200)
    union all
    (select id, status, collapse_key, sequence, replaces_older from messages
      where shop_id = of_shop and recipient = of_recipient and id > of_id and status = 'unknown' and ended_at is null
      order by id limit 200)
    union all
    (select id, status, collapse_key, sequence, replaces_older from messages
      where of_sequence is not null and shop_id = of_shop and recipient = of_recipient
        and collapse_key = of_key and sequence is not null and status in ('sent', 'unknown')
      order by id desc limit 200)
  ) other
  where other.collapse_key = of_key and other.id <> of_id and (
    other.replaces_older and other.id > of_id and is_later(of_sequence, other.sequence) is not true
    or is_later(other.sequence, of_sequence)
      and (other.status in ('sending', 'sent', 'unknown') or other.status = 'queued' and other.id < of_id))
  order by other.id desc limit 1);
end $$;`

const SHOPS = `
-- Rises with whatever is changed of a shop or of its texts: what was read of it holds for as long as this is the same.
alter table shops add column revision bigint not null default 0;
-- Its events are taken from its stream in Redis.
alter table shops add column stream_intake boolean not null default false;
create index shops_with_stream on shops (id) where stream_intake;

create function raise_shop_revision() returns trigger language plpgsql as $$
begin
  new.revision := old.revision + 1;
  return new;
end $$;
create trigger raise_shop_revision before update on shops for each row execute function raise_shop_revision();

create function raise_revision_of_shop() returns trigger language plpgsql as $$
begin
  update shops set revision = revision where id = coalesce(new.shop_id, old.shop_id);
  return null;
end $$;
create trigger raise_revision_of_shop after insert or update or delete on templates
  for each row execute function raise_revision_of_shop();
-- Drafts are nobody's text yet.
create trigger raise_revision_of_shop after update on template_versions
  for each row when (old.status = 'published' or new.status = 'published') execute function raise_revision_of_shop();
create trigger raise_revision_of_shop_of_new after insert on template_versions
  for each row when (new.status = 'published') execute function raise_revision_of_shop();
create trigger raise_revision_of_shop_of_old after delete on template_versions
  for each row when (old.status = 'published') execute function raise_revision_of_shop();`

const INSTALLATION = `
-- What is decided once, when Postino is installed.
create table installation (
  is_only boolean primary key default true check (is_only),
  -- Into how many parts the queues are divided; a bot belongs to one of them.
  shards smallint not null check (shards between 1 and 1024)
);
alter table bots add column shard smallint not null default 0 check (shard >= 0);
create index bots_of_shard on bots (shard);
-- Every turn changes its bot's row, and no index: with room in the page that costs no more than the row.
alter table bots set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);`

const RETENTION = `
-- Up to where everything is done, of all shops. Not by shop any more: with ten thousand of them most steps found nothing.
drop table retention_progress;
create table retention_marks (
  kind text primary key,
  up_to timestamptz,
  up_to_id bigint
);
-- Events before the mark that keep their data, as some message of theirs has not come to its end.
create table needed_events (
  shop_id bigint not null,
  id bigint not null,
  accepted_at timestamptz not null,
  primary key (shop_id, id)
);`

const INTAKE = `
-- Who may write into the stream of a shop. Redis forgets its users; here they are kept, by hashes of their passwords.
create table intake_users (
  shop_id bigint not null references shops (id),
  -- SHA-256 in hex.
  password_hash text not null,
  created_at timestamptz not null default now(),
  -- From then on it opens nothing.
  expires_at timestamptz,
  primary key (shop_id, password_hash)
);
-- What a shop reported and what was wrong with it.
create table rejected_events (
  shop_id bigint not null,
  id bigint generated always as identity,
  received_over text not null check (received_over in ('http', 'stream')),
  -- Of the entry in the stream.
  entry_id text,
  event_id text,
  source text,
  kind text,
  issues jsonb not null,
  rejected_at timestamptz not null default now(),
  primary key (shop_id, id),
  -- What a reader left behind comes again.
  unique (shop_id, received_over, entry_id)
);
create index rejected_events_of_event on rejected_events (shop_id, event_id) where event_id is not null;
create index rejected_events_rejected on rejected_events using brin (rejected_at);`

export async function up(db: Kysely<unknown>): Promise<void> {
  // All events and messages are written once more: about a minute for two millions.
  await sql`set local statement_timeout = 0`.execute(db)
  for (const part of [PARTITIONS, EVENTS, MESSAGES, NEWS, SHOPS, INSTALLATION, RETENTION, INTAKE])
    await sql.raw(part).execute(db)
}
