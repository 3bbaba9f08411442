-- The requests of an organization's keys and members: the newest for people to look through, all of them as counts.
-- Written in batches, after the answer. No foreign keys, because a batch would lock the organizations it names; rows of
-- an organization that is gone are seen by nobody and end with their days.

create table request_log (
    id              uuid primary key, -- version 7, of when it came
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

create table request_counts (
    organization_id uuid not null,
    minute          timestamptz not null,
    requests        integer not null,
    client_errors   integer not null,
    server_errors   integer not null,
    primary key (organization_id, minute)
);

alter table request_log enable row level security;
create policy tenant on request_log to wahana_tenant using (organization_id = current_organization());
grant select on request_log to wahana_tenant;

alter table request_counts enable row level security;
create policy tenant on request_counts to wahana_tenant using (organization_id = current_organization());
grant select on request_counts to wahana_tenant;
