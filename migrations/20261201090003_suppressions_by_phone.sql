-- no-transaction
create unique index concurrently if not exists suppressions_by_phone
    on suppressions (organization_id, phone);
