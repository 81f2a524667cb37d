import { sql, type Kysely } from 'kysely'

const TEMPLATES = `
-- Rises with whatever becomes of a template, so that nobody writes over what somebody else just did to it.
alter table templates add column revision int not null default 1;
-- The checker that last judged this version, and what it found; another checker judges it anew. 0: none yet.
alter table template_versions add column checker_version int not null default 0;
alter table template_versions add column findings jsonb not null default '[]';
-- When its content was last written.
alter table template_versions add column saved_at timestamptz not null default now();
alter table template_versions add column note text;
alter table template_versions add column author text;
-- The version whose content this one took up again.
alter table template_versions add column rolled_back_to int;
alter table template_versions add column retired_at timestamptz;
create unique index template_versions_one_draft on template_versions (shop_id, template_id) where status = 'draft';
-- Those that another checker has to judge anew.
create index template_versions_by_checker on template_versions (checker_version) where status in ('draft', 'published');`

const SHOPS = `
-- The hours in which what can wait is not sent, in each recipient's own time; null: none.
alter table shops add column quiet_hours jsonb constraint shops_quiet_hours_check check (quiet_hours is null or coalesce(
  quiet_hours ->> 'from' ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' and quiet_hours ->> 'until' ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
  and quiet_hours ->> 'from' <> quiet_hours ->> 'until', false));`

const MESSAGES = `
-- The message about the same thing that took its place.
alter table messages add column superseded_by bigint;
-- Since it is queued or deferred it takes the place of older ones about the same thing.
alter table messages add column replaces_older boolean not null default false;
-- Asked for by whoever writes the template, for a chat that is verified as theirs; template_id and template_version are
-- set from the beginning.
alter table messages add column is_test boolean not null default false;
create index messages_tests on messages (shop_id, accepted_at) where is_test;
create index registrations_of_testers on registrations (shop_id, contact_id) where is_tester;

-- An accepted message with a due_at is deferred: it is rendered when its time has come, and holds up nobody meanwhile. Then
-- it is released: from that moment on it waits for its job, not since it was accepted.
alter table messages add column released_at timestamptz;
-- Of one that is queued and may not be sent in quiet hours as it is: when they begin.
alter table messages add column quiet_from timestamptz;
drop index messages_accepted;
create index messages_accepted on messages (shop_id, recipient, lane, id) where status = 'accepted' and due_at is null;
drop index messages_to_render;
create index messages_to_render on messages (coalesce(released_at, accepted_at)) where status = 'accepted' and due_at is null;
create index messages_deferred on messages (due_at, id) where status = 'accepted' and due_at is not null;
create index messages_deferred_of_recipient on messages (shop_id, recipient)
  where status = 'accepted' and due_at is not null;

-- What still waits about one thing, for one person.
create index messages_waiting_of_key on messages (shop_id, recipient, collapse_key, id)
  where status in ('accepted', 'queued') and collapse_key is not null;
-- What may have been told, and is not at its end.
create index messages_open_unknown on messages (shop_id, recipient, id) where status = 'unknown' and ended_at is null;
-- What was told of things whose news is numbered.
create index messages_sequenced on messages (shop_id, recipient, collapse_key, id) where sequence is not null;`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [TEMPLATES, SHOPS, MESSAGES]) await sql.raw(part).execute(db)
}
