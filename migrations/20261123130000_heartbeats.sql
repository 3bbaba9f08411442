-- Schedulers say that they live, as workers do (role 'scheduler', no slots), and both say what they see of Redis, for
-- the API does not talk to it.
alter table workers
    add column redis_error text, -- why Redis does not answer; null: it does
    add column redis_since timestamptz not null default now(); -- since when it does, or does not
