-- The schema as it is after all migrations. Written by crates/store/tests/it/schema_docs.rs; not to be edited.
-- Bodies of functions and views, and comments, stand in migrations/.

-- Enums

create type campaign_state as enum ('draft', 'scheduled', 'running', 'paused', 'finished', 'cancelled');
create type job_state as enum ('pending', 'released', 'running', 'dead');
create type member_role as enum ('owner', 'admin', 'member');
create type message_class as enum ('transactional', 'bulk');
create type message_direction as enum ('outbound', 'inbound');
create type message_state as enum ('accepted', 'scheduled', 'queued', 'sending', 'unknown', 'sent', 'delivered', 'read', 'played', 'failed', 'expired', 'cancelled', 'received');
create type node_health as enum ('unknown', 'healthy', 'degraded', 'dead');
create type number_check_mode as enum ('skip', 'prefer', 'require');
create type session_desired as enum ('running', 'stopped', 'deleted');
create type session_status as enum ('pending', 'stopped', 'starting', 'scan_qr_code', 'passkey_required', 'working', 'failed', 'unknown');

-- Functions

create function another_waha_id(of_message uuid, before text) returns text language sql immutable;
create function bump_campaign_version() returns trigger language plpgsql volatile;
create function bump_version_of_senders() returns trigger language plpgsql volatile security definer set search_path=public;
create function came_to_nothing(state message_state) returns boolean language sql immutable;
create function chat_is_known(of_session uuid, of_chat text, but uuid) returns boolean language plpgsql stable security definer set search_path=public; -- not for everybody
create function chat_is_new(of_session uuid, of_chat text) returns boolean language plpgsql stable security definer set search_path=public; -- not for everybody
create function count_changed_messages() returns trigger language plpgsql volatile security definer set search_path=public;
create function count_inserted_messages() returns trigger language plpgsql volatile security definer set search_path=public;
create function count_media_objects() returns trigger language plpgsql volatile security definer set search_path=public;
create function current_organization() returns uuid language sql stable;
create function fill_person() returns trigger language plpgsql volatile;
create function folded(written text) returns text language sql immutable;
create function forget_campaign() returns trigger language plpgsql volatile security definer set search_path=public;
create function forget_organization() returns trigger language plpgsql volatile security definer set search_path=public;
create function guard_message_edges() returns trigger language plpgsql volatile;
create function media_source_hash(content jsonb) returns bytea language sql stable;
create function members_of(of_session uuid, of_chat text) returns integer language sql stable;
create function message_next(state message_state) returns message_state[] language sql immutable;
create function person_behind(of_organization uuid, chat text) returns text language sql stable;
create function person_of(phone text) returns text language sql immutable;
create function reactions_to(of_message uuid) returns jsonb language sql stable;
create function refuse_change_of_audit() returns trigger language plpgsql volatile;
create function refused_by_whatsapp(state message_state, error_code text) returns boolean language sql immutable;
create function session_health(s sessions, at timestamp with time zone, OUT health text, OUT reason text, OUT since timestamp with time zone) returns record language sql stable;
create function stick_pool_contacts() returns trigger language plpgsql volatile security definer set search_path=public;
create function words_of(content jsonb) returns text language sql immutable;

-- Context accounts

create table plans (
    name                text not null,
    weight              integer not null default 1,
    messages_per_minute integer,
    created_at          timestamp with time zone not null default now(),
    constraint plans_pkey PRIMARY KEY (name),
    constraint plans_messages_per_minute_check CHECK (messages_per_minute > 0),
    constraint plans_name_check CHECK (name ~ '^[a-z0-9_-]{1,50}$'::text),
    constraint plans_weight_check CHECK (weight >= 1 AND weight <= 1000)
);
alter table plans enable row level security;
create policy everybody on plans for select to wahana_tenant using (true);
grant select on plans to wahana_tenant;

create table organizations (
    id              uuid not null,
    name            text not null,
    plan            text not null default 'free'::text,
    time_zone       text not null default 'Asia/Jakarta'::text,
    default_country text not null default 'ID'::text,
    created_at      timestamp with time zone not null default now(),
    language        text not null default 'en'::text,
    accent_color    text,
    constraint organizations_pkey PRIMARY KEY (id),
    constraint organizations_accent_color_check CHECK (accent_color ~ '^#[0-9a-f]{6}$'::text),
    constraint organizations_default_country_check CHECK (default_country ~ '^[A-Z]{2}$'::text),
    constraint organizations_language_check CHECK (language = ANY (ARRAY['en'::text, 'id'::text])),
    constraint organizations_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
    constraint organizations_plan_fkey FOREIGN KEY (plan) REFERENCES plans(name)
);
alter table organizations enable row level security;
CREATE TRIGGER forget_organization BEFORE DELETE ON organizations FOR EACH ROW EXECUTE FUNCTION forget_organization();
create policy tenant on organizations for all to wahana_tenant using ((id = current_organization()));
grant select, update on organizations to wahana_tenant;

create table users (
    id            uuid not null,
    email         text not null,
    name          text not null,
    password_hash text not null,
    created_at    timestamp with time zone not null default now(),
    last_login_at timestamp with time zone,
    operator      boolean not null default false,
    language      text,
    time_zone     text,
    theme         text not null default 'system'::text,
    constraint users_pkey PRIMARY KEY (id),
    constraint users_email_check CHECK (email = lower(email)),
    constraint users_email_key UNIQUE (email),
    constraint users_language_check CHECK (language = ANY (ARRAY['en'::text, 'id'::text])),
    constraint users_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
    constraint users_theme_check CHECK (theme = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text]))
);

