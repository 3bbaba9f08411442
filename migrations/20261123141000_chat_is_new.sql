-- Whether nobody wrote in this chat of a session yet, for `accepting.rs`. A function, because there row security adds a
-- second condition that another index fits: a plan made while the table was empty may take that one, and then reads all
-- messages of an organization for each it accepts. Asked only of sessions that the caller was seen to own.
create function chat_is_new(of_session uuid, of_chat text) returns boolean
    language plpgsql stable security definer set search_path = public as $$
begin
    return not exists (select 1 from messages where session_id = of_session and chat_id = of_chat);
end $$;
revoke execute on function chat_is_new from public;
grant execute on function chat_is_new to wahana_tenant;
