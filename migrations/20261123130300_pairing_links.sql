-- Links by which somebody without a login pairs one session: the owner of the phone, far away. Only the hash is kept.
create table pairing_links (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    token_hash      bytea not null unique,
    created_by      text not null, -- for people: the address of a member, the name of a key
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz
);
create index pairing_links_by_session on pairing_links (session_id, id);
create index pairing_links_by_expiry on pairing_links (expires_at);

alter table pairing_links enable row level security;
create policy tenant on pairing_links to wahana_tenant using (organization_id = current_organization());
grant select, insert, update on pairing_links to wahana_tenant;