create table memberships (
    organization_id uuid not null,
    user_id         uuid not null,
    role            member_role not null,
    created_at      timestamp with time zone not null default now(),
    constraint memberships_pkey PRIMARY KEY (organization_id, user_id),
    constraint memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
alter table memberships enable row level security;
CREATE INDEX memberships_by_user ON memberships USING btree (user_id);
create policy tenant on memberships for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on memberships to wahana_tenant;

create table devices (
    id              uuid not null,
    user_id         uuid not null,
    organization_id uuid not null,
    user_agent      text,
    created_at      timestamp with time zone not null default now(),
    last_seen_at    timestamp with time zone not null default now(),
    revoked_at      timestamp with time zone,
    address         text,
    constraint devices_pkey PRIMARY KEY (id),
    constraint devices_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
alter table devices enable row level security;
CREATE INDEX devices_by_user ON devices USING btree (user_id);
create policy tenant on devices for all to wahana_tenant using ((organization_id = current_organization()));
grant select, update on devices to wahana_tenant;

create table refresh_tokens (
    token_hash bytea not null,
    device_id  uuid not null,
    created_at timestamp with time zone not null default now(),
    expires_at timestamp with time zone not null,
    used_at    timestamp with time zone,
    constraint refresh_tokens_pkey PRIMARY KEY (token_hash),
    constraint refresh_tokens_device_id_fkey FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_by_device ON refresh_tokens USING btree (device_id);

create table api_keys (
    id              uuid not null,
    organization_id uuid not null,
    name            text not null,
    prefix          text not null,
    key_hash        bytea not null,
    scopes          text[] not null,
    created_by      uuid,
    created_at      timestamp with time zone not null default now(),
    expires_at      timestamp with time zone,
    last_used_at    timestamp with time zone,
    revoked_at      timestamp with time zone,
    replaced_by     uuid,
    constraint api_keys_pkey PRIMARY KEY (id),
    constraint api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    constraint api_keys_key_hash_key UNIQUE (key_hash),
    constraint api_keys_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
    constraint api_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint api_keys_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES api_keys(id) ON DELETE SET NULL
);
alter table api_keys enable row level security;
CREATE INDEX api_keys_by_organization ON api_keys USING btree (organization_id, id);
create policy tenant on api_keys for all to wahana_tenant using ((organization_id = current_organization()));
grant insert, select, update on api_keys to wahana_tenant;

create table idempotency_keys (
    organization_id uuid not null,
    key             text not null,
    fingerprint     bytea not null,
    status          smallint not null,
    response        jsonb not null,
    expires_at      timestamp with time zone not null,
    constraint idempotency_keys_pkey PRIMARY KEY (organization_id, key),
    constraint idempotency_keys_key_check CHECK (length(key) >= 1 AND length(key) <= 255),
    constraint idempotency_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table idempotency_keys enable row level security;
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys USING btree (expires_at);
create policy tenant on idempotency_keys for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on idempotency_keys to wahana_tenant;

create table request_log (
    id              uuid not null,
    organization_id uuid not null,
    at              timestamp with time zone not null,
    method          text not null,
    route           text not null,
    path            text not null,
    status          smallint not null,
    duration_ms     integer not null,
    request_id      text not null,
    key_id          uuid,
    user_id         uuid,
    caller          text not null,
    error_code      text,
    constraint request_log_pkey PRIMARY KEY (id)
);
alter table request_log enable row level security;
CREATE INDEX request_log_by_organization ON request_log USING btree (organization_id, id);
CREATE INDEX request_log_by_request ON request_log USING btree (organization_id, request_id);
CREATE INDEX request_log_errors ON request_log USING btree (organization_id, id) WHERE status >= 400;
create policy tenant on request_log for all to wahana_tenant using ((organization_id = current_organization()));
grant select on request_log to wahana_tenant;

create table request_counts (
    organization_id uuid not null,
    minute          timestamp with time zone not null,
    requests        integer not null,
    client_errors   integer not null,
    server_errors   integer not null,
    constraint request_counts_pkey PRIMARY KEY (organization_id, minute)
);
alter table request_counts enable row level security;
create policy tenant on request_counts for all to wahana_tenant using ((organization_id = current_organization()));
grant select on request_counts to wahana_tenant;

-- Context fleet

create table nodes (
    id                  uuid not null,
    name                text not null,
    base_url            text not null,
    api_key_sealed      bytea not null,
    engine              text,
    version             text,
    capacity            integer not null,
    cordoned            boolean not null default false,
    seen_at             timestamp with time zone,
    error               text,
    created_at          timestamp with time zone not null default now(),
    messages_per_minute integer,
    health              node_health not null default 'unknown'::node_health,
    health_since        timestamp with time zone not null default now(),
    labels              jsonb not null default '{}'::jsonb,
    storage_group       text,
    draining_since      timestamp with time zone,
    removed_at          timestamp with time zone,
    drain_scans         boolean not null default false,
    constraint nodes_pkey PRIMARY KEY (id),
    constraint nodes_capacity_check CHECK (capacity > 0),
    constraint nodes_messages_per_minute_check CHECK (messages_per_minute > 0),
    constraint nodes_storage_group_check CHECK (length(storage_group) >= 1 AND length(storage_group) <= 100)
);
CREATE UNIQUE INDEX nodes_base_url ON nodes USING btree (base_url) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX nodes_name ON nodes USING btree (name) WHERE removed_at IS NULL;

-- Context sessions

create table sessions (
    id                uuid not null,
    organization_id   uuid not null,
    node_id           uuid not null,
    name              text not null,
    description       text,
    waha_name         text not null,
    hmac_key_sealed   bytea not null,
    desired           session_desired not null,
    status            session_status not null default 'pending'::session_status,
    status_since      timestamp with time zone not null default now(),
    status_event_ms   bigint not null default 0,
    phone             text,
    push_name         text,
    policy            jsonb not null,
    bulk_parked_until timestamp with time zone,
    parked_until      timestamp with time zone,
    park_code         text,
    last_inbound_at   timestamp with time zone,
    last_outbound_at  timestamp with time zone,
    created_at        timestamp with time zone not null default now(),
    deleted_at        timestamp with time zone,
    warm_up_from      timestamp with time zone,
    bulk_park_code    text,
    bulk_parked_since timestamp with time zone,
    rate_limited_at   timestamp with time zone,
    rate_limit_streak integer not null default 0,
    trouble           text,
    trouble_since     timestamp with time zone,
    trouble_detail    text,
    needs_human_since timestamp with time zone,
    restart_attempts  integer not null default 0,
    next_restart_at   timestamp with time zone,
    last_event_at     timestamp with time zone,
    unheard_since     timestamp with time zone,
    caught_up_to      timestamp with time zone,
    last_ack_at       timestamp with time zone,
    unacked_since     timestamp with time zone,
    placement         jsonb not null default '{}'::jsonb,
    placement_epoch   integer not null default 0,
    moving_to         uuid,
    parked_since      timestamp with time zone,
    quick_failures    integer not null default 0,
    rejections_since  timestamp with time zone,
    rejection_pause   interval,
    quota_status      text,
    quota_total       integer,
    quota_used        integer,
    quota_resets_at   timestamp with time zone,
    quota_checked_at  timestamp with time zone,
    own_time_zone     boolean not null default false,
    constraint sessions_pkey PRIMARY KEY (id),
    constraint sessions_moving_to_fkey FOREIGN KEY (moving_to) REFERENCES nodes(id),
    constraint sessions_name_check CHECK (length(name) >= 1 AND length(name) <= 100),
    constraint sessions_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id),
    constraint sessions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint sessions_quota_status CHECK (quota_status = ANY (ARRAY['none'::text, 'first_warning'::text, 'second_warning'::text, 'capped'::text])) NOT VALID,
    constraint sessions_waha_name_key UNIQUE (waha_name)
);
alter table sessions enable row level security;
CREATE INDEX sessions_by_node ON sessions USING btree (node_id);
CREATE UNIQUE INDEX sessions_name ON sessions USING btree (organization_id, name) WHERE deleted_at IS NULL;
CREATE INDEX sessions_off ON sessions USING btree (status_since) WHERE desired = 'running'::session_desired AND (status = ANY (ARRAY['pending'::session_status, 'starting'::session_status, 'failed'::session_status, 'unknown'::session_status]));
CREATE INDEX sessions_restarted ON sessions USING btree (id) WHERE restart_attempts > 0;
CREATE INDEX sessions_troubled ON sessions USING btree (trouble) WHERE trouble IS NOT NULL;
CREATE INDEX sessions_unacked ON sessions USING btree (id) WHERE unacked_since IS NOT NULL;
CREATE INDEX sessions_unheard ON sessions USING btree (id) WHERE unheard_since IS NOT NULL;
create policy tenant on sessions for all to wahana_tenant using ((organization_id = current_organization()));
grant insert, select, update on sessions to wahana_tenant;

create table session_usage (
    session_id      uuid not null,
    organization_id uuid not null,
    quarter         timestamp with time zone not null,
    sent            integer not null,
    bulk            integer not null default 0,
    new_chats       integer not null default 0,
    last_at         timestamp with time zone,
    constraint session_usage_pkey PRIMARY KEY (session_id, quarter)
);
alter table session_usage enable row level security;
CREATE INDEX session_usage_by_quarter ON session_usage USING btree (quarter);
create policy tenant on session_usage for all to wahana_tenant using ((organization_id = current_organization()));
grant select on session_usage to wahana_tenant;

create table session_events (
    id              bigint generated always as identity not null,
    session_id      uuid not null,
    organization_id uuid not null,
    at              timestamp with time zone not null,
    status          session_status not null,
    detail          text,
    code            text,
    constraint session_events_pkey PRIMARY KEY (id),
    constraint session_events_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint session_events_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table session_events enable row level security;
CREATE INDEX session_events_by_session ON session_events USING btree (session_id, id);
create policy tenant on session_events for all to wahana_tenant using ((organization_id = current_organization()));
grant insert, select on session_events to wahana_tenant;

create table session_moves (
    id              uuid not null,
    organization_id uuid not null,
    session_id      uuid not null,
    from_node_id    uuid not null,
    to_node_id      uuid not null,
    reason          text not null,
    forced          boolean not null,
    needs_scan      boolean not null,
    state           text not null default 'moving'::text,
    error           text,
    created_at      timestamp with time zone not null,
    finished_at     timestamp with time zone,
    constraint session_moves_pkey PRIMARY KEY (id),
    constraint session_moves_from_node_id_fkey FOREIGN KEY (from_node_id) REFERENCES nodes(id),
    constraint session_moves_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint session_moves_reason_check CHECK (reason = ANY (ARRAY['operator'::text, 'drain'::text, 'dead_node'::text])),
    constraint session_moves_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
    constraint session_moves_state_check CHECK (state = ANY (ARRAY['moving'::text, 'done'::text, 'failed'::text])),
    constraint session_moves_to_node_id_fkey FOREIGN KEY (to_node_id) REFERENCES nodes(id)
);
alter table session_moves enable row level security;
CREATE INDEX session_moves_by_node ON session_moves USING btree (from_node_id, id);
CREATE UNIQUE INDEX session_moves_open ON session_moves USING btree (session_id) WHERE state = 'moving'::text;
create policy tenant on session_moves for all to wahana_tenant using ((organization_id = current_organization()));
grant select on session_moves to wahana_tenant;

create table node_restarts (
    node_id    uuid not null,
    session_id uuid not null,
    at         timestamp with time zone not null,
    constraint node_restarts_node_id_fkey FOREIGN KEY (node_id) REFERENCES nodes(id) ON DELETE CASCADE,
    constraint node_restarts_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
CREATE INDEX node_restarts_by_node ON node_restarts USING btree (node_id, at);

create table pairing_links (
    id              uuid not null,
    organization_id uuid not null,
    session_id      uuid not null,
    token_hash      bytea not null,
    created_by      text not null,
    created_at      timestamp with time zone not null,
    expires_at      timestamp with time zone not null,
    revoked_at      timestamp with time zone,
    constraint pairing_links_pkey PRIMARY KEY (id),
    constraint pairing_links_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint pairing_links_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
    constraint pairing_links_token_hash_key UNIQUE (token_hash)
);
alter table pairing_links enable row level security;
CREATE INDEX pairing_links_by_expiry ON pairing_links USING btree (expires_at);
CREATE INDEX pairing_links_by_session ON pairing_links USING btree (session_id, id);
create policy tenant on pairing_links for all to wahana_tenant using ((organization_id = current_organization()));
grant insert, select, update on pairing_links to wahana_tenant;

create table rejections (
    message_id      uuid not null,
    organization_id uuid not null,
    session_id      uuid not null,
    chat_id         text not null,
    at              timestamp with time zone not null,
    told            boolean not null,
    cold            boolean not null,
    tries           integer not null default 1,
    accepted_after  integer default 0,
    constraint rejections_pkey PRIMARY KEY (message_id),
    constraint rejections_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint rejections_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table rejections enable row level security;
CREATE INDEX rejections_by_organization ON rejections USING btree (organization_id);
CREATE INDEX rejections_by_time ON rejections USING btree (at);
CREATE INDEX rejections_that_count ON rejections USING btree (session_id, at DESC) WHERE accepted_after IS NOT NULL;
create policy tenant on rejections for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on rejections to wahana_tenant;

-- Context contacts

create table contacts (
    id              uuid not null,
    organization_id uuid not null,
    phone           text,
    name            text,
    attributes      jsonb not null default '{}'::jsonb,
    tags            text[] not null default '{}'::text[],
    created_at      timestamp with time zone not null default now(),
    updated_at      timestamp with time zone not null default now(),
    person          text not null default ''::text,
    constraint contacts_pkey PRIMARY KEY (id),
    constraint contacts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint contacts_organization_id_phone_key UNIQUE (organization_id, phone)
);
alter table contacts enable row level security;
CREATE INDEX contacts_by_organization ON contacts USING btree (organization_id, id);
CREATE UNIQUE INDEX contacts_by_person ON contacts USING btree (organization_id, person);
CREATE TRIGGER fill_person BEFORE INSERT ON contacts FOR EACH ROW WHEN (new.person = ''::text) EXECUTE FUNCTION fill_person();
create policy tenant on contacts for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on contacts to wahana_tenant;

create table people (
    organization_id uuid not null,
    person          text not null,
    chat_id         text,
    username        text,
    updated_at      timestamp with time zone not null,
    constraint people_pkey PRIMARY KEY (organization_id, person),
    constraint people_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table people enable row level security;
CREATE INDEX people_by_username ON people USING btree (organization_id, username) WHERE username IS NOT NULL;
create policy tenant on people for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on people to wahana_tenant;

create table identities (
    organization_id uuid not null,
    identity        text not null,
    person          text not null,
    source          text not null,
    learnt_at       timestamp with time zone not null,
    constraint identities_pkey PRIMARY KEY (organization_id, identity),
    constraint identities_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint identities_source_check CHECK (source = ANY (ARRAY['number_check'::text, 'lid_lookup'::text, 'message'::text, 'receipt'::text, 'member'::text]))
);
alter table identities enable row level security;
CREATE INDEX identities_by_person ON identities USING btree (organization_id, person);
create policy tenant on identities for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on identities to wahana_tenant;

create table person_merges (
    id              uuid not null default gen_random_uuid(),
    organization_id uuid not null,
    from_person     text not null,
    into_person     text not null,
    source          text not null,
    contact         jsonb,
    merged_at       timestamp with time zone not null default now(),
    undone_at       timestamp with time zone,
    constraint person_merges_pkey PRIMARY KEY (id),
    constraint person_merges_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint person_merges_source_check CHECK (source = ANY (ARRAY['number_check'::text, 'lid_lookup'::text, 'message'::text, 'receipt'::text, 'member'::text]))
);
alter table person_merges enable row level security;
CREATE INDEX person_merges_by_person ON person_merges USING btree (organization_id, into_person);
create policy tenant on person_merges for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on person_merges to wahana_tenant;

create table suppressions (
    organization_id uuid not null,
    phone           text,
    reason          text not null,
    detail          text,
    created_at      timestamp with time zone not null default now(),
    person          text not null default ''::text,
    scope           text not null default 'all'::text,
    constraint suppressions_pkey PRIMARY KEY (organization_id, person),
    constraint suppressions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint suppressions_reason_check CHECK (reason = ANY (ARRAY['opt_out'::text, 'manual'::text, 'not_on_whatsapp'::text])),
    constraint suppressions_scope_check CHECK (scope = ANY (ARRAY['marketing'::text, 'all'::text])) NOT VALID
);
alter table suppressions enable row level security;
CREATE UNIQUE INDEX suppressions_by_phone ON suppressions USING btree (organization_id, phone);
CREATE TRIGGER fill_person BEFORE INSERT ON suppressions FOR EACH ROW WHEN (new.person = ''::text) EXECUTE FUNCTION fill_person();
create policy tenant on suppressions for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on suppressions to wahana_tenant;

create table consent_settings (
    organization_id      uuid not null,
    opt_out_scope        text not null default 'all'::text,
    opt_out_confirmation text,
    opt_in_confirmation  text,
    bulk_needs_consent   boolean not null default false,
    updated_at           timestamp with time zone not null default now(),
    constraint consent_settings_pkey PRIMARY KEY (organization_id),
    constraint consent_settings_opt_out_scope_check CHECK (opt_out_scope = ANY (ARRAY['marketing'::text, 'all'::text])),
    constraint consent_settings_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table consent_settings enable row level security;
create policy tenant on consent_settings for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on consent_settings to wahana_tenant;

create table opt_out_words (
    organization_id uuid not null,
    words           text not null,
    intent          text not null,
    scope           text not null default 'all'::text,
    constraint opt_out_words_pkey PRIMARY KEY (organization_id, words),
    constraint opt_out_words_intent_check CHECK (intent = ANY (ARRAY['opt_out'::text, 'opt_in'::text])),
    constraint opt_out_words_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint opt_out_words_scope_check CHECK (scope = ANY (ARRAY['marketing'::text, 'all'::text]))
);
alter table opt_out_words enable row level security;
create policy tenant on opt_out_words for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on opt_out_words to wahana_tenant;

create table consents (
    organization_id uuid not null,
    person          text not null,
    source          text not null,
    detail          text,
    given_at        timestamp with time zone not null,
    constraint consents_pkey PRIMARY KEY (organization_id, person),
    constraint consents_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint consents_source_check CHECK (source = ANY (ARRAY['import'::text, 'form'::text, 'message'::text, 'member'::text]))
);
alter table consents enable row level security;
create policy tenant on consents for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on consents to wahana_tenant;

create table consent_events (
    id              uuid not null,
    organization_id uuid not null,
    person          text not null,
    phone           text,
    kind            text not null,
    scope           text,
    source          text not null,
    session_id      uuid,
    waha_id         text,
    words           text,
    detail          text,
    at              timestamp with time zone not null,
    confirmed_at    timestamp with time zone,
    constraint consent_events_pkey PRIMARY KEY (id),
    constraint consent_events_kind_check CHECK (kind = ANY (ARRAY['opt_out'::text, 'opt_in'::text, 'consent'::text, 'withdrawal'::text])),
    constraint consent_events_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint consent_events_scope_check CHECK (scope = ANY (ARRAY['marketing'::text, 'all'::text])),
    constraint consent_events_source_check CHECK (source = ANY (ARRAY['import'::text, 'form'::text, 'message'::text, 'member'::text]))
);
alter table consent_events enable row level security;
CREATE INDEX consent_events_by_person ON consent_events USING btree (organization_id, person, id);
create policy tenant on consent_events for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on consent_events to wahana_tenant;

-- Context messages

create table media (
    id              uuid not null,
    organization_id uuid not null,
    mimetype        text not null,
    filename        text,
    size            bigint not null,
    sha256          bytea not null,
    content         bytea storage external,
    created_at      timestamp with time zone not null default now(),
    file_type       jsonb,
    constraint media_pkey PRIMARY KEY (id),
    constraint media_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table media enable row level security;
CREATE INDEX media_by_organization ON media USING btree (organization_id, id);
create policy tenant on media for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on media to wahana_tenant;

create table media_objects (
    organization_id uuid not null,
    sha256          bytea not null,
    size            bigint not null,
    content         bytea storage external,
    used_at         timestamp with time zone not null,
    constraint media_objects_pkey PRIMARY KEY (organization_id, sha256),
    constraint media_objects_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint media_objects_size_check CHECK (size > 0)
);
alter table media_objects enable row level security;
CREATE INDEX media_objects_by_use ON media_objects USING btree (used_at);
CREATE TRIGGER count_media_objects AFTER INSERT OR DELETE ON media_objects FOR EACH ROW EXECUTE FUNCTION count_media_objects();
create policy tenant on media_objects for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on media_objects to wahana_tenant;

create table media_usage (
    organization_id uuid not null,
    bytes           bigint not null,
    files           bigint not null,
    constraint media_usage_pkey PRIMARY KEY (organization_id),
    constraint media_usage_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table media_usage enable row level security;
create policy tenant on media_usage for all to wahana_tenant using ((organization_id = current_organization()));
grant select on media_usage to wahana_tenant;

create table media_preparations (
    id              uuid not null,
    organization_id uuid not null,
    campaign_id     uuid,
    kind            text not null,
    source          text not null,
    mimetype        text not null,
    source_hash     bytea not null,
    state           text not null,
    media_id        uuid,
    source_sha256   bytea,
    error_code      text,
    error_detail    text,
    wanted_at       timestamp with time zone not null,
    prepared_at     timestamp with time zone,
    constraint media_preparations_pkey PRIMARY KEY (id),
    constraint media_preparations_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint media_preparations_kind_check CHECK (kind = ANY (ARRAY['image'::text, 'video'::text, 'document'::text, 'voice'::text])),
    constraint media_preparations_media_id_fkey FOREIGN KEY (media_id) REFERENCES media(id) ON DELETE SET NULL,
    constraint media_preparations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint media_preparations_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'ready'::text, 'failed'::text]))
);
alter table media_preparations enable row level security;
CREATE INDEX media_preparations_by_age ON media_preparations USING btree (wanted_at);
CREATE INDEX media_preparations_by_campaign ON media_preparations USING btree (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX media_preparations_by_media ON media_preparations USING btree (media_id) WHERE media_id IS NOT NULL;
CREATE UNIQUE INDEX media_preparations_by_source ON media_preparations USING btree (organization_id, COALESCE(campaign_id, '00000000-0000-0000-0000-000000000000'::uuid), kind, source_hash);
create policy tenant on media_preparations for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on media_preparations to wahana_tenant;

create table media_waits (
    message_id      uuid not null,
    organization_id uuid not null,
    preparation_id  uuid not null,
    constraint media_waits_pkey PRIMARY KEY (message_id),
    constraint media_waits_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint media_waits_preparation_id_fkey FOREIGN KEY (preparation_id) REFERENCES media_preparations(id) ON DELETE CASCADE
);
alter table media_waits enable row level security;
CREATE INDEX media_waits_by_organization ON media_waits USING btree (organization_id);
CREATE INDEX media_waits_by_preparation ON media_waits USING btree (preparation_id);
create policy tenant on media_waits for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on media_waits to wahana_tenant;

create table messages (
    id               uuid not null,
    organization_id  uuid not null,
    session_id       uuid not null,
    campaign_id      uuid,
    direction        message_direction not null,
    class            message_class not null,
    state            message_state not null,
    chat_id          text not null,
    phone            text,
    content          jsonb not null,
    waha_id          text,
    send_at          timestamp with time zone,
    expires_at       timestamp with time zone,
    error_code       text,
    error_detail     text,
    created_at       timestamp with time zone not null default now(),
    sent_at          timestamp with time zone,
    delivered_at     timestamp with time zone,
    read_at          timestamp with time zone,
    settled_at       timestamp with time zone,
    new_chat         boolean not null default false,
    time_zone        text,
    check_number     number_check_mode,
    pool_id          uuid,
    request_id       text,
    lid              text,
    edited_at        timestamp with time zone,
    deleted_at       timestamp with time zone,
    group_delivered  integer,
    group_read       integer,
    campaign_version integer,
    waha_chat_id     text,
    constraint messages_pkey PRIMARY KEY (id)
) with (fillfactor=75);
alter table messages enable row level security;
CREATE INDEX messages_by_campaign ON messages USING btree (campaign_id, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX messages_by_chat ON messages USING btree (session_id, chat_id, id);
CREATE INDEX messages_by_media ON messages USING btree (COALESCE(content #>> '{media,id}'::text[], content ->> 'media_id'::text)) WHERE COALESCE(content #>> '{media,id}'::text[], content ->> 'media_id'::text) IS NOT NULL;
CREATE INDEX messages_by_organization ON messages USING btree (organization_id, id);
CREATE UNIQUE INDEX messages_waha_id ON messages USING btree (session_id, waha_id) WHERE waha_id IS NOT NULL;
CREATE TRIGGER count_changed_messages AFTER UPDATE ON messages REFERENCING OLD TABLE AS was NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION count_changed_messages();
CREATE TRIGGER count_inserted_messages AFTER INSERT ON messages REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION count_inserted_messages();
CREATE TRIGGER guard_message_edges AFTER UPDATE ON messages REFERENCING OLD TABLE AS was NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION guard_message_edges();
CREATE TRIGGER stick_pool_contacts AFTER UPDATE ON messages REFERENCING OLD TABLE AS was NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION stick_pool_contacts();
create policy tenant on messages for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on messages to wahana_tenant;

create table number_checks (
    organization_id uuid not null,
    phone           text not null,
    session_id      uuid not null,
    wanted_at       timestamp with time zone,
    tries           integer not null default 0,
    on_whatsapp     boolean,
    chat_id         text,
    checked_at      timestamp with time zone,
    expires_at      timestamp with time zone,
    person          text not null default ''::text,
    constraint number_checks_pkey PRIMARY KEY (organization_id, phone),
    constraint number_checks_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint number_checks_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table number_checks enable row level security;
CREATE UNIQUE INDEX number_checks_by_person ON number_checks USING btree (organization_id, person);
CREATE INDEX number_checks_wanted ON number_checks USING btree (session_id, wanted_at, phone) WHERE wanted_at IS NOT NULL;
CREATE TRIGGER fill_person BEFORE INSERT ON number_checks FOR EACH ROW WHEN (new.person = ''::text) EXECUTE FUNCTION fill_person();
create policy tenant on number_checks for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on number_checks to wahana_tenant;

create table number_check_batches (
    id              uuid not null,
    organization_id uuid not null,
    session_id      uuid not null,
    phones          text[] not null,
    created_at      timestamp with time zone not null,
    constraint number_check_batches_pkey PRIMARY KEY (id),
    constraint number_check_batches_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint number_check_batches_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table number_check_batches enable row level security;
create policy tenant on number_check_batches for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on number_check_batches to wahana_tenant;

-- Context inbox

create table inbound_events (
    id              uuid not null,
    organization_id uuid not null,
    session_id      uuid not null,
    event_id        text not null,
    event           text not null,
    body            jsonb not null,
    received_at     timestamp with time zone not null default now(),
    processed_at    timestamp with time zone,
    tries           integer not null default 0,
    error           text,
    constraint inbound_events_pkey PRIMARY KEY (id),
    constraint inbound_events_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint inbound_events_session_id_event_id_key UNIQUE (session_id, event_id),
    constraint inbound_events_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table inbound_events enable row level security;
CREATE INDEX inbound_events_waiting ON inbound_events USING btree (session_id, id) WHERE processed_at IS NULL;
create policy tenant on inbound_events for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on inbound_events to wahana_tenant;

create table conversations (
    id              uuid not null,
    organization_id uuid not null,
    session_id      uuid not null,
    chat_id         text not null,
    phone           text,
    name            text,
    unread          integer not null default 0,
    last_message_id uuid not null,
    created_at      timestamp with time zone not null,
    members         integer,
    group_asked_at  timestamp with time zone,
    constraint conversations_pkey PRIMARY KEY (id),
    constraint conversations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint conversations_session_id_chat_id_key UNIQUE (session_id, chat_id),
    constraint conversations_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table conversations enable row level security;
CREATE INDEX conversations_newest ON conversations USING btree (organization_id, last_message_id DESC);
CREATE INDEX conversations_unread ON conversations USING btree (organization_id) WHERE unread > 0;
create policy tenant on conversations for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on conversations to wahana_tenant;

create table lid_lookups (
    organization_id uuid not null,
    lid             text not null,
    session_id      uuid not null,
    wanted_at       timestamp with time zone not null,
    tries           integer not null default 0,
    constraint lid_lookups_pkey PRIMARY KEY (organization_id, lid),
    constraint lid_lookups_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint lid_lookups_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table lid_lookups enable row level security;
CREATE INDEX lid_lookups_wanted ON lid_lookups USING btree (session_id, wanted_at);
create policy tenant on lid_lookups for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on lid_lookups to wahana_tenant;

create table lids (
    organization_id uuid not null,
    lid             text not null,
    phone           text,
    session_id      uuid not null,
    wanted_at       timestamp with time zone,
    tries           integer not null default 0,
    opted_out_at    timestamp with time zone,
    constraint lids_pkey PRIMARY KEY (organization_id, lid),
    constraint lids_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint lids_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table lids enable row level security;
CREATE INDEX lids_by_phone ON lids USING btree (organization_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX lids_wanted ON lids USING btree (session_id, wanted_at) WHERE wanted_at IS NOT NULL;
create policy tenant on lids for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on lids to wahana_tenant;

create table group_receipts (
    message_id      uuid not null,
    member          text not null,
    organization_id uuid not null,
    delivered_at    timestamp with time zone,
    read_at         timestamp with time zone,
    constraint group_receipts_pkey PRIMARY KEY (message_id, member),
    constraint group_receipts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table group_receipts enable row level security;
CREATE INDEX group_receipts_by_organization ON group_receipts USING btree (organization_id);
create policy tenant on group_receipts for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on group_receipts to wahana_tenant;

create table message_reactions (
    message_id      uuid not null,
    author          text not null,
    organization_id uuid not null,
    emoji           text not null,
    at              timestamp with time zone not null,
    constraint message_reactions_pkey PRIMARY KEY (message_id, author),
    constraint message_reactions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table message_reactions enable row level security;
CREATE INDEX message_reactions_by_organization ON message_reactions USING btree (organization_id);
create policy tenant on message_reactions for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on message_reactions to wahana_tenant;

-- Context campaigns

create table sender_pools (
    id              uuid not null,
    organization_id uuid not null,
    name            text not null,
    description     text,
    created_at      timestamp with time zone not null default now(),
    constraint sender_pools_pkey PRIMARY KEY (id),
    constraint sender_pools_name_check CHECK (length(name) >= 1 AND length(name) <= 100),
    constraint sender_pools_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table sender_pools enable row level security;
CREATE UNIQUE INDEX sender_pools_name ON sender_pools USING btree (organization_id, name);
create policy tenant on sender_pools for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on sender_pools to wahana_tenant;

create table sender_pool_members (
    pool_id         uuid not null,
    session_id      uuid not null,
    organization_id uuid not null,
    weight          integer not null default 100,
    enabled         boolean not null default true,
    added_at        timestamp with time zone not null default now(),
    constraint sender_pool_members_pkey PRIMARY KEY (pool_id, session_id),
    constraint sender_pool_members_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint sender_pool_members_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES sender_pools(id) ON DELETE CASCADE,
    constraint sender_pool_members_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
    constraint sender_pool_members_weight_check CHECK (weight >= 1 AND weight <= 1000)
);
alter table sender_pool_members enable row level security;
CREATE INDEX sender_pool_members_by_session ON sender_pool_members USING btree (session_id);
create policy tenant on sender_pool_members for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on sender_pool_members to wahana_tenant;

create table sender_pool_contacts (
    pool_id         uuid not null,
    phone           text not null,
    organization_id uuid not null,
    session_id      uuid not null,
    since           timestamp with time zone not null,
    person          text not null default ''::text,
    constraint sender_pool_contacts_pkey PRIMARY KEY (pool_id, phone),
    constraint sender_pool_contacts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint sender_pool_contacts_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES sender_pools(id) ON DELETE CASCADE,
    constraint sender_pool_contacts_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table sender_pool_contacts enable row level security;
CREATE UNIQUE INDEX sender_pool_contacts_by_person ON sender_pool_contacts USING btree (pool_id, person);
CREATE INDEX sender_pool_contacts_by_session ON sender_pool_contacts USING btree (session_id);
CREATE TRIGGER fill_person BEFORE INSERT ON sender_pool_contacts FOR EACH ROW WHEN (new.person = ''::text) EXECUTE FUNCTION fill_person();
create policy tenant on sender_pool_contacts for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on sender_pool_contacts to wahana_tenant;

create table message_moves (
    id              bigint generated always as identity not null,
    organization_id uuid not null,
    message_id      uuid not null,
    pool_id         uuid not null,
    from_session_id uuid not null,
    to_session_id   uuid not null,
    reason          text not null,
    moved_at        timestamp with time zone not null,
    constraint message_moves_pkey PRIMARY KEY (id),
    constraint message_moves_from_session_id_fkey FOREIGN KEY (from_session_id) REFERENCES sessions(id),
    constraint message_moves_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE,
    constraint message_moves_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint message_moves_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES sender_pools(id) ON DELETE CASCADE,
    constraint message_moves_to_session_id_fkey FOREIGN KEY (to_session_id) REFERENCES sessions(id)
);
alter table message_moves enable row level security;
CREATE INDEX message_moves_by_message ON message_moves USING btree (message_id);
CREATE INDEX message_moves_by_pool ON message_moves USING btree (pool_id);
create policy tenant on message_moves for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on message_moves to wahana_tenant;

create table campaigns (
    id               uuid not null,
    organization_id  uuid not null,
    name             text not null,
    content          jsonb not null,
    state            campaign_state not null default 'draft'::campaign_state,
    total            integer not null default 0,
    cursor           integer not null default 0,
    rejected         integer not null default 0,
    send_at          timestamp with time zone,
    started_at       timestamp with time zone,
    finished_at      timestamp with time zone,
    created_at       timestamp with time zone not null default now(),
    updated_at       timestamp with time zone not null default now(),
    duplicates       integer not null default 0,
    suppressed       integer not null default 0,
    import_columns   text[] not null default '{}'::text[],
    pace             jsonb not null default '{}'::jsonb,
    rate_due_at      timestamp with time zone,
    ahead            integer not null default 0,
    check_number     number_check_mode,
    pool_id          uuid,
    version          integer not null default 1,
    changed_by       text,
    launched_version integer,
    late_accepted    boolean not null default false,
    end_reason       text,
    kind             text not null default 'marketing'::text,
    constraint campaigns_pkey PRIMARY KEY (id),
    constraint campaigns_end_reason_check CHECK (end_reason = 'deadline'::text) NOT VALID,
    constraint campaigns_kind_check CHECK (kind = ANY (ARRAY['marketing'::text, 'information'::text])) NOT VALID,
    constraint campaigns_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
    constraint campaigns_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint campaigns_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES sender_pools(id) ON DELETE SET NULL
);
alter table campaigns enable row level security;
CREATE INDEX campaigns_by_organization ON campaigns USING btree (organization_id, id);
CREATE INDEX campaigns_by_pool ON campaigns USING btree (pool_id) WHERE pool_id IS NOT NULL;
CREATE INDEX campaigns_running ON campaigns USING btree (id) WHERE state = ANY (ARRAY['running'::campaign_state, 'scheduled'::campaign_state]);
CREATE TRIGGER bump_campaign_version BEFORE UPDATE OF name, content, pace, send_at, total, check_number ON campaigns FOR EACH ROW EXECUTE FUNCTION bump_campaign_version();
CREATE TRIGGER forget_campaign BEFORE DELETE ON campaigns FOR EACH ROW EXECUTE FUNCTION forget_campaign();
create policy tenant on campaigns for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaigns to wahana_tenant;

create table campaign_senders (
    campaign_id     uuid not null,
    session_id      uuid not null,
    organization_id uuid not null,
    constraint campaign_senders_pkey PRIMARY KEY (campaign_id, session_id),
    constraint campaign_senders_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint campaign_senders_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint campaign_senders_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id)
);
alter table campaign_senders enable row level security;
CREATE INDEX campaign_senders_by_session ON campaign_senders USING btree (session_id);
CREATE TRIGGER bump_version_of_new_senders AFTER INSERT ON campaign_senders REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bump_version_of_senders();
CREATE TRIGGER bump_version_of_old_senders AFTER DELETE ON campaign_senders REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bump_version_of_senders();
create policy tenant on campaign_senders for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_senders to wahana_tenant;

create table campaign_versions (
    campaign_id     uuid not null,
    version         integer not null,
    organization_id uuid not null,
    content         jsonb not null,
    pace            jsonb not null,
    senders         uuid[] not null,
    changed         text[] not null default '{}'::text[],
    changed_by      text not null,
    created_at      timestamp with time zone not null,
    constraint campaign_versions_pkey PRIMARY KEY (campaign_id, version),
    constraint campaign_versions_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint campaign_versions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table campaign_versions enable row level security;
CREATE INDEX campaign_versions_by_organization ON campaign_versions USING btree (organization_id, campaign_id);
create policy tenant on campaign_versions for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_versions to wahana_tenant;

create table campaign_version_progress (
    campaign_id     uuid not null,
    organization_id uuid not null,
    version         integer not null,
    state           message_state not null,
    shard           integer not null,
    n               bigint not null,
    constraint campaign_version_progress_pkey PRIMARY KEY (campaign_id, version, state, shard),
    constraint campaign_version_progress_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint campaign_version_progress_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
) with (fillfactor=50);
alter table campaign_version_progress enable row level security;
CREATE INDEX campaign_version_progress_by_organization ON campaign_version_progress USING btree (organization_id, campaign_id);
create policy tenant on campaign_version_progress for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_version_progress to wahana_tenant;

create table campaign_pulse (
    campaign_id     uuid not null,
    organization_id uuid not null,
    slot            integer not null,
    shard           integer not null,
    at              timestamp with time zone not null,
    n               integer not null,
    constraint campaign_pulse_pkey PRIMARY KEY (campaign_id, slot, shard)
) with (fillfactor=50);
alter table campaign_pulse enable row level security;
CREATE INDEX campaign_pulse_by_organization ON campaign_pulse USING btree (organization_id, campaign_id);
create policy tenant on campaign_pulse for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_pulse to wahana_tenant;

create table recipients (
    id              uuid not null,
    organization_id uuid not null,
    campaign_id     uuid not null,
    position        integer not null,
    line            bigint,
    phone           text,
    name            text,
    variables       jsonb not null default '{}'::jsonb,
    import_id       uuid,
    person          text not null default ''::text,
    constraint recipients_pkey PRIMARY KEY (id),
    constraint recipients_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint recipients_campaign_id_phone_key UNIQUE (campaign_id, phone),
    constraint recipients_campaign_id_position_key UNIQUE (campaign_id, "position")
);
alter table recipients enable row level security;
CREATE INDEX recipients_by_person ON recipients USING btree (campaign_id, person);
CREATE TRIGGER fill_person BEFORE INSERT ON recipients FOR EACH ROW WHEN (new.person = ''::text) EXECUTE FUNCTION fill_person();
create policy tenant on recipients for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on recipients to wahana_tenant;

create table rejected_lines (
    campaign_id     uuid not null,
    organization_id uuid not null,
    id              bigint generated always as identity not null,
    line            bigint not null,
    column          text,
    value           text,
    code            text not null,
    reason          text not null,
    fields          jsonb not null default '{}'::jsonb,
    import_id       uuid,
    constraint rejected_lines_pkey PRIMARY KEY (campaign_id, id),
    constraint rejected_lines_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint rejected_lines_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table rejected_lines enable row level security;
create policy tenant on rejected_lines for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on rejected_lines to wahana_tenant;

create table campaign_progress (
    campaign_id     uuid not null,
    organization_id uuid not null,
    state           message_state not null,
    shard           smallint not null,
    n               bigint not null,
    constraint campaign_progress_pkey PRIMARY KEY (campaign_id, state, shard)
) with (fillfactor=50);
alter table campaign_progress enable row level security;
create policy tenant on campaign_progress for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_progress to wahana_tenant;

create table campaign_failures (
    campaign_id     uuid not null,
    organization_id uuid not null,
    state           message_state not null,
    code            text not null,
    shard           smallint not null,
    n               bigint not null,
    newest          uuid,
    constraint campaign_failures_pkey PRIMARY KEY (campaign_id, state, code, shard),
    constraint campaign_failures_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint campaign_failures_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table campaign_failures enable row level security;
create policy tenant on campaign_failures for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_failures to wahana_tenant;

create table campaign_versions (
    campaign_id     uuid not null,
    version         integer not null,
    organization_id uuid not null,
    content         jsonb not null,
    pace            jsonb not null,
    senders         uuid[] not null,
    changed         text[] not null default '{}'::text[],
    changed_by      text not null,
    created_at      timestamp with time zone not null,
    constraint campaign_versions_pkey PRIMARY KEY (campaign_id, version),
    constraint campaign_versions_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint campaign_versions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table campaign_versions enable row level security;
CREATE INDEX campaign_versions_by_organization ON campaign_versions USING btree (organization_id, campaign_id);
create policy tenant on campaign_versions for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_versions to wahana_tenant;

create table campaign_version_progress (
    campaign_id     uuid not null,
    organization_id uuid not null,
    version         integer not null,
    state           message_state not null,
    shard           integer not null,
    n               bigint not null,
    constraint campaign_version_progress_pkey PRIMARY KEY (campaign_id, version, state, shard),
    constraint campaign_version_progress_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint campaign_version_progress_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
) with (fillfactor=50);
alter table campaign_version_progress enable row level security;
CREATE INDEX campaign_version_progress_by_organization ON campaign_version_progress USING btree (organization_id, campaign_id);
create policy tenant on campaign_version_progress for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_version_progress to wahana_tenant;

create table campaign_pulse (
    campaign_id     uuid not null,
    organization_id uuid not null,
    slot            integer not null,
    shard           integer not null,
    at              timestamp with time zone not null,
    n               integer not null,
    constraint campaign_pulse_pkey PRIMARY KEY (campaign_id, slot, shard)
) with (fillfactor=50);
alter table campaign_pulse enable row level security;
CREATE INDEX campaign_pulse_by_organization ON campaign_pulse USING btree (organization_id, campaign_id);
create policy tenant on campaign_pulse for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on campaign_pulse to wahana_tenant;

-- Context imports

create table imports (
    id              uuid not null,
    organization_id uuid not null,
    campaign_id     uuid,
    state           text not null,
    file_name       text,
    bytes           bigint not null,
    options         jsonb not null,
    preview         jsonb not null,
    position        bigint not null default 0,
    lines           bigint not null default 0,
    added           bigint not null default 0,
    changed         bigint not null default 0,
    merged          bigint not null default 0,
    rejected        bigint not null default 0,
    by_code         jsonb not null default '{}'::jsonb,
    warnings        jsonb not null default '{}'::jsonb,
    undone          bigint not null default 0,
    error_code      text,
    error           text,
    created_at      timestamp with time zone not null,
    started_at      timestamp with time zone,
    finished_at     timestamp with time zone,
    constraint imports_pkey PRIMARY KEY (id),
    constraint imports_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    constraint imports_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint imports_state_check CHECK (state = ANY (ARRAY['ready'::text, 'checking'::text, 'checked'::text, 'queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'undoing'::text, 'undone'::text]))
);
alter table imports enable row level security;
CREATE INDEX imports_by_campaign ON imports USING btree (campaign_id);
CREATE INDEX imports_by_organization ON imports USING btree (organization_id, id);
create policy tenant on imports for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on imports to wahana_tenant;

create table import_chunks (
    import_id       uuid not null,
    organization_id uuid not null,
    n               integer not null,
    content         bytea not null,
    constraint import_chunks_pkey PRIMARY KEY (import_id, n),
    constraint import_chunks_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE,
    constraint import_chunks_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table import_chunks enable row level security;
CREATE INDEX import_chunks_by_organization ON import_chunks USING btree (organization_id);
create policy tenant on import_chunks for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on import_chunks to wahana_tenant;

create table import_rejects (
    import_id       uuid not null,
    organization_id uuid not null,
    id              bigint generated always as identity not null,
    line            bigint not null,
    column          text,
    value           text,
    code            text not null,
    reason          text not null,
    fields          jsonb not null default '{}'::jsonb,
    constraint import_rejects_pkey PRIMARY KEY (import_id, id),
    constraint import_rejects_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE,
    constraint import_rejects_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table import_rejects enable row level security;
CREATE INDEX import_rejects_by_organization ON import_rejects USING btree (organization_id);
create policy tenant on import_rejects for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on import_rejects to wahana_tenant;

create table import_changes (
    import_id       uuid not null,
    contact_id      uuid not null,
    organization_id uuid not null,
    before          jsonb,
    after           jsonb not null,
    changed_at      timestamp with time zone not null,
    constraint import_changes_pkey PRIMARY KEY (import_id, contact_id),
    constraint import_changes_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE,
    constraint import_changes_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table import_changes enable row level security;
CREATE INDEX import_changes_by_organization ON import_changes USING btree (organization_id);
create policy tenant on import_changes for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on import_changes to wahana_tenant;

-- Context jobs

create table jobs (
    id              uuid not null,
    organization_id uuid not null,
    kind            text not null,
    queue           text not null,
    lane            uuid,
    campaign_id     uuid,
    class           message_class not null default 'transactional'::message_class,
    payload         jsonb not null,
    dedup_key       text,
    state           job_state not null default 'pending'::job_state,
    run_at          timestamp with time zone not null,
    attempt         integer not null default 0,
    owner           text,
    lease_until     timestamp with time zone,
    released_at     timestamp with time zone,
    error_code      text,
    error_detail    text,
    created_at      timestamp with time zone not null default now(),
    started_at      timestamp with time zone,
    held_for        text,
    traceparent     text,
    constraint jobs_pkey PRIMARY KEY (id)
) with (fillfactor=75, autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=2000, autovacuum_vacuum_cost_delay=0);
alter table jobs enable row level security;
CREATE INDEX jobs_dead ON jobs USING btree (organization_id, id) WHERE state = 'dead'::job_state;
CREATE UNIQUE INDEX jobs_dedup ON jobs USING btree (dedup_key) WHERE dedup_key IS NOT NULL AND (state = ANY (ARRAY['pending'::job_state, 'released'::job_state]));
CREATE INDEX jobs_due ON jobs USING btree (run_at) WHERE state = 'pending'::job_state;
CREATE INDEX jobs_lane ON jobs USING btree (lane, class, run_at, id) WHERE state = 'pending'::job_state AND lane IS NOT NULL;
CREATE INDEX jobs_plain_by_organization ON jobs USING btree (queue, organization_id, run_at, id) WHERE state = 'pending'::job_state AND lane IS NULL;
CREATE INDEX jobs_released ON jobs USING btree (released_at) WHERE state = 'released'::job_state;
CREATE INDEX jobs_running ON jobs USING btree (lease_until) WHERE state = 'running'::job_state;
create policy tenant on jobs for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on jobs to wahana_tenant;

create table attempts (
    job_id          uuid not null,
    organization_id uuid not null,
    kind            text not null,
    n               integer not null,
    owner           text not null,
    started_at      timestamp with time zone not null,
    finished_at     timestamp with time zone not null,
    outcome         text not null,
    code            text,
    detail          text
);
alter table attempts enable row level security;
CREATE INDEX attempts_by_job ON attempts USING btree (job_id);
CREATE INDEX attempts_by_time ON attempts USING brin (finished_at) WITH (pages_per_range='16', autosummarize='on');
create policy tenant on attempts for all to wahana_tenant using ((organization_id = current_organization()));
grant delete, insert, select, update on attempts to wahana_tenant;

create table lane_limits (
    session_id      uuid not null,
    organization_id uuid not null,
    class           message_class not null,
    waiting_for     text not null,
    until           timestamp with time zone,
    since           timestamp with time zone not null,
    constraint lane_limits_pkey PRIMARY KEY (session_id, class),
    constraint lane_limits_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
    constraint lane_limits_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
alter table lane_limits enable row level security;
create policy tenant on lane_limits for all to wahana_tenant using ((organization_id = current_organization()));
grant select on lane_limits to wahana_tenant;

create table queue_history (
    minute         timestamp with time zone not null,
    queue          text not null,
    taken_at       timestamp with time zone not null,
    pending        bigint not null,
    released       bigint not null,
    running        bigint not null,
    dead           bigint not null,
    oldest_seconds double precision not null,
    sent           bigint,
    constraint queue_history_pkey PRIMARY KEY (minute, queue)
);

create table workers (
    owner       text not null,
    role        text not null,
    host        text not null,
    version     text not null,
    started_at  timestamp with time zone not null,
    seen_at     timestamp with time zone not null,
    draining    boolean not null default false,
    slots       jsonb not null,
    redis_error text,
    redis_since timestamp with time zone not null default now(),
    converts    text[],
    constraint workers_pkey PRIMARY KEY (owner)
);

-- Context operator

create table audit_events (
    id              uuid not null,
    organization_id uuid,
    actor_kind      text not null,
    actor_id        uuid,
    actor           text not null,
    action          text not null,
    target          text,
    detail          jsonb not null default '{}'::jsonb,
    request_id      text,
    address         text,
    at              timestamp with time zone not null,
    constraint audit_events_pkey PRIMARY KEY (id),
    constraint audit_events_actor_kind_check CHECK (actor_kind = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'cli'::text, 'system'::text]))
);
alter table audit_events enable row level security;
CREATE INDEX audit_events_by_organization ON audit_events USING btree (organization_id, id);
CREATE INDEX audit_events_by_target ON audit_events USING btree (target, id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON audit_events FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
create policy tenant on audit_events for all to wahana_tenant using ((organization_id = current_organization()));
grant insert, select on audit_events to wahana_tenant;

create table controls (
    scope  text not null,
    target text not null default ''::text,
    paused boolean not null default false,
    slots  integer,
    reason text,
    set_by text not null,
    set_at timestamp with time zone not null,
    constraint controls_pkey PRIMARY KEY (scope, target),
    constraint controls_scope_check CHECK (scope = ANY (ARRAY['all'::text, 'outbound'::text, 'queue'::text, 'organization'::text, 'node'::text, 'lane'::text])),
    constraint controls_slots_check CHECK (slots >= 0 AND slots <= 1000)
);

create view sending_holds (
    organization_id uuid,
    node_id         uuid,
    session_id      uuid
);

create view queue_holds (
    queue text
);

create table restores (
    id          bigint generated always as identity not null,
    backup_at   timestamp with time zone not null,
    restored_at timestamp with time zone not null default now(),
    resumed_at  timestamp with time zone,
    verify      boolean not null default true,
    constraint restores_pkey PRIMARY KEY (id)
);
alter table restores enable row level security;
