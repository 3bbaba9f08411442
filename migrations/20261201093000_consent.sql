-- Consent: what an organization's people agreed to, what they asked to be spared, in whose words, and the proof of
-- both.

set local lock_timeout = '2s';

-- What an organization decided about opt-outs and consent; the defaults hold for those without a row.
create table consent_settings (
    organization_id      uuid primary key references organizations on delete cascade,
    -- What a plain STOP ends: campaigns of marketing, or all bulk messages.
    opt_out_scope        text not null default 'all' check (opt_out_scope in ('marketing', 'all')),
    -- What is answered to an opt-out and to an opt-in; null: nothing.
    opt_out_confirmation text,
    opt_in_confirmation  text,
    -- Bulk messages go only to people whose consent is on record.
    bulk_needs_consent   boolean not null default false,
    updated_at           timestamptz not null default now()
);

alter table consent_settings enable row level security;
create policy tenant on consent_settings to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on consent_settings to wahana_tenant;

-- Words of an organization's own that opt out or in, beside those of all languages.
create table opt_out_words (
    organization_id uuid not null references organizations on delete cascade,
    words           text not null,
    intent          text not null check (intent in ('opt_out', 'opt_in')),
    scope           text not null default 'all' check (scope in ('marketing', 'all')),
    primary key (organization_id, words)
);

alter table opt_out_words enable row level security;
create policy tenant on opt_out_words to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on opt_out_words to wahana_tenant;

-- That a person agreed to bulk messages.
create table consents (
    organization_id uuid not null references organizations on delete cascade,
    person          text not null,
    source          text not null check (source in ('import', 'form', 'message', 'member')),
    -- Where exactly: a file, a form, what was said.
    detail          text,
    given_at        timestamptz not null,
    primary key (organization_id, person)
);

alter table consents enable row level security;
create policy tenant on consents to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on consents to wahana_tenant;

-- The proof: each opt-out, opt-in, consent and withdrawal, with the message and its words where it was one.
create table consent_events (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    person          text not null,
    phone           text,
    kind            text not null check (kind in ('opt_out', 'opt_in', 'consent', 'withdrawal')),
    scope           text check (scope in ('marketing', 'all')),
    source          text not null check (source in ('import', 'form', 'message', 'member')),
    session_id      uuid,
    -- The bare WhatsApp id of the message, and its words.
    waha_id         text,
    words           text,
    detail          text,
    -- When the person did it, and when it was confirmed to them.
    at              timestamptz not null,
    confirmed_at    timestamptz
);
create index consent_events_by_person on consent_events (organization_id, person, id);

alter table consent_events enable row level security;
create policy tenant on consent_events to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on consent_events to wahana_tenant;

-- What an opt-out of this person ends; suppressions for other reasons end everything.
alter table suppressions add column scope text not null default 'all';
alter table suppressions add constraint suppressions_scope_check check (scope in ('marketing', 'all')) not valid;

-- What a campaign is for: a person who wants no marketing may still get information about an order.
alter table campaigns add column kind text not null default 'marketing';
alter table campaigns add constraint campaigns_kind_check check (kind in ('marketing', 'information')) not valid;
