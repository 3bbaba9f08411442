-- no-transaction
create unique index concurrently if not exists suppressions_by_person
    on suppressions (organization_id, person);
