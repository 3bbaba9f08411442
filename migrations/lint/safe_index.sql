-- no-transaction
create index concurrently if not exists messages_by_request on messages (request_id) where request_id is not null;
