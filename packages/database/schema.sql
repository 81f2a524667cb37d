CREATE OR REPLACE FUNCTION chain_consent()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION is_later(sequence text, than text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when (sequence ~ '^[0-9]+$') <> (than ~ '^[0-9]+$') then false
    when sequence ~ '^[0-9]+$' then sequence::numeric > than::numeric
    else sequence collate "C" > than collate "C" end
$function$;

CREATE OR REPLACE FUNCTION make_partitions(parent text, days integer, ahead interval, first_row timestamp with time zone DEFAULT now())
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  starts timestamptz;
  part text;
  made int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('postino.partitions'));
  select max(ends_at) into starts from partitions_of(parent);
  if starts is null then
    starts := date_trunc('week', first_row, 'UTC');
  elsif starts < now() then
    starts := date_trunc('day', now(), 'UTC') + interval '1 day';
  end if;
  while starts < now() + ahead loop
    part := format('%s_%s', parent, to_char(starts at time zone 'UTC', 'YYYYMMDD'));
    -- Rows come and are rarely touched again: vacuumed in small steps as they come, instead of all at once to be frozen.
    execute format('create table %I (like %I including defaults including constraints)
      with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000)', part, parent);
    -- Attached, not made in its place: that would lock out everybody who reads or writes.
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, starts,
      starts + days * interval '1 day');
    starts := starts + days * interval '1 day';
    made := made + 1;
  end loop;
  return made;
end $function$;

CREATE OR REPLACE FUNCTION newer_message(of_shop bigint, of_recipient text, of_bot bigint, of_key text, of_sequence text, of_id bigint)
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION partitions_of(parent text)
 RETURNS TABLE(name text, starts_at timestamp with time zone, ends_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  select relname::text, bound[1]::timestamptz, bound[2]::timestamptz
  from pg_inherits join pg_class on pg_class.oid = inhrelid
  cross join regexp_match(pg_get_expr(relpartbound, pg_class.oid), $re$FROM \('([^']+)'\) TO \('([^']+)'\)$re$) bound
  where inhparent = parent::regclass and bound is not null order by 2
$function$;

CREATE OR REPLACE FUNCTION project_consent()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION raise_revision_of_shop()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update shops set revision = revision where id = coalesce(new.shop_id, old.shop_id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION raise_shop_revision()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.revision := old.revision + 1;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION refuse_ledger_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the consent ledger only grows: % is refused', tg_op using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION refuse_unproven_consent()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  proven_grants text[];
  proven_withdrawals text[];
begin
  if tg_op = 'UPDATE' then
    select coalesce(array_agg(purpose) filter (where action = 'granted'), '{}'),
      coalesce(array_agg(purpose) filter (where action = 'withdrawn'), '{}')
    into proven_grants, proven_withdrawals
    from (select distinct on (purpose) purpose, action from consents
      where shop_id = new.shop_id and contact_id = new.id order by purpose, id desc) last;
    if new.granted_purposes @> proven_grants and new.granted_purposes <@ proven_grants
      and new.withdrawn_purposes @> proven_withdrawals and new.withdrawn_purposes <@ proven_withdrawals
    then
      return new;
    end if;
  end if;
  raise exception 'what a contact agrees to is written by the ledger alone' using errcode = 'restrict_violation';
end $function$;

create table api_keys (
  shop_id bigint not null,
  id text not null,
  secret_hash bytea not null,
  name text not null,
  environment text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (shop_id, id),
  constraint api_keys_id_key UNIQUE (id),
  constraint api_keys_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id),
  constraint api_keys_environment_check CHECK (environment = ANY (ARRAY['live'::text, 'test'::text]))
);

create table attempts (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  message_id bigint not null,
  epoch bigint not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  outcome text not null,
  description text,
  retry_after_seconds integer,
  constraint attempts_pkey PRIMARY KEY (shop_id, id),
  constraint attempts_shop_id_message_id_epoch_started_at_key UNIQUE (shop_id, message_id, epoch, started_at)
);

create table bot_replacements (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  old_bot_id bigint not null,
  new_bot_id bigint not null,
  invited_up_to bigint not null default 0,
  started_at timestamp with time zone not null default now(),
  invited_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint bot_replacements_pkey PRIMARY KEY (shop_id, id),
  constraint bot_replacements_id_key UNIQUE (id),
  constraint bot_replacements_shop_id_new_bot_id_fkey FOREIGN KEY (shop_id, new_bot_id) REFERENCES bots(shop_id, id),
  constraint bot_replacements_shop_id_old_bot_id_fkey FOREIGN KEY (shop_id, old_bot_id) REFERENCES bots(shop_id, id),
  constraint bot_replacements_check CHECK (old_bot_id <> new_bot_id)
);
CREATE UNIQUE INDEX bot_replacements_one_at_a_time ON bot_replacements USING btree (shop_id, old_bot_id) WHERE ended_at IS NULL;

create table bots (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  telegram_id bigint not null,
  username text not null,
  name text not null,
  token_key_id text not null,
  token_ciphertext bytea not null,
  webhook_path text not null,
  webhook_secret_key_id text not null,
  webhook_secret_ciphertext bytea not null,
  status text not null default 'active'::text,
  broken_reason text,
  epoch bigint not null default 0,
  turn_started_at timestamp with time zone,
  cooling_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  talking_until timestamp with time zone,
  next_reply_at timestamp with time zone,
  fast_replies_until timestamp with time zone,
  paid_refused_until timestamp with time zone,
  login_client_id text,
  login_secret_key_id text,
  login_secret_ciphertext bytea,
  shard smallint not null default 0,
  constraint bots_pkey PRIMARY KEY (shop_id, id),
  constraint bots_id_key UNIQUE (id),
  constraint bots_telegram_id_key UNIQUE (telegram_id),
  constraint bots_webhook_path_key UNIQUE (webhook_path),
  constraint bots_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id),
  constraint bots_login_is_whole CHECK (num_nulls(login_client_id, login_secret_key_id, login_secret_ciphertext) = ANY (ARRAY[0, 3])),
  constraint bots_shard_check CHECK (shard >= 0),
  constraint bots_status_check CHECK (status = ANY (ARRAY['active'::text, 'paused'::text, 'broken'::text, 'archived'::text]))
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.05);
CREATE INDEX bots_of_shard ON bots USING btree (shard);

