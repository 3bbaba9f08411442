-- no-transaction
create unique index concurrently if not exists number_checks_by_person
    on number_checks (organization_id, person);
