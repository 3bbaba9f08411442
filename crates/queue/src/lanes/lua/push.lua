-- ARGV: lane, pace (PACE_VALUES), then id, class ("h"/"l"), id, class, ... Returns the depth afterwards.
local lane = ARGV[1]
set_pace(lane, 2)
local jobs = key(lane, 'jobs')
for i = 2 + PACE_VALUES, #ARGV, 2 do
  local job, class = ARGV[i], ARGV[i + 1]
  if redis.call('HEXISTS', jobs, job) == 0 then
    local seq = redis.call('HINCRBY', key(lane, 'state'), 'seq', 1)
    redis.call('HSET', jobs, job, class .. ':' .. seq)
    enqueue(lane, job)
  end
end
touch(lane)
plan(lane)
return { depth(lane) }