create table button_presses (
  shop_id bigint not null,
  bot_id bigint not null,
  update_id bigint not null,
  message_id bigint not null,
  action text not null,
  pressed_at timestamp with time zone not null default now(),
  constraint button_presses_pkey PRIMARY KEY (shop_id, bot_id, update_id)
);
CREATE INDEX button_presses_of_message ON button_presses USING btree (shop_id, message_id);

create table consent_details (
  shop_id bigint not null,
  consent_id bigint not null,
  details jsonb not null,
  constraint consent_details_pkey PRIMARY KEY (shop_id, consent_id),
  constraint consent_details_shop_id_consent_id_fkey FOREIGN KEY (shop_id, consent_id) REFERENCES consents(shop_id, id)
);

create table consents (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  contact_id bigint not null,
  purpose text not null,
  action text not null,
  wording_id text,
  wording_version integer,
  wording_hash text,
  locale text,
  source text not null,
  actor text not null,
  evidence jsonb not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  previous_hash bytea,
  hash bytea not null,
  constraint consents_pkey PRIMARY KEY (shop_id, id),
  constraint consents_id_key UNIQUE (id),
  constraint consents_shop_id_contact_id_fkey FOREIGN KEY (shop_id, contact_id) REFERENCES contacts(shop_id, id),
  constraint consents_action_check CHECK (action = ANY (ARRAY['granted'::text, 'withdrawn'::text]))
);
CREATE INDEX consents_of_contact ON consents USING btree (shop_id, contact_id, id);
CREATE TRIGGER chain_consent BEFORE INSERT ON consents FOR EACH ROW EXECUTE FUNCTION chain_consent();
CREATE TRIGGER project_consent AFTER INSERT ON consents FOR EACH ROW EXECUTE FUNCTION project_consent();
CREATE TRIGGER refuse_ledger_change BEFORE DELETE OR UPDATE ON consents FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
alter table consents enable always trigger refuse_ledger_change;
CREATE TRIGGER refuse_ledger_truncate BEFORE TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
alter table consents enable always trigger refuse_ledger_truncate;

create table contact_merges (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  from_contact_id bigint not null,
  into_contact_id bigint not null,
  matched_by text not null,
  actor text not null,
  evidence jsonb not null,
  merged_at timestamp with time zone not null default now(),
  constraint contact_merges_pkey PRIMARY KEY (shop_id, id),
  constraint contact_merges_shop_id_from_contact_id_fkey FOREIGN KEY (shop_id, from_contact_id) REFERENCES contacts(shop_id, id),
  constraint contact_merges_shop_id_into_contact_id_fkey FOREIGN KEY (shop_id, into_contact_id) REFERENCES contacts(shop_id, id),
  constraint contact_merges_matched_by_check CHECK (matched_by = ANY (ARRAY['external_id'::text, 'phone'::text, 'email'::text, 'link'::text, 'operator'::text]))
);
CREATE INDEX contact_merges_of_contact ON contact_merges USING btree (shop_id, into_contact_id);

