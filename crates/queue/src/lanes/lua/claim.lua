-- ARGV: lease (ms), token prefix, then one random number in [0,1) per job wanted (Redis's own are seeded).
-- Returns now, the next due ms (-1: none), how many leases had run out, and {lane, job, class, token} per job.
local lease, token, wanted = tonumber(ARGV[1]), ARGV[2], #ARGV - 2
beat()

local function take(lane, random, mine)
  local state = key(lane, 'state')
  local s = redis.call('HMGET', state, 'gmin', 'gmax', 'budget', 'grant', 'plo')
  local class, job = 'h', redis.call('ZPOPMIN', key(lane, 'hi'))[1]
  if not job and tonumber(s[5] or 0) <= now then class, job = 'l', redis.call('ZPOPMIN', key(lane, 'lo'))[1] end
  if not job then return nil end
  redis.call('HSET', key(lane, 'leased'), job, mine .. '/' .. s[4])
  redis.call('ZADD', EXPIRY, now + lease, lane .. '/' .. job)
  if s[3] then redis.call('HINCRBY', state, 'budget', -1) end
  local gmin, gmax = tonumber(s[1]), tonumber(s[2])
  redis.call('HSET', state, 'next', now + gmin + math.floor(random * (math.max(gmax - gmin, 0) + 1)))
  local hi, lo, later = depth(lane)
  if hi + lo + later < LOW_WATER then redis.call('SADD', HUNGRY, lane) end
  return { lane, job, class, mine }
end

local reaped = 0
if redis.call('EXISTS', base .. ':grace') == 0 then
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', EXPIRY, '-inf', now, 'LIMIT', 0, REAP_MAX)) do
    local lane, job = string.match(member, '^([^/]*)/(.*)$')
    redis.call('ZREM', EXPIRY, member)
    redis.call('HDEL', key(lane, 'leased'), job)
    enqueue(lane, job)
    plan(lane)
    reaped = reaped + 1
  end
end

-- Each visit either takes a job or moves the lane in `due`; the cap only bounds one call.
local out, visits = {}, 0
while #out < wanted and visits < wanted + 100 do
  local lane = redis.call('ZRANGEBYSCORE', DUE, '-inf', now, 'LIMIT', 0, 1)[1]
  if not lane then break end
  visits = visits + 1
  promote(lane)
  local why = explain(lane)
  local got = why == 'due' and take(lane, tonumber(ARGV[3 + #out]), token .. '.' .. #out)
  if got then out[#out + 1] = got end
  plan(lane)
end

local head = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')
return { now, head[2] and tonumber(head[2]) or -1, reaped, out }
