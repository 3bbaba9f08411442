-- Shared by every lane script. KEYS[1] is "{prefix:lanes3}"; every other key is built from it and so lives in the
-- same cluster slot. Time is Redis's own. Nothing here may loop over all lanes or all jobs.
--
-- Two steps choose the next job: the organization (by `turns`, see docs/adr/0009), then one of its lanes (the one that
-- has been allowed to start for the longest time).
--
--   turns               zset   organization -> its tag; those with a lane that may start now. The smallest is next
--   due                 zset   organization -> the ms at which the first of its lanes may start; all others that wait
--   tags                zset   organization -> the tag it left `turns` with; only those that are ahead of `now_tag`
--   now_tag             string the tag that was served last
--   o:<organization>    zset   lane -> the ms at which its next job may start; a lane that may not run is not in it
--   known               zset   every lane with a state, score 0 (paged by name)
--   hungry              set    lanes whose depth fell under LOW_WATER while Postgres has more for them
--   expiry              zset   "lane/job" -> end of its lease, ms
--   beat, grace         string last sign of life of any worker; while grace exists no lease is taken back
--   l:<lane>:state      hash   pace (packed, see PACE), budget, grant, next, pall, plo, seq, hirun (hi jobs in a row),
--                              blap (jobs until the next break)
--   l:<lane>:jobs       hash   job -> "h:seq" or "l:seq", waiting or leased
--   l:<lane>:hi|lo      zset   job -> seq (waiting)
--   l:<lane>:later      zset   job -> not before, ms (deferred)
--   l:<lane>:leased     hash   job -> "token/grant"
local base = KEYS[1]
local TURNS, DUE, TAGS, NOW_TAG = base .. ':turns', base .. ':due', base .. ':tags', base .. ':now_tag'
local KNOWN, HUNGRY, EXPIRY = base .. ':known', base .. ':hungry', base .. ':expiry'
local LOW_WATER = 10
-- The values of a pace, in the order in which they come as arguments: gap, most in flight, budget, closes at, not
-- before, breaks (3), low line closed from and to, organization, cost of a turn, whether Postgres has more.
local PACE = { 'gmin', 'gmax', 'maxf', 'budget', 'open', 'nb', 'bev', 'bmin', 'bmax', 'lofrom', 'loto', 'org', 'cost', 'more' }
local STATE_TTL_MS = 7 * 86400000
local REAP_MAX = 200

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

-- Redis writes a number that it is given with 17 digits, which takes longer than most commands.
local function int(number) return string.format('%d', number) end

local function key(lane, part) return base .. ':l:' .. lane .. ':' .. part end

local function lanes_of(org) return base .. ':o:' .. org end

local function depth(lane)
  return redis.call('ZCARD', key(lane, 'hi')), redis.call('ZCARD', key(lane, 'lo')),
    redis.call('ZCARD', key(lane, 'later')), redis.call('HLEN', key(lane, 'leased'))
end

-- Until when class lo rests: parked, or inside the span that the grant closes.
local function lo_rests(l)
  if l.lofrom and now >= l.lofrom and now < l.loto then return math.max(l.plo, l.loto) end
  return l.plo
end

-- The inputs of every decision about a lane. `later` is the ms at which the first deferred job may go on, `deferred` how many.
local function look(lane)
  local l = { lane = lane }
  local s = redis.call('HMGET', key(lane, 'state'), 'pace', 'budget', 'next', 'pall', 'plo', 'hirun', 'blap', 'grant')
  if s[1] then
    for i, value in ipairs(cmsgpack.unpack(s[1])) do
      if value ~= '' then l[PACE[i]] = value end
    end
  end
  l.budget, l.next, l.pall, l.plo = tonumber(s[2]), tonumber(s[3]), tonumber(s[4]) or 0, tonumber(s[5]) or 0
  l.hirun, l.blap, l.grant = tonumber(s[6]), tonumber(s[7]), s[8]
  l.hi, l.lo, l.deferred, l.leased = depth(lane)
  if l.deferred > 0 then
    l.later = tonumber(redis.call('ZRANGE', key(lane, 'later'), 0, 0, 'WITHSCORES')[2])
  end
  return l
end

-- Whether all places of the lane are taken. A job of class hi has one more while no other of its class runs, so that a
-- slow lo job (a file takes minutes) does not hold what somebody waits for.
local function full(l)
  if l.leased < l.maxf then return false end
  if l.hi == 0 or l.leased > l.maxf then return true end
  for _, job in ipairs(redis.call('HKEYS', key(l.lane, 'leased'))) do
    local record = redis.call('HGET', key(l.lane, 'jobs'), job)
    if record and string.sub(record, 1, 1) == 'h' then return true end
  end
  return false
end

