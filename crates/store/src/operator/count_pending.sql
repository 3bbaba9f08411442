-- How many pending jobs of each lane are due now and later, counted up to a limit.
select lane as "lane!: SessionId",
       (
           select count(*)
           from (
               select 1
               from jobs
               where lane = x.lane
                 and class in ('transactional', 'bulk')
                 and state = 'pending'
                 and run_at <= $2
               limit $3
           ) due
       ) as "due!",
       (
           select count(*)
           from (
               select 1
               from jobs
               where lane = x.lane
                 and class in ('transactional', 'bulk')
                 and state = 'pending'
                 and run_at > $2
               limit $3
           ) later
       ) as "later!"
from unnest($1::uuid[]) as x (lane)
