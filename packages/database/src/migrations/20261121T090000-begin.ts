import { sql, type Kysely } from 'kysely'

const SHOPS = `
create table shops (
  id bigint generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  support_contact text,
  privacy_url text,
  -- Purposes that rest on the contract with the customer instead of on consent. Marketing never may.
  contract_purposes text[] not null default '{}' check (not 'marketing' = any (contract_purposes)),
  -- Order states the shop wants told; null means all of them.
  managed_order_states text[],
  created_at timestamptz not null default now()
);

create table api_keys (
  shop_id bigint not null references shops,
  id text not null unique,
  secret_hash bytea not null,
  name text not null,
  environment text not null check (environment in ('live', 'test')),
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (shop_id, id)
);

create table bots (
  shop_id bigint not null references shops,
  id bigint generated always as identity unique,
  telegram_id bigint not null unique,
  username text not null,
  name text not null,
  token_key_id text not null,
  token_ciphertext bytea not null,
  webhook_path text not null unique,
  webhook_secret_key_id text not null,
  webhook_secret_ciphertext bytea not null,
  status text not null default 'active' check (status in ('active', 'paused', 'broken')),
  broken_reason text,
  -- Raised by every turn: a sender that lost its turn finds another number and claims nothing more.
  epoch bigint not null default 0,
  turn_started_at timestamptz,
  -- Telegram's retry_after for the whole bot; in Postgres so that losing Redis cannot end it early.
  cooling_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (shop_id, id)
);`

// While a table is nearly empty all its indexes look alike to the planner, and it takes the youngest. So that a plan made in
// that hour still serves when the table has grown, the most specific index of each of the busy tables comes last.
const PEOPLE = `
create table contacts (
  shop_id bigint not null references shops,
  id bigint generated always as identity,
  external_id text not null,
  first_name text,
  last_name text,
  locale text,
  time_zone text,
  phone text,
  email text,
  birthday date,
  attributes jsonb not null default '{}',
  -- What the ledger says now; written by its trigger alone.
  granted_purposes text[] not null default '{}',
  withdrawn_purposes text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (shop_id, id),
  unique (shop_id, external_id),
  unique (id)
);

create table registrations (
  shop_id bigint not null,
  id bigint generated always as identity,
  bot_id bigint not null,
  contact_id bigint not null,
  chat_id bigint not null,
  telegram_user_id bigint not null,
  telegram_username text,
  telegram_name text,
  language_code text,
  status text not null check (status in ('active', 'stopped', 'blocked', 'revoked')),
  source text not null,
  -- What the contact was asked, so that the settings show the same lines again.
  offered_purposes text[] not null default '{}',
  -- The Telegram update behind the status. Updates of one chat may arrive out of order; an older one changes nothing.
  status_update_at timestamptz not null default '-infinity',
  status_update_id bigint not null default 0,
  -- Telegram's retry_after for this chat alone.
  cooling_until timestamptz,
  created_at timestamptz not null default now(),
  status_changed_at timestamptz not null default now(),
  primary key (shop_id, id),
  unique (shop_id, bot_id, chat_id),
  unique (id),
  foreign key (shop_id, bot_id) references bots (shop_id, id),
  foreign key (shop_id, contact_id) references contacts (shop_id, id)
);
create index registrations_of_contact on registrations (shop_id, contact_id);
create index registrations_cooling on registrations (bot_id, cooling_until) where cooling_until is not null;

create table optin_links (
  shop_id bigint not null references shops,
  token_hash bytea not null unique,
  bot_id bigint not null,
  contact_id bigint not null,
  purposes text[] not null,
  source text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (shop_id, token_hash),
  foreign key (shop_id, bot_id) references bots (shop_id, id),
  foreign key (shop_id, contact_id) references contacts (shop_id, id)
);

create table consents (
  shop_id bigint not null,
  id bigint generated always as identity unique,
  contact_id bigint not null,
  purpose text not null,
  action text not null check (action in ('granted', 'withdrawn')),
  wording_id text,
  wording_version integer,
  wording_hash text,
  locale text,
  source text not null,
  actor text not null,
  evidence jsonb not null,
  recorded_at timestamptz not null default clock_timestamp(),
  previous_hash bytea,
  hash bytea not null,
  primary key (shop_id, id),
  foreign key (shop_id, contact_id) references contacts (shop_id, id)
);
create index consents_of_contact on consents (shop_id, contact_id, id);

create table telegram_updates (
  shop_id bigint not null,
  bot_id bigint not null,
  update_id bigint not null,
  received_at timestamptz not null default now(),
  primary key (shop_id, bot_id, update_id)
);`

