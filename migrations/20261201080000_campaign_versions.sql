-- Campaigns by version: what somebody looked at is what is launched; who got which text of a campaign that was changed
-- while it was paused; the rate at which it really sends; and an end at its deadline. Sessions that never chose a time
-- zone follow their organization.

set local lock_timeout = '2s';

-- Grows with each change of name, text, audience, pace or senders, see bump_campaign_version.
alter table campaigns add column version integer not null default 1;
-- Who changed it last, for people; null: nobody since this column exists.
alter table campaigns add column changed_by text;
-- The version that was launched; null for drafts.
alter table campaigns add column launched_version integer;
-- It goes on after its deadline, because the person who started or resumed it accepted that.
alter table campaigns add column late_accepted boolean not null default false;
-- Why it ended although not everybody got it; null: somebody cancelled it, or it has not ended.
alter table campaigns add column end_reason text;
alter table campaigns add constraint campaigns_end_reason_check check (end_reason in ('deadline')) not valid;

-- The version of its campaign that a message was made from; null is the launched one.
alter table messages add column campaign_version integer;

-- What a campaign said in each version that people got, or get.
create table campaign_versions (
    campaign_id     uuid not null references campaigns on delete cascade,
    version         integer not null,
    organization_id uuid not null references organizations on delete cascade,
    content         jsonb not null,
    pace            jsonb not null,
    senders         uuid[] not null,
    -- What is different from the version before: `content`, `pace`, `senders`. Empty for the launched one.
    changed         text[] not null default '{}',
    changed_by      text not null,
    created_at      timestamptz not null,
    primary key (campaign_id, version)
);
create index campaign_versions_by_organization on campaign_versions (organization_id, campaign_id);

alter table campaign_versions enable row level security;
create policy tenant on campaign_versions to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on campaign_versions to wahana_tenant;

-- The funnel of each version but the launched one, sharded like campaign_progress. The launched one has the rest.
create table campaign_version_progress (
    campaign_id     uuid not null references campaigns on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    version         integer not null,
    state           message_state not null,
    shard           integer  not null,
    n               bigint not null,
    primary key (campaign_id, version, state, shard)
) with (fillfactor = 50);
create index campaign_version_progress_by_organization on campaign_version_progress (organization_id, campaign_id);

alter table campaign_version_progress enable row level security;
create policy tenant on campaign_version_progress to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on campaign_version_progress to wahana_tenant;

-- What a campaign sent in the last two minutes: twelve slots of ten seconds, used in a circle.
create table campaign_pulse (
    campaign_id     uuid not null, -- no foreign keys: see messages
    organization_id uuid not null,
    slot            integer not null,
    shard           integer  not null,
    -- Begin of the ten seconds that the row counts.
    at              timestamptz not null,
    n               integer not null,
    primary key (campaign_id, slot, shard)
) with (fillfactor = 50);
create index campaign_pulse_by_organization on campaign_pulse (organization_id, campaign_id);

alter table campaign_pulse enable row level security;
create policy tenant on campaign_pulse to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on campaign_pulse to wahana_tenant;

-- A version for each change, so that no code can forget it. `total` is the audience.
create function bump_campaign_version() returns trigger language plpgsql as $$
begin
    if (old.name, old.content, old.pace, old.send_at, old.total, old.check_number)
        is distinct from (new.name, new.content, new.pace, new.send_at, new.total, new.check_number) then
        new.version := old.version + 1;
    end if;
    return new;
end $$;
create trigger bump_campaign_version
    before update of name, content, pace, send_at, total, check_number on campaigns
    for each row execute function bump_campaign_version();

-- The senders are part of what is launched: while somebody may still look at it, not while it runs.
create function bump_version_of_senders() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    update campaigns
    set version = version + 1
    where state in ('draft', 'paused') and id in (select campaign_id from changed);
    return null;
end $$;
create trigger bump_version_of_new_senders after insert on campaign_senders
    referencing new table as changed for each statement execute function bump_version_of_senders();
create trigger bump_version_of_old_senders after delete on campaign_senders
    referencing old table as changed for each statement execute function bump_version_of_senders();

-- As before, and the funnel by version and the pulse.
create or replace function count_inserted_messages() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 32, count(*)
    from fresh
    where campaign_id is not null
    group by 1, 2, 3
    order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
    if exists (select 1 from fresh where campaign_version is not null) then
        insert into campaign_version_progress as p (campaign_id, organization_id, version, state, shard, n)
        select campaign_id, organization_id, campaign_version, state, pg_backend_pid() % 32, count(*)
        from fresh
        where campaign_id is not null and campaign_version is not null
        group by 1, 2, 3, 4
        order by 1, 3, 4
        on conflict (campaign_id, version, state, shard) do update set n = p.n + excluded.n;
    end if;
    if exists (select 1 from fresh where came_to_nothing(state)) then
        insert into campaign_failures as f (campaign_id, organization_id, state, code, shard, n, newest)
        select campaign_id, organization_id, state, coalesce(error_code, ''), pg_backend_pid() % 32, count(*),
               max(id::text)::uuid
        from fresh
        where campaign_id is not null and came_to_nothing(state)
        group by 1, 2, 3, 4
        order by 1, 3, 4
        on conflict (campaign_id, state, code, shard) do update
        set n = f.n + excluded.n, newest = greatest(f.newest, excluded.newest);
    end if;
    return null;
end $$;

create or replace function count_changed_messages() returns trigger
    language plpgsql security definer set search_path = public as $$
