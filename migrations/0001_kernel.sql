-- Kernel: the role of tenants and the variable that says which organization a transaction belongs to.
--
-- Every table of a tenant has `organization_id`, row-level security and the policy `tenant`. The API and everything
-- else that acts for one organization runs as the role wahana_tenant with `wahana.organization_id` set for the
-- transaction, so that a filter forgotten in a query shows no row of anybody else.

do $$ begin
    create role wahana_tenant nologin;
exception when duplicate_object or unique_violation then null; -- roles belong to the server, not to this database
end $$;
do $$ begin
    execute format('grant wahana_tenant to %I', current_user);
exception when others then null; -- a superuser needs no grant
end $$;

-- The organization of this transaction; null outside of one, and no row belongs to null.
create function current_organization() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('wahana.organization_id', true), '')::uuid;

grant usage on schema public to wahana_tenant;
