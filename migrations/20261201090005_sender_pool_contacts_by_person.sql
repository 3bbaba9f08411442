-- no-transaction
create unique index concurrently if not exists sender_pool_contacts_by_person
    on sender_pool_contacts (pool_id, person);
