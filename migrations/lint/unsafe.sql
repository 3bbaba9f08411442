-- What a migration after the baseline must not do; the rule that refuses each statement stands above it.
-- `./wahana lint-migrations` fails when one of them is not refused.

-- rule: require-lock-timeout
-- rule: require-concurrent-index-creation
create index messages_by_request on messages (request_id);

set local lock_timeout = '2s';

-- rule: ban-concurrent-index-creation-in-transaction
create index concurrently messages_by_pool on messages (pool_id);

-- rule: adding-required-field
alter table messages add column language text not null;

-- rule: changing-column-type
alter table messages alter column error_code type varchar(20);

-- rule: adding-not-nullable-field
alter table messages alter column phone set not null;

-- rule: renaming-column
alter table messages rename column error_code to code;

-- rule: renaming-table
alter table messages rename to mail;

-- rule: ban-drop-column
alter table messages drop column waha_id;

-- rule: ban-drop-table
drop table attempts;

-- rule: constraint-missing-not-valid
alter table messages add constraint messages_phone_check check (length(phone) < 20);

-- rule: adding-foreign-key-constraint
alter table messages add constraint messages_pool_fkey foreign key (pool_id) references sender_pools (id);