create table contacts (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  external_id text not null,
  first_name text,
  last_name text,
  locale text,
  time_zone text,
  phone text,
  email text,
  birthday text,
  attributes jsonb not null default '{}'::jsonb,
  granted_purposes text[] not null default '{}'::text[],
  withdrawn_purposes text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  origin text not null default 'shop'::text,
  phone_verified_at timestamp with time zone,
  email_verified_at timestamp with time zone,
  removed_at timestamp with time zone,
  merged_into bigint,
  erased_at timestamp with time zone,
  constraint contacts_pkey PRIMARY KEY (shop_id, id),
  constraint contacts_id_key UNIQUE (id),
  constraint contacts_shop_id_external_id_key UNIQUE (shop_id, external_id),
  constraint contacts_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id),
  constraint contacts_shop_id_merged_into_fkey FOREIGN KEY (shop_id, merged_into) REFERENCES contacts(shop_id, id),
  constraint contacts_birthday_check CHECK (birthday ~ '^(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'::text),
  constraint contacts_origin_check CHECK (origin = ANY (ARRAY['shop'::text, 'import'::text, 'start'::text]))
);
CREATE INDEX contacts_by_email ON contacts USING btree (shop_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX contacts_by_phone ON contacts USING btree (shop_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX contacts_merged ON contacts USING btree (shop_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE TRIGGER refuse_unproven_consent BEFORE UPDATE OF granted_purposes, withdrawn_purposes ON contacts FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_unproven_consent();
CREATE TRIGGER refuse_unproven_consent_of_new BEFORE INSERT ON contacts FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND (new.granted_purposes <> '{}'::text[] OR new.withdrawn_purposes <> '{}'::text[])) EXECUTE FUNCTION refuse_unproven_consent();

create table erased_chats (
  shop_id bigint not null,
  chat_hash bytea not null,
  erased_at timestamp with time zone not null default now(),
  constraint erased_chats_pkey PRIMARY KEY (shop_id, chat_hash),
  constraint erased_chats_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id)
);

create table event_keys (
  shop_id bigint not null,
  event_id text not null,
  source text not null,
  id bigint not null,
  accepted_at timestamp with time zone not null default now(),
  fingerprint text not null,
  constraint event_keys_pkey PRIMARY KEY (shop_id, event_id, source)
) with (autovacuum_vacuum_insert_scale_factor=0.02);

create table events (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  source text not null,
  event_id text not null,
  kind text not null,
  body json not null,
  received_over text not null,
  api_key_id text,
  accepted_at timestamp with time zone not null default now(),
  message_ids bigint[] not null default '{}'::bigint[],
  constraint events_pkey PRIMARY KEY (shop_id, id, accepted_at),
  constraint events_received_over_check CHECK (received_over = ANY (ARRAY['http'::text, 'stream'::text, 'postino'::text]))
)
partition by RANGE (accepted_at);
CREATE INDEX events_accepted ON ONLY events USING brin (accepted_at) WITH (autosummarize='on');

create table events_otherwise (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  source text not null,
  event_id text not null,
  kind text not null,
  body json not null,
  received_over text not null,
  api_key_id text,
  accepted_at timestamp with time zone not null default now(),
  message_ids bigint[] not null default '{}'::bigint[],
  constraint events_otherwise_pkey PRIMARY KEY (shop_id, id, accepted_at),
  constraint events_received_over_check CHECK (received_over = ANY (ARRAY['http'::text, 'stream'::text, 'postino'::text]))
)
partition of events DEFAULT;
CREATE INDEX events_otherwise_accepted_at_idx ON events_otherwise USING brin (accepted_at) WITH (autosummarize='on');

create table group_members (
  shop_id bigint not null,
  group_id bigint not null,
  contact_id bigint not null,
  source text not null,
  joined_at timestamp with time zone not null default now(),
  left_at timestamp with time zone,
  left_by text,
  act_bot_id bigint,
  act_update_id bigint,
  acted_at timestamp with time zone,
  constraint group_members_pkey PRIMARY KEY (shop_id, group_id, contact_id),
  constraint group_members_shop_id_contact_id_fkey FOREIGN KEY (shop_id, contact_id) REFERENCES contacts(shop_id, id),
  constraint group_members_shop_id_group_id_fkey FOREIGN KEY (shop_id, group_id) REFERENCES groups(shop_id, id) ON DELETE CASCADE,
  constraint group_members_left_by_check CHECK (left_by = ANY (ARRAY['contact'::text, 'shop'::text]))
);
CREATE INDEX group_members_of_contact ON group_members USING btree (shop_id, contact_id);

create table groups (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  keyword text not null,
  name text not null,
  is_open boolean not null default true,
  purposes text[] not null default '{marketing}'::text[],
  created_at timestamp with time zone not null default now(),
  constraint groups_pkey PRIMARY KEY (shop_id, id),
  constraint groups_id_key UNIQUE (id),
  constraint groups_shop_id_keyword_key UNIQUE (shop_id, keyword),
  constraint groups_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id)
);

create table installation (
  is_only boolean not null default true,
  shards smallint not null,
  constraint installation_pkey PRIMARY KEY (is_only),
  constraint installation_is_only_check CHECK (is_only),
  constraint installation_shards_check CHECK (shards >= 1 AND shards <= 1024)
);

