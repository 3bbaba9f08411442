-- Messages that WAHA took and WhatsApp never confirmed, not even its server: seen by session, for the acks of all its
-- messages stop together (docs/waha.md 10.2).
alter table sessions
    -- When WhatsApp last confirmed or refused a message, give or take a few seconds.
    add column last_ack_at   timestamptz,
    -- Messages went out since then and none was confirmed: since when this is known.
    add column unacked_since timestamptz;
create index sessions_unacked on sessions (id) where unacked_since is not null;
