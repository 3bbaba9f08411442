-- Which number is behind a LID, the name under which WhatsApp hides it from whoever a person writes to. Asked of WAHA
-- once, so that somebody who answers under a LID is the person that was written to: their inbox, their STOP.
create table lids (
    organization_id uuid not null references organizations on delete cascade,
    -- `<digits>@lid`; the same for everybody this person writes to.
    lid             text not null,
    -- E.164 digits; null while nobody knows.
    phone           text,
    -- Who met it last, and asks.
    session_id      uuid not null references sessions on delete cascade,
    -- When to ask next; null when it is known, or WAHA did not know it too often.
    wanted_at       timestamptz,
    tries           integer not null default 0,
    -- Whoever it is asked to be left alone before we knew the number.
    opted_out_at    timestamptz,
    primary key (organization_id, lid)
);
create index lids_wanted on lids (session_id, wanted_at) where wanted_at is not null;
create index lids_by_phone on lids (organization_id, phone) where phone is not null;

alter table lids enable row level security;
create policy tenant on lids to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on lids to wahana_tenant;

-- The chat as WAHA calls it, where that is a LID and we know better.
alter table messages add column lid text;
