-- Accounts: organizations (the tenants), their plans, members, devices and keys, and what is kept of their requests.

-- What an organization may use. Belongs to the platform; every tenant may read it.
create table plans (
    name                text primary key check (name ~ '^[a-z0-9_-]{1,50}$'),
    -- Share of the workers when several organizations want them: twice the weight, twice the turns.
    weight              integer not null default 1 check (weight between 1 and 1000),
    -- Maximum of all sessions of the organization together; null is no limit.
    messages_per_minute integer check (messages_per_minute > 0),
    created_at          timestamptz not null default now()
);
insert into plans (name, weight) values ('free', 1), ('pro', 4), ('business', 16);

alter table plans enable row level security;
create policy everybody on plans for select to wahana_tenant using (true);
grant select on plans to wahana_tenant;

-- The tenants.
create table organizations (
    id              uuid primary key,
    name            text not null check (length(name) between 1 and 200),
    plan            text not null default 'free' references plans,
    time_zone       text not null default 'Asia/Jakarta',
    default_country text not null default 'ID' check (default_country ~ '^[A-Z]{2}$'),
    created_at      timestamptz not null default now(),
    language        text not null default 'en' check (language in ('en', 'id')),
    accent_color    text check (accent_color ~ '^#[0-9a-f]{6}$')
);

alter table organizations enable row level security;
create policy tenant on organizations to wahana_tenant using (id = current_organization());
grant select, update on organizations to wahana_tenant;

-- People who log in. A user may be a member of several organizations, so no tenant reads this table.
create table users (
    id            uuid primary key,
    email         text not null unique check (email = lower(email)),
    name          text not null check (length(name) between 1 and 200),
    password_hash text not null,
    created_at    timestamptz not null default now(),
    last_login_at timestamptz,
    operator      boolean not null default false,               -- runs the installation and sees all tenants
    language      text check (language in ('en', 'id')),        -- null: that of the organization
    time_zone     text,                                         -- null: that of the organization
    theme         text not null default 'system' check (theme in ('system', 'light', 'dark'))
);

create type member_role as enum ('owner', 'admin', 'member');

create table memberships (
    organization_id uuid not null references organizations on delete cascade,
    user_id         uuid not null references users on delete cascade,
    role            member_role not null,
    created_at      timestamptz not null default now(),
    primary key (organization_id, user_id)
);
create index memberships_by_user on memberships (user_id);

alter table memberships enable row level security;
create policy tenant on memberships to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on memberships to wahana_tenant;

-- A device that is logged in: a family of refresh tokens. Using an old token again revokes the whole family.
create table devices (
    id              uuid primary key,
    user_id         uuid not null references users on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    user_agent      text,
    created_at      timestamptz not null default now(),
    last_seen_at    timestamptz not null default now(),
    revoked_at      timestamptz,
    address         text -- the network address it logged in from
);
create index devices_by_user on devices (user_id);

alter table devices enable row level security;
create policy tenant on devices to wahana_tenant using (organization_id = current_organization());
grant select, update on devices to wahana_tenant;

-- Found by hash, before it is known whose token it is: no tenant reads this table.
create table refresh_tokens (
    token_hash bytea primary key,
    device_id  uuid not null references devices on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index refresh_tokens_by_device on refresh_tokens (device_id);

create table api_keys (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    name            text not null check (length(name) between 1 and 200),
    prefix          text not null, -- the beginning of the key, so that people recognize it
    key_hash        bytea not null unique,
    scopes          text[] not null,
    created_by      uuid references users on delete set null,
    created_at      timestamptz not null default now(),
    expires_at      timestamptz,
    last_used_at    timestamptz,
    revoked_at      timestamptz,
    replaced_by     uuid references api_keys on delete set null -- the key that took over when this one was rotated
);
create index api_keys_by_organization on api_keys (organization_id, id);

alter table api_keys enable row level security;
create policy tenant on api_keys to wahana_tenant using (organization_id = current_organization());
grant select, insert, update on api_keys to wahana_tenant;

-- Answers given under an idempotency key, to be repeated when the request comes again.
create table idempotency_keys (
    organization_id uuid not null references organizations on delete cascade,
    key             text not null check (length(key) between 1 and 255),
    fingerprint     bytea not null, -- of the request; another request under the same key is refused
    status          smallint not null,
    response        jsonb not null,
    expires_at      timestamptz not null,
    primary key (organization_id, key)
);
create index idempotency_keys_by_expiry on idempotency_keys (expires_at);

alter table idempotency_keys enable row level security;
create policy tenant on idempotency_keys to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on idempotency_keys to wahana_tenant;

-- The newest requests of the keys and members of an organization, for people to look through. Written in batches after
-- the answer. No foreign keys, because a batch would lock the organizations that it names; rows of an organization that
-- is gone are seen by nobody and are deleted with their day.
create table request_log (
    id              uuid primary key, -- version 7, of the time at which the request came
    organization_id uuid not null,
    at              timestamptz not null,
    method          text not null,
    route           text not null,
    path            text not null,    -- without the query, which may hold anything
    status          smallint not null,
    duration_ms     integer not null,
    request_id      text not null,
    key_id          uuid,
    user_id         uuid,
    caller          text not null,    -- for people: the name of the key, the address of the member
    error_code      text
);
create index request_log_by_organization on request_log (organization_id, id);
create index request_log_errors on request_log (organization_id, id) where status >= 400;
create index request_log_by_request on request_log (organization_id, request_id);

alter table request_log enable row level security;
create policy tenant on request_log to wahana_tenant using (organization_id = current_organization());
grant select on request_log to wahana_tenant;

-- All requests as counts, written together with request_log.
create table request_counts (
    organization_id uuid not null,
    minute          timestamptz not null,
    requests        integer not null,
    client_errors   integer not null,
    server_errors   integer not null,
    primary key (organization_id, minute)
);

alter table request_counts enable row level security;
create policy tenant on request_counts to wahana_tenant using (organization_id = current_organization());
grant select on request_counts to wahana_tenant;
