-- Token buckets. KEYS[1] is "{prefix:lanes3}:rate"; a bucket is the hash KEYS[1]:<name> with tokens and at (ms). Time is
-- Redis's own. ARGV: for each request: hi wanted, lo wanted, number of buckets, then name, per minute, burst per bucket.
-- A negative number wanted gives that many tokens back.
-- Returns per request: hi allowed, lo allowed, the bucket that limited (0: none), ms until it has a token.
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
-- The part of a full bucket that is reserved for hi.
local KEPT = 0.2

local buckets = {}
local function bucket(name, per_minute, burst)
  local known = buckets[name]
  if known then return known end
  local at = redis.call('HMGET', KEYS[1] .. ':' .. name, 'tokens', 'at')
  -- An unknown bucket starts nearly empty: after a loss it gives too few tokens, not too many.
  local tokens = tonumber(at[1] or 1) + math.max(now - tonumber(at[2] or now), 0) * per_minute / 60000
  known = { name = name, tokens = math.min(tokens, burst), burst = burst, per_ms = per_minute / 60000 }
  buckets[name] = known
  return known
end

local out, i = {}, 1
while i <= #ARGV do
  local wanted, mine = { tonumber(ARGV[i]), tonumber(ARGV[i + 1]) }, {}
  local count = tonumber(ARGV[i + 2])
  i = i + 3
  for _ = 1, count do
    mine[#mine + 1] = bucket(ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]))
    i = i + 3
  end
  local allowed, bound, wait = {}, 0, 0
  for class = 1, 2 do
    local n = wanted[class]
    for at, b in ipairs(mine) do
      local kept = class == 2 and math.floor(b.burst * KEPT) or 0
      local has = math.max(math.floor(b.tokens - kept), 0)
      local until_next = math.ceil((kept + has + 1 - b.tokens) / b.per_ms)
      if has < n or (has == n and n < wanted[class] and until_next > wait) then
        n, bound, wait = has, at, until_next
      end
    end
    for _, b in ipairs(mine) do b.tokens = math.min(b.tokens - n, b.burst) end
    allowed[class] = n
  end
  out[#out + 1] = { allowed[1], allowed[2], bound, wait }
end
for name, b in pairs(buckets) do
  redis.call('HSET', KEYS[1] .. ':' .. name, 'tokens', tostring(b.tokens), 'at', now)
  redis.call('PEXPIRE', KEYS[1] .. ':' .. name, math.ceil(b.burst / b.per_ms) + 60000)
end
return out
