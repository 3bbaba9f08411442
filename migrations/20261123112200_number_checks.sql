-- Which numbers have WhatsApp, asked before strangers are written to.

create type number_check_mode as enum ('skip', 'prefer', 'require');

create table number_checks (
    organization_id uuid not null references organizations on delete cascade,
    phone           text not null,
    -- Who asks, or asked last.
    session_id      uuid not null references sessions on delete cascade,
    -- It waits to be checked since then.
    wanted_at       timestamptz,
    tries           integer not null default 0,
    on_whatsapp     boolean,
    chat_id         text,
    checked_at      timestamptz,
    expires_at      timestamptz,
    primary key (organization_id, phone)
);
create index number_checks_wanted on number_checks (session_id, wanted_at, phone) where wanted_at is not null;

create table number_check_batches (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    phones          text[] not null,
    created_at      timestamptz not null
);

-- Null is skip, as it was before.
alter table messages add column check_number number_check_mode;
alter table campaigns add column check_number number_check_mode;

do $$
declare t text;
begin
    foreach t in array array['number_checks', 'number_check_batches'] loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy tenant on %I to wahana_tenant using (organization_id = current_organization())', t);
        execute format('grant select, insert, update, delete on %I to wahana_tenant', t);
    end loop;
end $$;
