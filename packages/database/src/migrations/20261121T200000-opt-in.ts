import { sql, type Kysely } from 'kysely'

const SHOPS = `
-- In the sandbox only chats of testers are written to.
alter table shops add column mode text not null default 'live' check (mode in ('sandbox', 'live'));
-- So many open registrations are served; null: any number. Those beyond wait, and are lost by nobody.
alter table shops add column max_registrations integer check (max_registrations > 0);
-- Keeps hashes of erased chats from being looked up across shops.
alter table shops add column erasure_salt bytea not null default uuid_send(gen_random_uuid());

-- An archived bot is not served any more; its registrations stay.
alter table bots drop constraint bots_status_check;
alter table bots add constraint bots_status_check check (status in ('active', 'paused', 'broken', 'archived'));
-- Of "Log in with Telegram": what @BotFather gave for Web Login.
alter table bots add column login_client_id text;
alter table bots add column login_secret_key_id text;
alter table bots add column login_secret_ciphertext bytea;
alter table bots add constraint bots_login_is_whole
  check (num_nulls(login_client_id, login_secret_key_id, login_secret_ciphertext) in (0, 3));

-- One page a shop: see optinPageSchema in packages/domain. Without a row the page is shown with its defaults.
create table optin_pages (
  shop_id bigint primary key references shops,
  is_published boolean not null default true,
  settings jsonb not null,
  updated_at timestamptz not null default now()
);`

const CONTACTS = `
-- Who made it: the shop, an import, or the person by pressing START; then the external id is one of ours.
alter table contacts add column origin text not null default 'shop' check (origin in ('shop', 'import', 'start'));
-- When the person proved that the phone or the mailbox is theirs; null: the shop's word.
alter table contacts add column phone_verified_at timestamptz;
alter table contacts add column email_verified_at timestamptz;
-- Taken out of the shop's book: no list shows it, its registrations and consents stay.
alter table contacts add column removed_at timestamptz;
-- The same person under another id: everything of it belongs to that contact.
alter table contacts add column merged_into bigint;
alter table contacts add foreign key (shop_id, merged_into) references contacts (shop_id, id);
create index contacts_merged on contacts (shop_id, merged_into) where merged_into is not null;
-- Nothing personal is left; the row keeps the ledger's entries together.
alter table contacts add column erased_at timestamptz;
-- A birthday without its year is one, too: --MM-DD.
alter table contacts alter column birthday type text using birthday::text;
alter table contacts add check (birthday ~ '^(\\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$');
create index contacts_by_phone on contacts (shop_id, phone) where phone is not null;
create index contacts_by_email on contacts (shop_id, lower(email)) where email is not null;

-- Which contacts became one, and on what proof; never a name, a number or an address.
create table contact_merges (
  shop_id bigint not null,
  id bigint generated always as identity,
  from_contact_id bigint not null,
  into_contact_id bigint not null,
  matched_by text not null check (matched_by in ('external_id', 'phone', 'email', 'link', 'operator')),
  actor text not null,
  evidence jsonb not null,
  merged_at timestamptz not null default now(),
  primary key (shop_id, id),
  foreign key (shop_id, from_contact_id) references contacts (shop_id, id),
  foreign key (shop_id, into_contact_id) references contacts (shop_id, id)
);
create index contact_merges_of_contact on contact_merges (shop_id, into_contact_id);

-- Chats whose person had everything erased: no import writes to them again. Their own START takes the row away.
create table erased_chats (
  shop_id bigint not null references shops,
  -- SHA-256 of the shop's erasure_salt and the Telegram id of the person.
  chat_hash bytea not null,
  erased_at timestamptz not null default now(),
  primary key (shop_id, chat_hash)
);`

const GROUPS = `
create table groups (
  shop_id bigint not null references shops,
  id bigint generated always as identity unique,
  -- Lower case; what people write behind START and STOP.
  keyword text not null,
  name text not null,
  -- People may join by its keyword or link; else only the shop adds them.
  is_open boolean not null default true,
  -- What somebody who joins is asked.
  purposes text[] not null default '{marketing}',
  created_at timestamptz not null default now(),
  primary key (shop_id, id),
  unique (shop_id, keyword)
);

create table group_members (
  shop_id bigint not null,
  group_id bigint not null,
  contact_id bigint not null,
  source text not null,
  joined_at timestamptz not null default now(),
  -- A member who left stays known: the shop cannot add again who left by their own act.
  left_at timestamptz,
  left_by text check (left_by in ('contact', 'shop')),
  -- The Telegram update behind the contact's last act. Messages and taps may arrive out of order; an older one changes nothing.
  act_bot_id bigint,
  act_update_id bigint,
  acted_at timestamptz,
  primary key (shop_id, group_id, contact_id),
  foreign key (shop_id, group_id) references groups (shop_id, id) on delete cascade,
  foreign key (shop_id, contact_id) references contacts (shop_id, id)
);
create index group_members_of_contact on group_members (shop_id, contact_id);`