create table intake_users (
  shop_id bigint not null,
  password_hash text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  constraint intake_users_pkey PRIMARY KEY (shop_id, password_hash),
  constraint intake_users_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id)
);

create table messages (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  event_id bigint not null,
  recipient text not null,
  role text not null,
  kind text not null,
  state text not null,
  purpose text not null,
  lane smallint not null,
  status text not null default 'accepted'::text,
  reason text,
  detail text,
  collapse_key text,
  sequence text,
  deadline_at timestamp with time zone,
  bot_id bigint,
  contact_id bigint,
  registration_id bigint,
  chat_id bigint,
  template_id bigint,
  template_version integer,
  content json,
  due_at timestamp with time zone,
  epoch bigint,
  attempts smallint not null default 0,
  resends smallint not null default 0,
  telegram_message_id bigint,
  accepted_at timestamp with time zone not null default now(),
  queued_at timestamp with time zone,
  claimed_at timestamp with time zone,
  called_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  cost smallint not null default 1,
  on_unknown text,
  revision smallint not null default 0,
  superseded_by bigint,
  replaces_older boolean not null default false,
  is_test boolean not null default false,
  released_at timestamp with time zone,
  quiet_from timestamp with time zone,
  constraint messages_cost_check CHECK (cost >= 1 AND cost <= 10),
  constraint messages_lane_check CHECK (lane = ANY (ARRAY[0, 1, 2])),
  constraint messages_on_unknown_check CHECK (on_unknown = ANY (ARRAY['resend_once'::text, 'drop'::text, 'hold'::text])),
  constraint messages_status_check CHECK (status = ANY (ARRAY['accepted'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'rejected'::text, 'suppressed'::text, 'superseded'::text, 'expired'::text, 'failed'::text, 'unknown'::text]))
)
partition by LIST (((ended_at IS NULL)));
CREATE INDEX messages_albums ON ONLY messages USING btree (bot_id, claimed_at) WHERE cost > 1;
CREATE INDEX messages_of_own_event ON ONLY messages USING btree (shop_id, event_id, recipient) WHERE kind = 'bot.replaced'::text;
CREATE INDEX messages_sequenced ON ONLY messages USING btree (shop_id, recipient, collapse_key, id) WHERE sequence IS NOT NULL;
CREATE INDEX messages_tests ON ONLY messages USING btree (shop_id, accepted_at) WHERE is_test;

create table messages_ended (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  event_id bigint not null,
  recipient text not null,
  role text not null,
  kind text not null,
  state text not null,
  purpose text not null,
  lane smallint not null,
  status text not null default 'accepted'::text,
  reason text,
  detail text,
  collapse_key text,
  sequence text,
  deadline_at timestamp with time zone,
  bot_id bigint,
  contact_id bigint,
  registration_id bigint,
  chat_id bigint,
  template_id bigint,
  template_version integer,
  content json,
  due_at timestamp with time zone,
  epoch bigint,
  attempts smallint not null default 0,
  resends smallint not null default 0,
  telegram_message_id bigint,
  accepted_at timestamp with time zone not null default now(),
  queued_at timestamp with time zone,
  claimed_at timestamp with time zone,
  called_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone not null,
  cost smallint not null default 1,
  on_unknown text,
  revision smallint not null default 0,
  superseded_by bigint,
  replaces_older boolean not null default false,
  is_test boolean not null default false,
  released_at timestamp with time zone,
  quiet_from timestamp with time zone,
  constraint messages_ended_pkey PRIMARY KEY (id, ended_at),
  constraint messages_cost_check CHECK (cost >= 1 AND cost <= 10),
  constraint messages_ended_check CHECK (status = ANY (ARRAY['sent'::text, 'rejected'::text, 'suppressed'::text, 'superseded'::text, 'expired'::text, 'failed'::text, 'unknown'::text])),
  constraint messages_lane_check CHECK (lane = ANY (ARRAY[0, 1, 2])),
  constraint messages_on_unknown_check CHECK (on_unknown = ANY (ARRAY['resend_once'::text, 'drop'::text, 'hold'::text])),
  constraint messages_status_check CHECK (status = ANY (ARRAY['accepted'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'rejected'::text, 'suppressed'::text, 'superseded'::text, 'expired'::text, 'failed'::text, 'unknown'::text]))
)
partition of messages FOR VALUES IN (false)
partition by RANGE (ended_at);
CREATE INDEX messages_ended_bot_id_claimed_at_idx ON ONLY messages_ended USING btree (bot_id, claimed_at) WHERE cost > 1;
CREATE INDEX messages_ended_shop_id_accepted_at_idx ON ONLY messages_ended USING btree (shop_id, accepted_at) WHERE is_test;
CREATE INDEX messages_ended_shop_id_event_id_recipient_idx ON ONLY messages_ended USING btree (shop_id, event_id, recipient) WHERE kind = 'bot.replaced'::text;
CREATE INDEX messages_ended_shop_id_recipient_collapse_key_id_idx ON ONLY messages_ended USING btree (shop_id, recipient, collapse_key, id) WHERE sequence IS NOT NULL;
CREATE INDEX messages_ended_times ON ONLY messages_ended USING brin (ended_at, accepted_at) WITH (autosummarize='on');
CREATE INDEX messages_of_recipient ON ONLY messages_ended USING btree (shop_id, recipient, id);

