-- ARGV: lease (ms), token prefix, then one random number in [0,1) per job wanted (Redis's own are seeded).
-- Returns now, the next due ms (-1: none), how many leases had run out, and {lane, job, class, token} per job.
local token, wanted = ARGV[2], #ARGV - 2
local lease_end = int(now + tonumber(ARGV[1]))
-- Maximum number of organizations per call that are moved to `turns` because they became due.
local COME_DUE = 100
beat()

-- After this many hi jobs in a row, a waiting lo job is next: hi gets four fifths of a busy lane, lo the rest.
local HI_RUN = 4

-- The next pause. Skewed like a log-normal but bounded (Kumaraswamy, a = 2, b = 4), irregular so that sending does not look
-- automated; the same formula is in crates/pacing/src/gap.rs. Returns the pause and how many jobs are left until the next break.
local function draw(l, random)
  local every = l.bev or 0
  if every > 0 then
    local left = l.blap or 0
    if left <= 0 then left = math.ceil(every * (0.5 + (random * 99991) % 1)) end
    if left == 1 then return l.bmin + (l.bmax - l.bmin) * ((random * 9973) % 1), 0 end
    return l.gmin + (l.gmax - l.gmin) * math.sqrt(1 - (1 - random) ^ 0.25), left - 1
  end
  if l.gmax <= l.gmin then return l.gmin, 0 end
  return l.gmin + (l.gmax - l.gmin) * math.sqrt(1 - (1 - random) ^ 0.25), 0
end

-- Chooses the class: hi, unless lo waited long enough. The place beyond the limit is for hi alone. Returns class, job and
-- the new length of hi's run.
local function next_job(lane, l)
  local hi, lo = key(lane, 'hi'), key(lane, 'lo')
  local lo_open, run = l.lo > 0 and l.leased < l.maxf and lo_rests(l) <= now, l.hirun or 0
  if lo_open and run >= HI_RUN then return 'l', redis.call('ZPOPMIN', lo)[1], 0 end
  if l.hi > 0 then return 'h', redis.call('ZPOPMIN', hi)[1], math.min(run + 1, HI_RUN) end
  if lo_open then return 'l', redis.call('ZPOPMIN', lo)[1], 0 end
end

-- Claims one job and updates the view of the lane.
local function take(lane, l, random, mine)
  local class, job, run = next_job(lane, l)
  if not job then return nil end
  redis.call('HSET', key(lane, 'leased'), job, mine .. '/' .. l.grant)
  redis.call('ZADD', EXPIRY, lease_end, lane .. '/' .. job)
  local state = key(lane, 'state')
  if l.budget then l.budget = redis.call('HINCRBY', state, 'budget', -1) end
  local gap, until_break = draw(l, random)
  l.next = now + math.floor(gap + 0.5)
  redis.call('HSET', state, 'next', int(l.next), 'hirun', int(run), 'blap', int(until_break))
  l.leased, l.hirun, l.blap = l.leased + 1, run, until_break
  if class == 'h' then l.hi = l.hi - 1 else l.lo = l.lo - 1 end
  if l.more == 1 and l.hi + l.lo + l.deferred < LOW_WATER then redis.call('SADD', HUNGRY, lane) end
  return { lane, job, class, mine }
end

local reaped = 0
if redis.call('EXISTS', base .. ':grace') == 0 then
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', EXPIRY, '-inf', now, 'LIMIT', 0, REAP_MAX)) do
    local lane, job = string.match(member, '^([^/]*)/(.*)$')
    redis.call('ZREM', EXPIRY, member)
    redis.call('HDEL', key(lane, 'leased'), job)
    enqueue(lane, job)
    done_with(lane)
    reaped = reaped + 1
  end
end

for _, org in ipairs(redis.call('ZRANGEBYSCORE', DUE, '-inf', now, 'LIMIT', 0, COME_DUE)) do seat(org) end

-- Each visit takes a job, or moves a lane, or an organization out of `turns`; the cap only bounds one call.
local out, visits, served, touched = {}, 0, nil, {}
while #out < wanted and visits < wanted + 100 do
  local org, tag = unpack(redis.call('ZRANGE', TURNS, 0, 0, 'WITHSCORES'))
  if not org then break end
  visits = visits + 1
  local lane = redis.call('ZRANGEBYSCORE', lanes_of(org), '-inf', now, 'LIMIT', 0, 1)[1]
  local l = lane and look_now(lane)
  if l and l.org ~= org then
    redis.call('ZREM', lanes_of(org), lane) -- its state is gone, or says another organization
  elseif l then
    local got = explain(l) == 'due' and take(lane, l, tonumber(ARGV[3 + #out]), token .. '.' .. #out)
    if got then
      out[#out + 1] = got
      served = tag
      redis.call('ZINCRBY', TURNS, int(l.cost), org)
    end
    plan(lane, l)
    touched[org] = true
  else
    seat(org)
    touched[org] = nil
  end
end
if served then
  redis.call('SET', NOW_TAG, served)
  redis.call('ZREMRANGEBYSCORE', TAGS, '-inf', served)
end
for org in pairs(touched) do seat(org) end

if redis.call('EXISTS', TURNS) == 1 then return { now, now, reaped, out } end
local head = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')
return { now, head[2] and tonumber(head[2]) or -1, reaped, out }
