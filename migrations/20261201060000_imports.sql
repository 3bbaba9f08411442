-- Imports of lists of people: the uploaded file waits here for a worker, with what was recognised in it, what became of
-- it, the refused lines, and what is needed to take it back. A recipient names the import that added it.

set local lock_timeout = '2s';

create table imports (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    -- The campaign that gets the people; null is the address book.
    campaign_id     uuid references campaigns on delete cascade,
    state           text not null check (
        state in ('ready', 'checking', 'checked', 'queued', 'running', 'done', 'failed', 'undoing', 'undone')
    ),
    file_name       text,
    -- Of the file, while it is kept.
    bytes           bigint not null,
    -- How it is read: country, header, sheet, columns, a tag for everybody.
    options         jsonb not null,
    -- What was recognised in it.
    preview         jsonb not null,
    -- The last line that is done; a worker that takes over goes on behind it.
    position        bigint not null default 0,
    lines           bigint not null default 0,
    added           bigint not null default 0,
    changed         bigint not null default 0,
    merged          bigint not null default 0,
    rejected        bigint not null default 0,
    by_code         jsonb not null default '{}',
    warnings        jsonb not null default '{}',
    -- What undoing took back.
    undone          bigint not null default 0,
    -- Why it failed: a code and a sentence.
    error_code      text,
    error           text,
    created_at      timestamptz not null,
    started_at      timestamptz,
    finished_at     timestamptz
);
create index imports_by_organization on imports (organization_id, id);
create index imports_by_campaign on imports (campaign_id);

alter table imports enable row level security;
create policy tenant on imports to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on imports to wahana_tenant;

-- The file in pieces, until the import ended.
create table import_chunks (
    import_id       uuid not null references imports on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    n               integer not null,
    content         bytea not null,
    primary key (import_id, n)
);
create index import_chunks_by_organization on import_chunks (organization_id);

alter table import_chunks enable row level security;
create policy tenant on import_chunks to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on import_chunks to wahana_tenant;

-- Refused lines, whole.
create table import_rejects (
    import_id       uuid not null references imports on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    id              bigint generated always as identity,
    line            bigint not null,
    "column"        text,
    value           text,
    code            text not null,
    reason          text not null,
    fields          jsonb not null default '{}',
    primary key (import_id, id)
);
create index import_rejects_by_organization on import_rejects (organization_id);

alter table import_rejects enable row level security;
create policy tenant on import_rejects to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on import_rejects to wahana_tenant;

-- What an import did to a contact: null before is a new contact. It is taken back only where nothing else changed it.
create table import_changes (
    import_id       uuid not null references imports on delete cascade,
    contact_id      uuid not null,
    organization_id uuid not null references organizations on delete cascade,
    before          jsonb,
    after           jsonb not null,
    changed_at      timestamptz not null,
    primary key (import_id, contact_id)
);
create index import_changes_by_organization on import_changes (organization_id);

alter table import_changes enable row level security;
create policy tenant on import_changes to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on import_changes to wahana_tenant;

-- The import that added the person, or refused the line; null for other ways.
alter table recipients add column import_id uuid;
alter table rejected_lines add column import_id uuid;