create table messages_ended_otherwise (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  event_id bigint not null,
  recipient text not null,
  role text not null,
  kind text not null,
  state text not null,
  purpose text not null,
  lane smallint not null,
  status text not null default 'accepted'::text,
  reason text,
  detail text,
  collapse_key text,
  sequence text,
  deadline_at timestamp with time zone,
  bot_id bigint,
  contact_id bigint,
  registration_id bigint,
  chat_id bigint,
  template_id bigint,
  template_version integer,
  content json,
  due_at timestamp with time zone,
  epoch bigint,
  attempts smallint not null default 0,
  resends smallint not null default 0,
  telegram_message_id bigint,
  accepted_at timestamp with time zone not null default now(),
  queued_at timestamp with time zone,
  claimed_at timestamp with time zone,
  called_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone not null,
  cost smallint not null default 1,
  on_unknown text,
  revision smallint not null default 0,
  superseded_by bigint,
  replaces_older boolean not null default false,
  is_test boolean not null default false,
  released_at timestamp with time zone,
  quiet_from timestamp with time zone,
  constraint messages_ended_otherwise_pkey PRIMARY KEY (id, ended_at),
  constraint messages_cost_check CHECK (cost >= 1 AND cost <= 10),
  constraint messages_ended_check CHECK (status = ANY (ARRAY['sent'::text, 'rejected'::text, 'suppressed'::text, 'superseded'::text, 'expired'::text, 'failed'::text, 'unknown'::text])),
  constraint messages_lane_check CHECK (lane = ANY (ARRAY[0, 1, 2])),
  constraint messages_on_unknown_check CHECK (on_unknown = ANY (ARRAY['resend_once'::text, 'drop'::text, 'hold'::text])),
  constraint messages_status_check CHECK (status = ANY (ARRAY['accepted'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'rejected'::text, 'suppressed'::text, 'superseded'::text, 'expired'::text, 'failed'::text, 'unknown'::text]))
)
partition of messages_ended DEFAULT;
CREATE INDEX messages_ended_otherwise_bot_id_claimed_at_idx ON messages_ended_otherwise USING btree (bot_id, claimed_at) WHERE cost > 1;
CREATE INDEX messages_ended_otherwise_ended_at_accepted_at_idx ON messages_ended_otherwise USING brin (ended_at, accepted_at) WITH (autosummarize='on');
CREATE INDEX messages_ended_otherwise_shop_id_accepted_at_idx ON messages_ended_otherwise USING btree (shop_id, accepted_at) WHERE is_test;
CREATE INDEX messages_ended_otherwise_shop_id_event_id_recipient_idx ON messages_ended_otherwise USING btree (shop_id, event_id, recipient) WHERE kind = 'bot.replaced'::text;
CREATE INDEX messages_ended_otherwise_shop_id_recipient_collapse_key_id_idx ON messages_ended_otherwise USING btree (shop_id, recipient, collapse_key, id) WHERE sequence IS NOT NULL;
CREATE INDEX messages_ended_otherwise_shop_id_recipient_id_idx ON messages_ended_otherwise USING btree (shop_id, recipient, id);

