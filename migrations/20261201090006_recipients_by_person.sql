-- no-transaction
create index concurrently if not exists recipients_by_person
    on recipients (campaign_id, person);