declare
    slot_start timestamptz := date_bin('10 seconds', now(), 'epoch');
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 32, sum(d)
    from (
        select fresh.campaign_id, fresh.organization_id, unnest(array[fresh.state, was.state]) as state,
               unnest(array[1, -1]) as d
        from fresh
        join was using (id)
        where fresh.campaign_id is not null and fresh.state <> was.state
    ) as changes
    group by 1, 2, 3
    having sum(d) <> 0
    order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
    if exists (select 1 from fresh where campaign_version is not null) then
        insert into campaign_version_progress as p (campaign_id, organization_id, version, state, shard, n)
        select campaign_id, organization_id, version, state, pg_backend_pid() % 32, sum(d)
        from (
            select fresh.campaign_id, fresh.organization_id, fresh.campaign_version as version,
                   unnest(array[fresh.state, was.state]) as state, unnest(array[1, -1]) as d
            from fresh
            join was using (id)
            where fresh.campaign_id is not null and fresh.campaign_version is not null
              and fresh.state <> was.state
        ) as changes
        group by 1, 2, 3, 4
        having sum(d) <> 0
        order by 1, 3, 4
        on conflict (campaign_id, version, state, shard) do update set n = p.n + excluded.n;
    end if;
    if exists (select 1 from fresh where sent_at is not null and state in ('sent', 'delivered', 'read', 'played')) then
        insert into campaign_pulse as p (campaign_id, organization_id, slot, shard, at, n)
        select fresh.campaign_id, fresh.organization_id, (extract(epoch from slot_start)::bigint / 10) % 12,
               pg_backend_pid() % 32, slot_start, count(*)
        from fresh
        join was using (id)
        where fresh.campaign_id is not null and fresh.sent_at is not null and was.sent_at is null
        group by 1, 2
        order by 1
        on conflict (campaign_id, slot, shard) do update
        set n = excluded.n + case when p.at = excluded.at then p.n else 0 end, at = excluded.at;
    end if;
    if exists (select 1 from fresh where came_to_nothing(state))
       or exists (select 1 from was where came_to_nothing(state)) then
        insert into campaign_failures as f (campaign_id, organization_id, state, code, shard, n, newest)
        select campaign_id, organization_id, state, code, pg_backend_pid() % 32, sum(d), max(id::text)::uuid
        from (
            select campaign_id, organization_id, state, coalesce(error_code, '') as code, 1 as d, id from fresh
            union all
            select campaign_id, organization_id, state, coalesce(error_code, ''), -1, null from was
        ) as changes
        where campaign_id is not null and came_to_nothing(state)
        group by 1, 2, 3, 4
        having sum(d) <> 0
        order by 1, 3, 4
        on conflict (campaign_id, state, code, shard) do update
        set n = f.n + excluded.n, newest = greatest(f.newest, excluded.newest);
    end if;
    return null;
end $$;

-- Whether somebody wrote in this chat of a session, or got something: what waits or failed makes nobody known. `but` is
-- the message that asks. See chat_is_new.
create function chat_is_known(of_session uuid, of_chat text, but uuid) returns boolean
    language plpgsql stable security definer set search_path = public as $$
begin
    return exists (
        select 1
        from messages
        where session_id = of_session and chat_id = of_chat and id is distinct from but
          and (direction = 'inbound' or (sent_at is not null and state <> 'failed'))
    );
end $$;
revoke execute on function chat_is_known from public;
grant execute on function chat_is_known to wahana_tenant;

create or replace function chat_is_new(of_session uuid, of_chat text) returns boolean
    language plpgsql stable security definer set search_path = public as $$
begin
    return not chat_is_known(of_session, of_chat, null);
end $$;

-- As before, and the pulse.
create or replace function forget_campaign() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    delete from jobs j using messages m where m.campaign_id = old.id and j.id = m.id;
    delete from messages where campaign_id = old.id;
    delete from campaign_progress where campaign_id = old.id;
    delete from campaign_pulse where campaign_id = old.id;
    return old;
end $$;

-- As before, and the pulse.
create or replace function forget_organization() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    delete from jobs where organization_id = old.id;
    delete from attempts where organization_id = old.id;
    delete from messages where organization_id = old.id;
    delete from session_usage where organization_id = old.id;
    delete from campaign_progress where organization_id = old.id;
    delete from campaign_pulse where organization_id = old.id;
    return old;
end $$;

-- Campaigns that were launched before keep what they said then.
update campaigns set launched_version = version where state not in ('draft', 'scheduled');
insert into campaign_versions (
    campaign_id, version, organization_id, content, pace, senders, changed_by, created_at
)
select id, version, organization_id, content, pace,
       array(select session_id from campaign_senders s where s.campaign_id = c.id order by session_id), 'wahana',
       coalesce(started_at, updated_at)
from campaigns c
where state not in ('draft', 'scheduled');

-- A text as people search for it: without case, accents and outer spaces.
create function folded(written text) returns text
    language sql immutable parallel safe strict
    return regexp_replace(normalize(lower(btrim(written)), nfkd), '[\u0300-\u036f]', '', 'g');

-- Whether somebody chose the time zone of the session's policy; otherwise it is the organization's.
alter table sessions add column own_time_zone boolean not null default false;
-- All had this zone until somebody chose another.
update sessions set own_time_zone = true where policy ->> 'time_zone' <> 'Asia/Jakarta';
update sessions s
set policy = s.policy || jsonb_build_object('time_zone', o.time_zone)
from organizations o
where o.id = s.organization_id and not s.own_time_zone and o.time_zone <> 'Asia/Jakarta';