create table messages_open (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  event_id bigint not null,
  recipient text not null,
  role text not null,
  kind text not null,
  state text not null,
  purpose text not null,
  lane smallint not null,
  status text not null default 'accepted'::text,
  reason text,
  detail text,
  collapse_key text,
  sequence text,
  deadline_at timestamp with time zone,
  bot_id bigint,
  contact_id bigint,
  registration_id bigint,
  chat_id bigint,
  template_id bigint,
  template_version integer,
  content json,
  due_at timestamp with time zone,
  epoch bigint,
  attempts smallint not null default 0,
  resends smallint not null default 0,
  telegram_message_id bigint,
  accepted_at timestamp with time zone not null default now(),
  queued_at timestamp with time zone,
  claimed_at timestamp with time zone,
  called_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  cost smallint not null default 1,
  on_unknown text,
  revision smallint not null default 0,
  superseded_by bigint,
  replaces_older boolean not null default false,
  is_test boolean not null default false,
  released_at timestamp with time zone,
  quiet_from timestamp with time zone,
  constraint messages_open_pkey PRIMARY KEY (id),
  constraint messages_cost_check CHECK (cost >= 1 AND cost <= 10),
  constraint messages_lane_check CHECK (lane = ANY (ARRAY[0, 1, 2])),
  constraint messages_on_unknown_check CHECK (on_unknown = ANY (ARRAY['resend_once'::text, 'drop'::text, 'hold'::text])),
  constraint messages_status_check CHECK (status = ANY (ARRAY['accepted'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'rejected'::text, 'suppressed'::text, 'superseded'::text, 'expired'::text, 'failed'::text, 'unknown'::text]))
)
partition of messages FOR VALUES IN (true) with (autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.02, autovacuum_vacuum_cost_delay=0, vacuum_truncate=off);
CREATE INDEX messages_accepted ON messages_open USING btree (shop_id, recipient, lane, id) WHERE status = 'accepted'::text AND due_at IS NULL;
CREATE INDEX messages_deferred ON messages_open USING btree (due_at, id) WHERE status = 'accepted'::text AND due_at IS NOT NULL;
CREATE INDEX messages_deferred_of_recipient ON messages_open USING btree (shop_id, recipient) WHERE status = 'accepted'::text AND due_at IS NOT NULL;
CREATE INDEX messages_due ON messages_open USING btree (bot_id, due_at) WHERE (status = ANY (ARRAY['queued'::text, 'unknown'::text])) AND due_at IS NOT NULL;
CREATE INDEX messages_held ON messages_open USING btree (shop_id, id) WHERE status = 'unknown'::text AND due_at IS NULL;
CREATE INDEX messages_open_bot_id_claimed_at_idx ON messages_open USING btree (bot_id, claimed_at) WHERE cost > 1;
CREATE INDEX messages_open_shop_id_accepted_at_idx ON messages_open USING btree (shop_id, accepted_at) WHERE is_test;
CREATE INDEX messages_open_shop_id_event_id_recipient_idx ON messages_open USING btree (shop_id, event_id, recipient) WHERE kind = 'bot.replaced'::text;
CREATE INDEX messages_open_shop_id_recipient_collapse_key_id_idx ON messages_open USING btree (shop_id, recipient, collapse_key, id) WHERE sequence IS NOT NULL;
CREATE INDEX messages_open_unknown ON messages_open USING btree (shop_id, recipient, id) WHERE status = 'unknown'::text;
CREATE INDEX messages_queued ON messages_open USING btree (bot_id, lane, id) WHERE status = 'queued'::text AND due_at IS NULL;
CREATE INDEX messages_queued_by_chat ON messages_open USING btree (bot_id, lane, chat_id, id) WHERE status = 'queued'::text;
CREATE INDEX messages_sending ON messages_open USING btree (bot_id) WHERE status = 'sending'::text;
CREATE INDEX messages_to_render ON messages_open USING btree (COALESCE(released_at, accepted_at)) WHERE status = 'accepted'::text AND due_at IS NULL AND lane >= 0;
CREATE INDEX messages_waiting_of_key ON messages_open USING btree (shop_id, recipient, collapse_key, id) WHERE (status = ANY (ARRAY['accepted'::text, 'queued'::text])) AND collapse_key IS NOT NULL;

create table needed_events (
  shop_id bigint not null,
  id bigint not null,
  accepted_at timestamp with time zone not null,
  constraint needed_events_pkey PRIMARY KEY (shop_id, id)
);

create table optin_links (
  shop_id bigint not null,
  token_hash bytea not null,
  bot_id bigint not null,
  contact_id bigint,
  purposes text[] not null,
  source text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  id bigint not null generated always as identity,
  group_id bigint,
  email text,
  makes_tester boolean not null default false,
  replacement_id bigint,
  locale text,
  evidence jsonb not null default '{}'::jsonb,
  revoked_at timestamp with time zone,
  registration_id bigint,
  constraint optin_links_pkey PRIMARY KEY (shop_id, token_hash),
  constraint optin_links_id_key UNIQUE (id),
  constraint optin_links_token_hash_key UNIQUE (token_hash),
  constraint optin_links_shop_id_bot_id_fkey FOREIGN KEY (shop_id, bot_id) REFERENCES bots(shop_id, id),
  constraint optin_links_shop_id_contact_id_fkey FOREIGN KEY (shop_id, contact_id) REFERENCES contacts(shop_id, id),
  constraint optin_links_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id),
  constraint optin_links_shop_id_group_id_fkey FOREIGN KEY (shop_id, group_id) REFERENCES groups(shop_id, id) ON DELETE SET NULL (group_id),
  constraint optin_links_shop_id_replacement_id_fkey FOREIGN KEY (shop_id, replacement_id) REFERENCES bot_replacements(shop_id, id)
);
CREATE INDEX optin_links_expiry ON optin_links USING btree (expires_at);
CREATE INDEX optin_links_of_contact ON optin_links USING btree (shop_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX optin_links_of_registration ON optin_links USING btree (shop_id, registration_id) WHERE registration_id IS NOT NULL;
CREATE INDEX optin_links_of_replacement ON optin_links USING btree (shop_id, replacement_id) WHERE replacement_id IS NOT NULL;
CREATE INDEX optin_links_of_shop ON optin_links USING btree (shop_id, id);

create table optin_pages (
  shop_id bigint not null,
  is_published boolean not null default true,
  settings jsonb not null,
  updated_at timestamp with time zone not null default now(),
  constraint optin_pages_pkey PRIMARY KEY (shop_id),
  constraint optin_pages_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id)
);