const LEDGER = `
-- Every sentence consent was ever asked with, by its hash. The youngest version of a purpose and language is in force.
create table wordings (
  shop_id bigint not null references shops,
  hash text not null,
  purpose text not null,
  locale text not null,
  version integer not null,
  title text not null,
  text text not null,
  -- Postino's own words; else the shop's.
  is_default boolean not null,
  created_at timestamptz not null default now(),
  primary key (shop_id, hash),
  unique (shop_id, purpose, locale, version)
);
-- Most shops have none of their own, and bots look every few seconds.
create index wordings_own on wordings (shop_id, purpose, locale) where not is_default;
create trigger refuse_ledger_change before update or delete on wordings
  for each row execute function refuse_ledger_change();
create trigger refuse_ledger_truncate before truncate on wordings
  for each statement execute function refuse_ledger_change();
alter table wordings enable always trigger refuse_ledger_change;
alter table wordings enable always trigger refuse_ledger_truncate;

-- What proves an entry and may be personal. The ledger has its hash, so that it can be erased and nothing else changes.
create table consent_details (
  shop_id bigint not null,
  consent_id bigint not null,
  details jsonb not null,
  primary key (shop_id, consent_id),
  foreign key (shop_id, consent_id) references consents (shop_id, id)
);

-- What the ledger says may be written again, so that a damaged row can be mended; nothing else may.
create or replace function refuse_unproven_consent() returns trigger language plpgsql as $body$
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
end $body$;`

const REGISTRATIONS = `
-- The shop's own people, who get its messages in the sandbox, too.
alter table registrations add column is_tester boolean not null default false;
-- Beyond the shop's quota when it was opened: nothing is sent until there is room.
alter table registrations add column is_over_quota boolean not null default false;
create index registrations_over_quota on registrations (shop_id, id) where is_over_quota;
create index registrations_open on registrations (shop_id, id) where status = 'active';
-- Of one person over all bots of a shop.
create index registrations_of_person on registrations (shop_id, telegram_user_id);

-- A bot takes another one's place: the old one invites everybody to the new one.
create table bot_replacements (
  shop_id bigint not null,
  id bigint generated always as identity unique,
  old_bot_id bigint not null,
  new_bot_id bigint not null,
  -- All registrations up to this one have been looked at.
  invited_up_to bigint not null default 0,
  started_at timestamptz not null default now(),
  invited_at timestamptz,
  ended_at timestamptz,
  primary key (shop_id, id),
  foreign key (shop_id, old_bot_id) references bots (shop_id, id),
  foreign key (shop_id, new_bot_id) references bots (shop_id, id),
  check (old_bot_id <> new_bot_id)
);
create unique index bot_replacements_one_at_a_time on bot_replacements (shop_id, old_bot_id) where ended_at is null;

-- A link may be for nobody yet: whoever presses START in it becomes a contact.
alter table optin_links alter column contact_id drop not null;
alter table optin_links add column id bigint generated always as identity unique;
alter table optin_links add column group_id bigint;
-- The mailbox it was sent to: who comes by it has read that mail.
alter table optin_links add column email text;
-- Whoever presses START in it becomes one of the shop's testers.
alter table optin_links add column makes_tester boolean not null default false;
alter table optin_links add column replacement_id bigint;
alter table optin_links add column locale text;
-- The web request that asked for it, for the ledger: {"request_id", "page_version", "purposes", ...}, nothing personal.
alter table optin_links add column evidence jsonb not null default '{}';
alter table optin_links add column revoked_at timestamptz;
-- The registration it led to.
alter table optin_links add column registration_id bigint;
alter table optin_links add foreign key (shop_id, group_id) references groups (shop_id, id) on delete set null (group_id);
alter table optin_links add foreign key (shop_id, replacement_id) references bot_replacements (shop_id, id);
create index optin_links_of_contact on optin_links (shop_id, contact_id) where contact_id is not null;
create index optin_links_of_registration on optin_links (shop_id, registration_id) where registration_id is not null;
create index optin_links_of_replacement on optin_links (shop_id, replacement_id) where replacement_id is not null;
-- A shop's links, the youngest first.
create index optin_links_of_shop on optin_links (shop_id, id);
create index optin_links_expiry on optin_links (expires_at);`

const RETENTION = `
alter table events drop constraint events_received_over_check;
alter table events add constraint events_received_over_check check (received_over in ('http', 'stream', 'postino'));
-- Raised when its event was changed before it was rendered: what was loaded before that is not written any more.
alter table messages add column revision smallint not null default 0;
-- All that a person was told, however many events the shop has; what has not ended is found by the indexes of the queue.
create index messages_of_recipient on messages (shop_id, recipient, id) where ended_at is not null;
-- How far each kind of data of a shop has been cleared away; ids grow with time.
create table retention_progress (
  shop_id bigint not null references shops,
  kind text not null,
  up_to_id bigint not null,
  primary key (shop_id, kind)
);
-- Updates are only ever added, in the order of time.
create index telegram_updates_received on telegram_updates using brin (received_at);`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [SHOPS, CONTACTS, GROUPS, LEDGER, REGISTRATIONS, RETENTION])
    await sql.raw(part).execute(db)
}
