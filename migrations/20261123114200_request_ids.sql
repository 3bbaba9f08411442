-- Through which request a message came, for its timeline. Null: it came from a campaign, or before this column.
alter table messages add column request_id text;
