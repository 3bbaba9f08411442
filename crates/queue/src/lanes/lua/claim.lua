-- ARGV: lease (ms), token prefix, then one random number in [0,1) per job wanted (Redis's own are seeded).
-- Returns now, the next due ms (-1: none), how many leases had run out, and {lane, job, class, token} per job.
local lease, token, wanted = tonumber(ARGV[1]), ARGV[2], #ARGV - 2
beat()

-- After so many hi jobs in a row a lo job that waits has its turn: hi has four fifths of a busy lane, lo the rest.
local HI_RUN = 4

-- The next pause. Skewed like a log-normal but bounded (Kumaraswamy, a = 2, b = 4), so that it is no beat; the same
-- formula is in crates/pacing/src/gap.rs. Returns the pause and how many jobs are left until the next break.
local function draw(s, random)
  local gmin, gmax, every = tonumber(s.gmin), tonumber(s.gmax), tonumber(s.bev or 0)
  if every > 0 then
    local left = tonumber(s.blap or 0)
    if left <= 0 then left = math.ceil(every * (0.5 + (random * 99991) % 1)) end
    if left == 1 then return tonumber(s.bmin) + (s.bmax - s.bmin) * ((random * 9973) % 1), 0 end
    return gmin + (gmax - gmin) * math.sqrt(1 - (1 - random) ^ 0.25), left - 1
  end
  if gmax <= gmin then return gmin, 0 end
  return gmin + (gmax - gmin) * math.sqrt(1 - (1 - random) ^ 0.25), 0
end

-- Whose turn it is in the lane: hi, unless lo waited long enough. Returns class, job and the new length of hi's run.
local function next_job(lane, s)
  local hi, lo = key(lane, 'hi'), key(lane, 'lo')
  local lo_open, run = lo_rests(s.plo, s.lofrom, s.loto) <= now, tonumber(s.hirun or 0)
  if lo_open and run >= HI_RUN then
    local job = redis.call('ZPOPMIN', lo)[1]
    if job then return 'l', job, 0 end
  end
  local job = redis.call('ZPOPMIN', hi)[1]
  if job then return 'h', job, math.min(run + 1, HI_RUN) end
  if lo_open then return 'l', redis.call('ZPOPMIN', lo)[1], 0 end
end

local FIELDS = { 'gmin', 'gmax', 'budget', 'grant', 'plo', 'lofrom', 'loto', 'hirun', 'bev', 'bmin', 'bmax', 'blap' }

local function take(lane, random, mine)
  local state, s = key(lane, 'state'), {}
  for i, value in ipairs(redis.call('HMGET', state, unpack(FIELDS))) do s[FIELDS[i]] = value or nil end
  local class, job, run = next_job(lane, s)
  if not job then return nil end
  redis.call('HSET', key(lane, 'leased'), job, mine .. '/' .. s.grant)
  redis.call('ZADD', EXPIRY, now + lease, lane .. '/' .. job)
  if s.budget then redis.call('HINCRBY', state, 'budget', -1) end
  local gap, until_break = draw(s, random)
  redis.call('HSET', state, 'next', now + math.floor(gap + 0.5), 'hirun', run, 'blap', until_break)
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
