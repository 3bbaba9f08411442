-- Who uses Wahana. Every tenant table carries organization_id and a row policy; code reaches tenant tables as the
-- role wahana_tenant with `wahana.organization_id` set for the transaction, so a forgotten filter shows nothing.

do $$ begin
    create role wahana_tenant nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
    execute format('grant wahana_tenant to %I', current_user);
exception when others then null; -- a superuser needs no grant
end $$;

create function current_organization() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('wahana.organization_id', true), '')::uuid;

create type member_role as enum ('owner', 'admin', 'member');

create table organizations (
    id              uuid primary key,
    name            text not null check (length(name) between 1 and 200),
    plan            text not null default 'free',
    time_zone       text not null default 'Asia/Jakarta',
    default_country text not null default 'ID' check (default_country ~ '^[A-Z]{2}$'),
    created_at      timestamptz not null default now()
);

create table users (
    id            uuid primary key,
    email         text not null unique check (email = lower(email)),
    name          text not null check (length(name) between 1 and 200),
    password_hash text not null,
    created_at    timestamptz not null default now(),
    last_login_at timestamptz
);

create table memberships (
    organization_id uuid not null references organizations on delete cascade,
    user_id         uuid not null references users on delete cascade,
    role            member_role not null,
    created_at      timestamptz not null default now(),
    primary key (organization_id, user_id)
);
create index memberships_by_user on memberships (user_id);

-- A logged-in device is a family of refresh tokens: using an old one again revokes the family.
create table devices (
    id              uuid primary key,
    user_id         uuid not null references users on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    user_agent      text,
    created_at      timestamptz not null default now(),
    last_seen_at    timestamptz not null default now(),
    revoked_at      timestamptz
);
create index devices_by_user on devices (user_id);

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
    prefix          text not null,
    key_hash        bytea not null unique,
    scopes          text[] not null,
    created_by      uuid references users on delete set null,
    created_at      timestamptz not null default now(),
    expires_at      timestamptz,
    last_used_at    timestamptz,
    revoked_at      timestamptz
);
create index api_keys_by_organization on api_keys (organization_id, id);

alter table organizations enable row level security;
create policy tenant on organizations to wahana_tenant using (id = current_organization());
grant select, update on organizations to wahana_tenant;

alter table memberships enable row level security;
create policy tenant on memberships to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on memberships to wahana_tenant;

alter table devices enable row level security;
create policy tenant on devices to wahana_tenant using (organization_id = current_organization());
grant select, update on devices to wahana_tenant;

alter table api_keys enable row level security;
create policy tenant on api_keys to wahana_tenant using (organization_id = current_organization());
grant select, insert, update on api_keys to wahana_tenant;

grant usage on schema public to wahana_tenant;
