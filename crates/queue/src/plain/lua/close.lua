-- Cleans up after a worker that ended. KEYS: {prefix:plain:name}.
-- ARGV: worker name, now (s), 1 if it died (0: stopped), how many run on, their task ids, then those that finished.
-- Finished but unacked jobs are acked. Fetched but never started ones go back to the head, or are quarantined if that has
-- killed several workers. While jobs run, the worker stays registered as alive.
local base, worker, died, running = KEYS[1], ARGV[1], ARGV[3] == '1', tonumber(ARGV[4])
local inflight, workers, deaths = base .. ':inflight:' .. worker, base .. ':workers', base .. ':deaths'
local DEATHS_MAX, KEPT = 4, 1000
local busy, finished = {}, {}
for i = 5, 4 + running do busy[ARGV[i]] = true end
for i = 5 + running, #ARGV do finished[ARGV[i]] = true end

local function erase(id)
  redis.call('HDEL', base .. ':data', id)
  redis.call('DEL', base .. ':meta:' .. id)
  redis.call('HDEL', deaths, id)
end

for _, id in ipairs(redis.call('SMEMBERS', inflight)) do
  if not busy[id] then redis.call('SREM', inflight, id) end
  if finished[id] then
    erase(id)
  elseif not busy[id] then
    if died and redis.call('HINCRBY', deaths, id, 1) >= DEATHS_MAX then
      redis.call('LPUSH', base .. ':undecodable', redis.call('HGET', base .. ':data', id) or '')
      redis.call('LTRIM', base .. ':undecodable', 0, KEPT - 1)
      erase(id)
    else
      redis.call('LPUSH', base .. ':active', id)
    end
  end
end

if running > 0 then
  redis.call('ZADD', workers, ARGV[2], worker)
else
  redis.call('ZREM', workers, worker)
  redis.call('DEL', base .. ':workers:metadata:' .. worker)
end
return running
