-- Operators of the installation, and who did what. An act is written in the transaction of the act; nobody, not even
-- the platform's own role, changes or removes what stands here.

alter table users add column operator boolean not null default false;

create table audit_events (
    id              uuid primary key,
    organization_id uuid,              -- null: an act on the platform. No reference: it outlives the organization.
    actor_kind      text not null check (actor_kind in ('user', 'key', 'operator', 'cli', 'system')),
    actor_id        uuid,
    actor           text not null,     -- for people: an email address, the name of a key, an account of the machine
    action          text not null,     -- such as campaign.pause
    target          text,              -- the id of what it was done to; its prefix says what that is
    detail          jsonb not null default '{}',
    request_id      text,
    address         text,
    at              timestamptz not null
);
create index audit_events_by_organization on audit_events (organization_id, id);
create index audit_events_by_target on audit_events (target, id);

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on audit_events
    for each row execute function refuse_change_of_audit();
create trigger append_only_truncate before truncate on audit_events
    for each statement execute function refuse_change_of_audit();

alter table audit_events enable row level security;
create policy tenant on audit_events to wahana_tenant using (organization_id = current_organization());
grant select, insert on audit_events to wahana_tenant;
