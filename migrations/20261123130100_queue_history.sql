-- How the queues were in each minute, as schedulers saw it: for charts. Kept for a week.
create table queue_history (
    minute         timestamptz not null,
    queue          text not null,
    taken_at       timestamptz not null,
    pending        bigint not null,
    released       bigint not null,
    running        bigint not null,
    dead           bigint not null,
    oldest_seconds double precision not null, -- the longest wait for nothing but a free worker that was seen
    sent           bigint, -- of the lanes: messages sent so far in this quarter of an hour
    primary key (minute, queue)
);
