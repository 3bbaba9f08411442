-- Contacts: the people an organization knows, and those it must not write to.

create table contacts (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    phone           text not null, -- E.164 digits
    name            text,
    attributes      jsonb not null default '{}',
    tags            text[] not null default '{}',
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (organization_id, phone)
);
create index contacts_by_organization on contacts (organization_id, id);

alter table contacts enable row level security;
create policy tenant on contacts to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on contacts to wahana_tenant;

-- Numbers that must not be written to. An import cannot undo a suppression.
create table suppressions (
    organization_id uuid not null references organizations on delete cascade,
    phone           text not null,
    reason          text not null check (reason in ('opt_out', 'manual', 'not_on_whatsapp')),
    detail          text,
    created_at      timestamptz not null default now(),
    primary key (organization_id, phone)
);

alter table suppressions enable row level security;
create policy tenant on suppressions to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on suppressions to wahana_tenant;
