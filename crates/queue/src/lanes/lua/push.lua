-- ARGV: lane, the values of PACE, then id, class ("h"/"l"), id, class, ... Returns the depth afterwards.
local lane = ARGV[1]
set_pace(lane, 2)
local jobs, state = key(lane, 'jobs'), key(lane, 'state')
local seq = tonumber(redis.call('HGET', state, 'seq') or 0)
for i = 2 + #PACE, #ARGV, 2 do
  local job, class = ARGV[i], ARGV[i + 1]
  if redis.call('HSETNX', jobs, job, class .. ':' .. int(seq + 1)) == 1 then
    seq = seq + 1
    redis.call('ZADD', key(lane, class == 'h' and 'hi' or 'lo'), int(seq), job)
  end
end
redis.call('HSET', state, 'seq', int(seq))
redis.call('PERSIST', state)
local l = done_with(lane)
return { l.hi, l.lo, l.deferred, l.leased }
