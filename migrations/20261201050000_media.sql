-- Files by content, and files that are made ready before they are sent: fetched from an address, or converted.

set local lock_timeout = '2s';

-- The bytes of files, once per organization and content. Null `content`: they are in the object store.
create table media_objects (
    organization_id uuid not null references organizations on delete cascade,
    sha256          bytea not null,
    size            bigint not null check (size > 0),
    content         bytea,
    -- When somebody last stored this content: what nothing refers to is deleted a while after.
    used_at         timestamptz not null,
    primary key (organization_id, sha256)
);
alter table media_objects alter column content set storage external; -- files are compressed already
create index media_objects_by_use on media_objects (used_at);

alter table media_objects enable row level security;
create policy tenant on media_objects to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on media_objects to wahana_tenant;

-- What the files of an organization take, kept by a trigger.
create table media_usage (
    organization_id uuid primary key references organizations on delete cascade,
    bytes           bigint not null,
    files           bigint not null
);

alter table media_usage enable row level security;
create policy tenant on media_usage to wahana_tenant using (organization_id = current_organization());
grant select on media_usage to wahana_tenant;

create function count_media_objects() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    if tg_op = 'INSERT' then
        insert into media_usage as u (organization_id, bytes, files)
        values (new.organization_id, new.size, 1)
        on conflict (organization_id) do update set bytes = u.bytes + excluded.bytes, files = u.files + 1;
        return new;
    end if;
    update media_usage set bytes = bytes - old.size, files = files - 1 where organization_id = old.organization_id;
    return old;
end $$;
create trigger count_media_objects after insert or delete on media_objects
    for each row execute function count_media_objects();

-- Null `content`: the bytes are those of media_objects with the same hash. Files of earlier versions keep theirs here.
-- Workers of earlier versions fail to read such a row and try again; nothing is sent wrongly.
-- squawk-ignore ban-drop-not-null
alter table media alter column content drop not null;
-- What the bytes are: {"name", "mimetype", "ending", "group"}. Null: never looked at, by earlier versions.
alter table media add column file_type jsonb;

-- A file that has to be fetched or converted before messages that carry it can be sent: once per address or upload, and
-- for each campaign anew.
create table media_preparations (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    campaign_id     uuid references campaigns on delete cascade,
    kind            text not null check (kind in ('image', 'video', 'document', 'voice')),
    -- An address, or the id of an upload.
    source          text not null,
    -- What the message says that it is.
    mimetype        text not null,
    -- sha256 of source, a line feed and mimetype.
    source_hash     bytea not null,
    state           text not null check (state in ('waiting', 'ready', 'failed')),
    -- The file that is sent, once it is ready.
    media_id        uuid references media on delete set null,
    -- The content before the conversion: the same content is not converted twice.
    source_sha256   bytea,
    error_code      text,
    error_detail    text,
    wanted_at       timestamptz not null,
    prepared_at     timestamptz
);
create unique index media_preparations_by_source on media_preparations (
    organization_id, coalesce(campaign_id, '00000000-0000-0000-0000-000000000000'::uuid), kind, source_hash
);
create index media_preparations_by_campaign on media_preparations (campaign_id) where campaign_id is not null;
create index media_preparations_by_media on media_preparations (media_id) where media_id is not null;
create index media_preparations_by_age on media_preparations (wanted_at);

alter table media_preparations enable row level security;
create policy tenant on media_preparations to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on media_preparations to wahana_tenant;

-- Messages that wait for a file. The row goes when the file is ready, or cannot be had.
create table media_waits (
    message_id      uuid primary key, -- no foreign key: see messages
    organization_id uuid not null references organizations on delete cascade,
    preparation_id  uuid not null references media_preparations on delete cascade
);
create index media_waits_by_preparation on media_waits (preparation_id);
create index media_waits_by_organization on media_waits (organization_id);

alter table media_waits enable row level security;
create policy tenant on media_waits to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on media_waits to wahana_tenant;

-- The preparation that a content waits for, by what stands in the content; null for content without a file.
create function media_source_hash(content jsonb) returns bytea
    language sql stable parallel safe
    return case
        when content ? 'media' then
            sha256(convert_to(
                concat(
                    coalesce(content #>> '{media,url}', content #>> '{media,id}'), chr(10),
                    content #>> '{media,mimetype}'
                ),
                'UTF8'
            ))
    end;
grant execute on function media_source_hash to wahana_tenant;

-- Programs that a worker found and converts files with, such as `voice`; null for schedulers and earlier versions.
alter table workers add column converts text[];
