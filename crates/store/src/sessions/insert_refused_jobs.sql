-- Jobs of messages that WhatsApp refused, whose own job is over: dead letters, which can be replayed, or one more try.
insert into jobs as j (
    id, organization_id, kind, queue, lane, campaign_id, class, payload, state, run_at, error_code, error_detail
)
select m.id, m.organization_id, $6, $7, m.session_id, m.campaign_id, m.class, x.payload, $3::text::job_state, $5, $4,
       m.error_detail
from unnest($1::uuid[], $2::jsonb[]) as x (id, payload)
join messages m on m.id = x.id
order by m.id
on conflict (id) do update set
    state = excluded.state,
    run_at = excluded.run_at,
    error_code = excluded.error_code,
    error_detail = excluded.error_detail
where j.state = 'dead'
