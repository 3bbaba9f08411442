-- Why lines of an import were refused, counted apart from the rest of `rejected`; and the refused lines as they were,
-- so that they can be repaired and uploaded again.
alter table campaigns
    add column duplicates integer not null default 0,
    add column suppressed integer not null default 0,
    -- The columns of all files uploaded so far, in order of their first appearance.
    add column import_columns text[] not null default '{}';

alter table rejected_lines
    -- The cells of the line by the name of their column.
    add column fields jsonb not null default '{}';
