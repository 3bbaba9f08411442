-- What failed lately, without reading all attempts; a block range index costs an insert next to nothing.
create index attempts_by_time on attempts using brin (finished_at) with (pages_per_range = 16, autosummarize = on);
