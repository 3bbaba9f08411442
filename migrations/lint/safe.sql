-- What a migration after the baseline may do. `./wahana lint-migrations` fails when the linter finds fault with it.

set local lock_timeout = '2s';

alter table messages add column language text;
alter table messages add column priority integer not null default 0;
alter table messages add constraint messages_priority_check check (priority >= 0) not valid;

create table labels (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    name            text not null
);
create index labels_by_organization on labels (organization_id, id);

alter table labels enable row level security;
create policy tenant on labels to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on labels to wahana_tenant;

-- Nothing reads it since the last release.
-- squawk-ignore ban-drop-column
alter table messages drop column lid;