create table registrations (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  bot_id bigint not null,
  contact_id bigint not null,
  chat_id bigint not null,
  telegram_user_id bigint not null,
  telegram_username text,
  telegram_name text,
  language_code text,
  status text not null,
  source text not null,
  offered_purposes text[] not null default '{}'::text[],
  status_update_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  status_update_id bigint not null default 0,
  cooling_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  status_changed_at timestamp with time zone not null default now(),
  is_tester boolean not null default false,
  is_over_quota boolean not null default false,
  constraint registrations_pkey PRIMARY KEY (shop_id, id),
  constraint registrations_id_key UNIQUE (id),
  constraint registrations_shop_id_bot_id_chat_id_key UNIQUE (shop_id, bot_id, chat_id),
  constraint registrations_shop_id_bot_id_fkey FOREIGN KEY (shop_id, bot_id) REFERENCES bots(shop_id, id),
  constraint registrations_shop_id_contact_id_fkey FOREIGN KEY (shop_id, contact_id) REFERENCES contacts(shop_id, id),
  constraint registrations_status_check CHECK (status = ANY (ARRAY['active'::text, 'stopped'::text, 'blocked'::text, 'revoked'::text]))
);
CREATE INDEX registrations_cooling ON registrations USING btree (bot_id, cooling_until) WHERE cooling_until IS NOT NULL;
CREATE INDEX registrations_of_contact ON registrations USING btree (shop_id, contact_id);
CREATE INDEX registrations_of_person ON registrations USING btree (shop_id, telegram_user_id);
CREATE INDEX registrations_of_testers ON registrations USING btree (shop_id, contact_id) WHERE is_tester;
CREATE INDEX registrations_open ON registrations USING btree (shop_id, id) WHERE status = 'active'::text;
CREATE INDEX registrations_over_quota ON registrations USING btree (shop_id, id) WHERE is_over_quota;

create table rejected_events (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  received_over text not null,
  entry_id text,
  event_id text,
  source text,
  kind text,
  issues jsonb not null,
  rejected_at timestamp with time zone not null default now(),
  constraint rejected_events_pkey PRIMARY KEY (shop_id, id),
  constraint rejected_events_shop_id_received_over_entry_id_key UNIQUE (shop_id, received_over, entry_id),
  constraint rejected_events_received_over_check CHECK (received_over = ANY (ARRAY['http'::text, 'stream'::text]))
);
CREATE INDEX rejected_events_of_event ON rejected_events USING btree (shop_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX rejected_events_rejected ON rejected_events USING brin (rejected_at);

create table retention_marks (
  kind text not null,
  up_to timestamp with time zone,
  up_to_id bigint,
  constraint retention_marks_pkey PRIMARY KEY (kind)
);

create table shops (
  id bigint not null generated always as identity,
  slug text not null,
  name text not null,
  locale text not null default 'en'::text,
  time_zone text not null default 'UTC'::text,
  support_contact text,
  privacy_url text,
  contract_purposes text[] not null default '{}'::text[],
  managed_order_states text[],
  created_at timestamp with time zone not null default now(),
  attachment_policy jsonb,
  paid_messages_per_second integer,
  mode text not null default 'live'::text,
  max_registrations integer,
  erasure_salt bytea not null default uuid_send(gen_random_uuid()),
  quiet_hours jsonb,
  revision bigint not null default 0,
  stream_intake boolean not null default false,
  constraint shops_pkey PRIMARY KEY (id),
  constraint shops_slug_key UNIQUE (slug),
  constraint shops_contract_purposes_check CHECK (NOT ('marketing'::text = ANY (contract_purposes))),
  constraint shops_max_registrations_check CHECK (max_registrations > 0),
  constraint shops_mode_check CHECK (mode = ANY (ARRAY['sandbox'::text, 'live'::text])),
  constraint shops_paid_messages_per_second_check CHECK (paid_messages_per_second >= 31 AND paid_messages_per_second <= 1000),
  constraint shops_quiet_hours_check CHECK (quiet_hours IS NULL OR COALESCE((quiet_hours ->> 'from'::text) ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text AND (quiet_hours ->> 'until'::text) ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text AND (quiet_hours ->> 'from'::text) <> (quiet_hours ->> 'until'::text), false)),
  constraint shops_slug_check CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)
);
CREATE INDEX shops_with_stream ON shops USING btree (id) WHERE stream_intake;
CREATE TRIGGER raise_shop_revision BEFORE UPDATE ON shops FOR EACH ROW EXECUTE FUNCTION raise_shop_revision();

