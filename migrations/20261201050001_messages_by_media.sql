-- no-transaction
create index concurrently if not exists messages_by_media on messages (
    (coalesce(content #>> '{media,id}', content ->> 'media_id'))
) where coalesce(content #>> '{media,id}', content ->> 'media_id') is not null;
