-- no-transaction
create unique index concurrently if not exists contacts_by_person
    on contacts (organization_id, person);
