-- When the running attempt began. A worker that vanished cannot tell any more, and whoever looks at WAHA for its
-- message has to know from when on to look.
alter table jobs add column started_at timestamptz;

-- Whether it failed because WhatsApp said no (ack -1). Then WAHA's "sent", which may come later, is no news.
create function refused_by_whatsapp(state message_state, error_code text) returns boolean
    language sql immutable parallel safe
    return state = 'failed' and coalesce(error_code, '') in ('rejected_by_whatsapp', 'restricted');