const LEDGER = `
-- The ledger is chained and only ever grows, whoever writes: each row carries the hash of the contact's row before it.
create function chain_consent() returns trigger language plpgsql as $body$
begin
  perform 1 from contacts where shop_id = new.shop_id and id = new.contact_id for update;
  -- Drawn under the lock: the number drawn at the start of the statement may be smaller than that of a row committed since.
  new.id := nextval(pg_get_serial_sequence('consents', 'id'));
  select hash into new.previous_hash from consents
    where shop_id = new.shop_id and contact_id = new.contact_id order by id desc limit 1;
  new.hash := sha256(coalesce(new.previous_hash, ''::bytea) || convert_to(jsonb_build_array(
    new.shop_id, new.contact_id, new.purpose, new.action, new.wording_id, new.wording_version, new.wording_hash,
    new.locale, new.source, new.actor, new.evidence,
    to_char(new.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8'));
  return new;
end $body$;
create trigger chain_consent before insert on consents for each row execute function chain_consent();

create function project_consent() returns trigger language plpgsql as $body$
begin
  update contacts set
    granted_purposes = case when new.action = 'granted'
      then array_append(array_remove(granted_purposes, new.purpose), new.purpose)
      else array_remove(granted_purposes, new.purpose) end,
    withdrawn_purposes = case when new.action = 'withdrawn'
      then array_append(array_remove(withdrawn_purposes, new.purpose), new.purpose)
      else array_remove(withdrawn_purposes, new.purpose) end,
    updated_at = now()
  where shop_id = new.shop_id and id = new.contact_id;
  return null;
end $body$;
create trigger project_consent after insert on consents for each row execute function project_consent();

create function refuse_ledger_change() returns trigger language plpgsql as $body$
begin
  raise exception 'the consent ledger only grows: % is refused', tg_op using errcode = 'restrict_violation';
end $body$;
create trigger refuse_ledger_change before update or delete on consents
  for each row execute function refuse_ledger_change();
create trigger refuse_ledger_truncate before truncate on consents
  for each statement execute function refuse_ledger_change();

create function refuse_unproven_consent() returns trigger language plpgsql as $body$
begin
  raise exception 'what a contact agrees to is written by the ledger alone' using errcode = 'restrict_violation';
end $body$;
create trigger refuse_unproven_consent_of_new before insert on contacts for each row
  when (pg_trigger_depth() = 0 and (new.granted_purposes <> '{}' or new.withdrawn_purposes <> '{}'))
  execute function refuse_unproven_consent();
create trigger refuse_unproven_consent before update of granted_purposes, withdrawn_purposes on contacts for each row
  when (pg_trigger_depth() = 0) execute function refuse_unproven_consent();

-- Also for who switches triggers off for a session, as replication does; rows that arrive over it keep their hashes.
alter table consents enable always trigger refuse_ledger_change;
alter table consents enable always trigger refuse_ledger_truncate;`

const TEMPLATES = `
create table templates (
  shop_id bigint not null references shops,
  id bigint generated always as identity unique,
  kind text not null,
  -- An order's or activity's state, a file's action; empty for the text that serves every state.
  state text not null default '',
  locale text not null,
  created_at timestamptz not null default now(),
  primary key (shop_id, id),
  unique (shop_id, kind, state, locale)
);

create table template_versions (
  shop_id bigint not null,
  template_id bigint not null,
  version integer not null,
  status text not null check (status in ('draft', 'published', 'retired')),
  content jsonb not null,
  created_at timestamptz not null default now(),
  published_at timestamptz,
  primary key (shop_id, template_id, version),
  foreign key (shop_id, template_id) references templates (shop_id, id)
);
create unique index template_versions_one_published on template_versions (shop_id, template_id)
  where status = 'published';`

// Foreign keys are left out of the three hot tables: each of their rows is written by one statement together with what it
// points to, and a check per row would cost more than the insert itself.
const MESSAGES = `
create table events (
  shop_id bigint not null,
  id bigint generated always as identity,
  source text not null,
  event_id text not null,
  kind text not null,
  body jsonb not null,
  fingerprint text not null,
  received_over text not null check (received_over in ('http', 'stream')),
  api_key_id text,
  accepted_at timestamptz not null default now(),
  primary key (shop_id, id),
  -- In this order it also finds the events of all sources under one id.
  unique (shop_id, event_id, source)
);

create table messages (
  shop_id bigint not null,
  id bigint generated always as identity,
  event_id bigint not null,
  recipient text not null,
  role text not null,
  kind text not null,
  state text not null,
  purpose text not null,
  lane smallint not null check (lane in (0, 1, 2)),
  status text not null default 'accepted' check (status in
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
  template_version integer,
  content jsonb,
  -- Not before this time: a retry after a failure that left nothing behind, or the one resend of an unknown outcome.
  due_at timestamptz,
  -- The turn that claimed it last.
  epoch bigint,
  attempts smallint not null default 0,
  resends smallint not null default 0,
  telegram_message_id bigint,
  accepted_at timestamptz not null default now(),
  queued_at timestamptz,
  claimed_at timestamptz,
  ended_at timestamptz,
  primary key (shop_id, id),
  unique (shop_id, event_id, recipient),
  unique (id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create index messages_to_render on messages (accepted_at) where status = 'accepted';
create index messages_sending on messages (bot_id) where status = 'sending';
create index messages_due on messages (bot_id, due_at) where status in ('queued', 'unknown') and due_at is not null;
create index messages_queued on messages (bot_id, lane, id) where status = 'queued' and due_at is null;
create index messages_queued_by_chat on messages (bot_id, lane, chat_id, id) where status = 'queued';
create index messages_accepted on messages (shop_id, recipient, lane, id) where status = 'accepted';

create table attempts (
  shop_id bigint not null,
  id bigint generated always as identity,
  message_id bigint not null,
  epoch bigint not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null,
  description text,
  retry_after_seconds integer,
  primary key (shop_id, id),
  -- One call, one row, however often its result is recorded.
  unique (shop_id, message_id, epoch, started_at)
);`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [SHOPS, PEOPLE, LEDGER, TEMPLATES, MESSAGES]) await sql.raw(part).execute(db)
}
