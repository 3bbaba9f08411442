-- The trace that a job belongs to (W3C traceparent); null unless it is sampled.
alter table jobs add column traceparent text;
