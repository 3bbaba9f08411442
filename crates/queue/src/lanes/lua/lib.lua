-- Shared by every lane script. KEYS[1] is "{prefix:lanes}"; every other key is built from it and so lives in the
-- same cluster slot. Time is Redis's own. Nothing here may loop over all lanes or all jobs.
--
--   due                 zset   lane -> the ms at which its next job may start; a lane that may not run is not in it
--   known               zset   every lane with a state, score 0 (paged by name)
--   hungry              set    lanes whose depth fell under LOW_WATER
--   expiry              zset   "lane/job" -> end of its lease, ms
--   beat, grace         string last sign of life of any worker; while grace exists no lease is taken back
--   l:<lane>:state      hash   pace (gmin gmax maxf budget open nb, breaks: bev bmin bmax, lo rests: lofrom loto),
--                              grant, next, pall, plo, seq, hirun (hi jobs in a row), blap (jobs until the next break)
--   l:<lane>:jobs       hash   job -> "h:seq" or "l:seq", waiting or leased
--   l:<lane>:hi|lo      zset   job -> seq (waiting)
--   l:<lane>:later      zset   job -> not before, ms (deferred)
--   l:<lane>:leased     hash   job -> "token/grant"
local base = KEYS[1]
local DUE, KNOWN, HUNGRY, EXPIRY = base .. ':due', base .. ':known', base .. ':hungry', base .. ':expiry'
local LOW_WATER = 10
local PACE_VALUES = 11
local STATE_TTL_MS = 7 * 86400000
local REAP_MAX = 200

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local function key(lane, part) return base .. ':l:' .. lane .. ':' .. part end

local function depth(lane)
  return redis.call('ZCARD', key(lane, 'hi')), redis.call('ZCARD', key(lane, 'lo')),
    redis.call('ZCARD', key(lane, 'later')), redis.call('HLEN', key(lane, 'leased'))
end

-- Until when the low line rests: parked, or inside the span that the grant closes.
local function lo_rests(plo, from, to)
  local at = tonumber(plo or 0)
  if from and now >= tonumber(from) and now < tonumber(to) then return math.max(at, tonumber(to)) end
  return at
end

-- Why the lane waits and when it may go on. No time: only a settle or a new grant can move it.
local function explain(lane)
  local hi, lo, _, leased = depth(lane)
  local later = redis.call('ZRANGE', key(lane, 'later'), 0, 0, 'WITHSCORES')[2]
  local s = redis.call('HMGET', key(lane, 'state'), 'maxf', 'budget', 'open', 'nb', 'next', 'pall', 'plo', 'lofrom', 'loto')
  if hi + lo == 0 and not later then return 'empty' end
  if not s[1] then return 'no_pace' end
  if leased >= tonumber(s[1]) then return 'in_flight' end
  if s[2] and tonumber(s[2]) <= 0 then return 'budget' end
  local why, at = 'due', 0
  local function wait(reason, ms)
    ms = tonumber(ms or 0)
    if ms > at and ms > now then why, at = reason, ms elseif ms > at then at = ms end
  end
  if hi == 0 then
    local plo = lo > 0 and lo_rests(s[7], s[8], s[9])
    if plo and (not later or plo <= tonumber(later)) then wait('parked', plo) else wait('deferred', later) end
  end
  wait('parked', s[6])
  wait('not_before', s[4])
  wait('pace', s[5])
  if s[3] and math.max(at, now) >= tonumber(s[3]) then return 'closed' end
  return why, at
end

-- Puts a job back where it came from: its sequence number is older than what waits, so that is the head.
local function enqueue(lane, job)
  local record = redis.call('HGET', key(lane, 'jobs'), job)
  if not record then return end
  local list = string.sub(record, 1, 1) == 'h' and 'hi' or 'lo'
  redis.call('ZADD', key(lane, list), string.sub(record, 3), job)
end

local function promote(lane)
  local later = key(lane, 'later')
  for _, job in ipairs(redis.call('ZRANGEBYSCORE', later, '-inf', now, 'LIMIT', 0, 100)) do
    redis.call('ZREM', later, job)
    enqueue(lane, job)
  end
end

-- Brings `due` in line with the lane's state; wakes the workers if this lane is now the first of all.
local function plan(lane)
  promote(lane)
  local _, at = explain(lane)
  if not at then
    redis.call('ZREM', DUE, lane)
    return
  end
  local head = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')
  redis.call('ZADD', DUE, at, lane)
  if not head[1] or at < tonumber(head[2]) then redis.call('PUBLISH', base .. ':wake', at) end
end

-- An empty lane keeps its pace for a while (the gap must survive), then vanishes.
local function touch(lane)
  local state = key(lane, 'state')
  if redis.call('EXISTS', key(lane, 'jobs')) == 1 then
    redis.call('PERSIST', state)
  else
    local pall = tonumber(redis.call('HGET', state, 'pall') or 0)
    redis.call('PEXPIRE', state, math.max(STATE_TTL_MS, math.min(pall - now, 10 * STATE_TTL_MS)))
  end
end

local function set_pace(lane, first)
  local state = key(lane, 'state')
  redis.call('HSET', state, 'gmin', ARGV[first], 'gmax', ARGV[first + 1], 'maxf', ARGV[first + 2], 'nb', ARGV[first + 5],
    'bev', ARGV[first + 6], 'bmin', ARGV[first + 7], 'bmax', ARGV[first + 8])
  local optional = { budget = ARGV[first + 3], open = ARGV[first + 4], lofrom = ARGV[first + 9], loto = ARGV[first + 10] }
  for field, value in pairs(optional) do
    if value == '' then redis.call('HDEL', state, field) else redis.call('HSET', state, field, value) end
  end
  redis.call('HINCRBY', state, 'grant', 1)
  redis.call('ZADD', KNOWN, 0, lane)
end

local function park(lane, until_ms, scope)
  redis.call('HSET', key(lane, 'state'), scope == 'lo' and 'plo' or 'pall', until_ms)
  redis.call('ZADD', KNOWN, 0, lane)
end

-- Ends a lease if `token` still holds it. Returns the grant it was claimed under, or nil.
local function unlease(lane, job, token)
  local held = redis.call('HGET', key(lane, 'leased'), job)
  if not held then return nil end
  local owner, grant = string.match(held, '^(.*)/(%d+)$')
  if owner ~= token then return nil end
  redis.call('HDEL', key(lane, 'leased'), job)
  redis.call('ZREM', EXPIRY, lane .. '/' .. job)
  return grant
end

-- A claim that sent nothing gives its place in the budget back, unless a new grant replaced the budget meanwhile.
local function refund(lane, grant)
  local s = redis.call('HMGET', key(lane, 'state'), 'budget', 'grant')
  if s[1] and s[2] == grant then redis.call('HINCRBY', key(lane, 'state'), 'budget', 1) end
end

-- A sign of life, written by every claim and once a second (or thrice a lease) by every keeper. If nobody was heard
-- for a while, Redis was away: living workers get the time of one lease to renew theirs before any is taken back.
local function beat()
  local last = tonumber(redis.call('GET', base .. ':beat') or now)
  local lease = tonumber(ARGV[1])
  if now - last > math.min(3000, lease * 2 / 3) then redis.call('SET', base .. ':grace', 1, 'PX', lease) end
  if now - last > math.min(500, lease / 6) or now == last then redis.call('SET', base .. ':beat', now) end
end