-- The reason why the lane waits, and when it may continue. Without a time, only a settle or a new grant can change it.
local function explain(l)
  if l.hi + l.lo == 0 and not l.later then return 'empty' end
  if not l.maxf then return 'no_pace' end
  if full(l) then return 'in_flight' end
  if l.budget and l.budget <= 0 then return 'budget' end
  local why, at = 'due', 0
  local function wait(reason, ms)
    ms = ms or 0
    if ms > at and ms > now then why, at = reason, ms elseif ms > at then at = ms end
  end
  if l.hi == 0 then
    local plo = l.lo > 0 and lo_rests(l)
    if plo and (not l.later or plo <= l.later) then wait('parked', plo) else wait('deferred', l.later) end
  end
  wait('parked', l.pall)
  wait('not_before', l.nb)
  wait('pace', l.next)
  if l.open and math.max(at, now) >= l.open then return 'closed' end
  return why, at
end

-- Puts a job back. Its sequence number is lower than those of waiting jobs, so it comes first.
local function enqueue(lane, job)
  local record = redis.call('HGET', key(lane, 'jobs'), job)
  if not record then return end
  local list = string.sub(record, 1, 1) == 'h' and 'hi' or 'lo'
  redis.call('ZADD', key(lane, list), string.sub(record, 3), job)
end

-- The view of a lane after its deferred jobs that are due were moved back to the waiting ones.
local function look_now(lane)
  local l = look(lane)
  if not l.later or l.later > now then return l end
  local later = key(lane, 'later')
  for _, job in ipairs(redis.call('ZRANGEBYSCORE', later, '-inf', now, 'LIMIT', 0, 100)) do
    redis.call('ZREM', later, job)
    enqueue(lane, job)
  end
  return look(lane)
end

-- Updates the position of the lane among those of its organization; `seat` must follow.
local function plan(lane, l)
  local _, at = explain(l)
  if not l.org then return end
  if at then redis.call('ZADD', lanes_of(l.org), int(at), lane) else redis.call('ZREM', lanes_of(l.org), lane) end
end

-- Updates the position of an organization; wakes the workers if nothing was due before. An organization that comes back
-- keeps its old tag if that is higher, so that leaving and coming back gains nothing.
local function seat(org)
  local head = redis.call('ZRANGE', lanes_of(org), 0, 0, 'WITHSCORES')[2]
  local tag = redis.call('ZSCORE', TURNS, org)
  head = head and tonumber(head)
  if head and head <= now then
    if tag then return end
    local first = redis.call('EXISTS', TURNS) == 0
    local old = tonumber(redis.call('ZSCORE', TAGS, org) or 0)
    redis.call('ZADD', TURNS, math.max(old, tonumber(redis.call('GET', NOW_TAG) or 0)), org)
    redis.call('ZREM', TAGS, org)
    redis.call('ZREM', DUE, org)
    if first then redis.call('PUBLISH', base .. ':wake', now) end
    return
  end
  if tag then
    redis.call('ZREM', TURNS, org)
    redis.call('ZADD', TAGS, tag, org)
  end
  if not head then
    redis.call('ZREM', DUE, org)
    return
  end
  local first = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')[2]
  redis.call('ZADD', DUE, head, org)
  if not first or head < tonumber(first) then redis.call('PUBLISH', base .. ':wake', head) end
end

-- The end of every script that changed a lane; `seat` comes after it. An empty lane keeps its pace for a while (the gap
-- must survive), then vanishes.
local function tidy(lane)
  local l = look_now(lane)
  if l.hi + l.lo + l.deferred + l.leased == 0 then
    redis.call('PEXPIRE', key(lane, 'state'), math.max(STATE_TTL_MS, math.min(l.pall - now, 10 * STATE_TTL_MS)))
  end
  plan(lane, l)
  return l
end

local function done_with(lane)
  local l = tidy(lane)
  if l.org then seat(l.org) end
  return l
end

-- The values of PACE are the arguments from `first`; an empty one is none.
local function set_pace(lane, first)
  local state, values = key(lane, 'state'), {}
  for i, name in ipairs(PACE) do
    local value = ARGV[first + i - 1]
    values[i] = name == 'budget' and '' or tonumber(value) or value -- the budget shrinks with every claim
    if name == 'budget' then
      if value == '' then redis.call('HDEL', state, name) else redis.call('HSET', state, name, value) end
    end
  end
  redis.call('HSET', state, 'pace', cmsgpack.pack(values))
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

-- A claim that sent nothing returns its unit of the budget, unless a new grant replaced the budget meanwhile.
local function refund(lane, grant)
  local s = redis.call('HMGET', key(lane, 'state'), 'budget', 'grant')
  if s[1] and s[2] == grant then redis.call('HINCRBY', key(lane, 'state'), 'budget', 1) end
end

-- Heartbeat, written by every claim and once a second (or three times per lease) by every keeper. If there was none for a
-- while, Redis was away: live workers then get the duration of one lease to renew theirs before any is taken back.
local function beat()
  local last = tonumber(redis.call('GET', base .. ':beat') or now)
  local lease = tonumber(ARGV[1])
  if now - last > math.min(3000, lease * 2 / 3) then redis.call('SET', base .. ':grace', 1, 'PX', lease) end
  if now - last > math.min(500, lease / 6) or now == last then redis.call('SET', base .. ':beat', int(now)) end
end