create table telegram_files (
  shop_id bigint not null,
  bot_id bigint not null,
  address_hash bytea not null,
  media_type text not null,
  file_id text,
  way text,
  learned_at timestamp with time zone not null default now(),
  constraint telegram_files_pkey PRIMARY KEY (shop_id, bot_id, address_hash, media_type),
  constraint telegram_files_shop_id_bot_id_fkey FOREIGN KEY (shop_id, bot_id) REFERENCES bots(shop_id, id),
  constraint telegram_files_media_type_check CHECK (media_type = ANY (ARRAY['photo'::text, 'video'::text, 'audio'::text, 'document'::text])),
  constraint telegram_files_way_check CHECK (way = ANY (ARRAY['url'::text, 'upload'::text, 'document'::text, 'link'::text]))
);

create table telegram_updates (
  shop_id bigint not null,
  bot_id bigint not null,
  update_id bigint not null,
  received_at timestamp with time zone not null default now(),
  constraint telegram_updates_pkey PRIMARY KEY (shop_id, bot_id, update_id)
);
CREATE INDEX telegram_updates_received ON telegram_updates USING brin (received_at);

create table template_versions (
  shop_id bigint not null,
  template_id bigint not null,
  version integer not null,
  status text not null,
  content jsonb not null,
  created_at timestamp with time zone not null default now(),
  published_at timestamp with time zone,
  checker_version integer not null default 0,
  findings jsonb not null default '[]'::jsonb,
  saved_at timestamp with time zone not null default now(),
  note text,
  author text,
  rolled_back_to integer,
  retired_at timestamp with time zone,
  constraint template_versions_pkey PRIMARY KEY (shop_id, template_id, version),
  constraint template_versions_shop_id_template_id_fkey FOREIGN KEY (shop_id, template_id) REFERENCES templates(shop_id, id),
  constraint template_versions_status_check CHECK (status = ANY (ARRAY['draft'::text, 'published'::text, 'retired'::text]))
);
CREATE INDEX template_versions_by_checker ON template_versions USING btree (checker_version) WHERE status = ANY (ARRAY['draft'::text, 'published'::text]);
CREATE UNIQUE INDEX template_versions_one_draft ON template_versions USING btree (shop_id, template_id) WHERE status = 'draft'::text;
CREATE UNIQUE INDEX template_versions_one_published ON template_versions USING btree (shop_id, template_id) WHERE status = 'published'::text;
CREATE TRIGGER raise_revision_of_shop AFTER UPDATE ON template_versions FOR EACH ROW WHEN (old.status = 'published'::text OR new.status = 'published'::text) EXECUTE FUNCTION raise_revision_of_shop();
CREATE TRIGGER raise_revision_of_shop_of_new AFTER INSERT ON template_versions FOR EACH ROW WHEN (new.status = 'published'::text) EXECUTE FUNCTION raise_revision_of_shop();
CREATE TRIGGER raise_revision_of_shop_of_old AFTER DELETE ON template_versions FOR EACH ROW WHEN (old.status = 'published'::text) EXECUTE FUNCTION raise_revision_of_shop();

create table templates (
  shop_id bigint not null,
  id bigint not null generated always as identity,
  kind text not null,
  state text not null default ''::text,
  locale text not null,
  created_at timestamp with time zone not null default now(),
  revision integer not null default 1,
  constraint templates_pkey PRIMARY KEY (shop_id, id),
  constraint templates_id_key UNIQUE (id),
  constraint templates_shop_id_kind_state_locale_key UNIQUE (shop_id, kind, state, locale),
  constraint templates_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id)
);
CREATE TRIGGER raise_revision_of_shop AFTER INSERT OR DELETE OR UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION raise_revision_of_shop();

create table wordings (
  shop_id bigint not null,
  hash text not null,
  purpose text not null,
  locale text not null,
  version integer not null,
  title text not null,
  text text not null,
  is_default boolean not null,
  created_at timestamp with time zone not null default now(),
  constraint wordings_pkey PRIMARY KEY (shop_id, hash),
  constraint wordings_shop_id_purpose_locale_version_key UNIQUE (shop_id, purpose, locale, version),
  constraint wordings_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shops(id)
);
CREATE INDEX wordings_own ON wordings USING btree (shop_id, purpose, locale) WHERE NOT is_default;
CREATE TRIGGER refuse_ledger_change BEFORE DELETE OR UPDATE ON wordings FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
alter table wordings enable always trigger refuse_ledger_change;
CREATE TRIGGER refuse_ledger_truncate BEFORE TRUNCATE ON wordings FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
alter table wordings enable always trigger refuse_ledger_truncate;
