-- Everything that limits how fast and when messages go: plans, nodes, campaigns, chats that are begun, and what a lane
-- waits for.

-- What an organization may use. The platform's own; everybody may read it.
create table plans (
    name                text primary key check (name ~ '^[a-z0-9_-]{1,50}$'),
    -- Its part when several organizations want the same workers: twice the weight, twice the turns.
    weight              integer not null default 1 check (weight between 1 and 1000),
    -- Most messages of all its sessions together; null is no limit.
    messages_per_minute integer check (messages_per_minute > 0),
    created_at          timestamptz not null default now()
);
insert into plans (name, weight) values ('free', 1), ('pro', 4), ('business', 16);
insert into plans (name) select distinct plan from organizations on conflict do nothing;
alter table plans enable row level security;
create policy everybody on plans for select to wahana_tenant using (true);
grant select on plans to wahana_tenant;
alter table organizations add foreign key (plan) references plans;

-- Most messages that one WAHA server is given; null is no limit.
alter table nodes add column messages_per_minute integer check (messages_per_minute > 0);

alter table session_usage
    add column bulk      integer not null default 0,
    add column new_chats integer not null default 0;
update session_usage set bulk = sent;

-- When the number's warm-up began, if that is not the quarter it first sent in: set when another phone is paired.
alter table sessions add column warm_up_from timestamptz;

alter table messages
    -- Whether it was the first one between this session and this person when it was accepted.
    add column new_chat  boolean not null default false,
    -- The person's time zone, where somebody told us; else it comes from the number's country.
    add column time_zone text;

-- Why `run_at` lies in the future, when it is not the owner's wish and not a retry.
alter table jobs add column held_for text;
create index jobs_held on jobs (campaign_id) where state = 'pending' and held_for is not null;

alter table campaigns
    -- The campaign's own rate, window and deadline.
    add column pace       jsonb not null default '{}',
    -- When the next message of a campaign with a rate is due by that rate.
    add column rate_due_at timestamptz;

-- What each line of a lane waits for, as the relay last saw it; written only when that changes.
create table lane_limits (
    session_id      uuid not null references sessions on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    class           message_class not null,
    waiting_for     text not null,
    until           timestamptz,
    since           timestamptz not null,
    primary key (session_id, class)
);
alter table lane_limits enable row level security;
create policy tenant on lane_limits to wahana_tenant using (organization_id = current_organization());
grant select on lane_limits to wahana_tenant;
