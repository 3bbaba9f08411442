-- ARGV: lane, then ids; no ids = all waiting jobs. Leased jobs stay. Returns the ids removed.
local lane = ARGV[1]
local ids = {}
for i = 2, #ARGV do ids[#ids + 1] = ARGV[i] end
if #ids == 0 then
  for _, part in ipairs({ 'hi', 'lo', 'later' }) do
    for _, job in ipairs(redis.call('ZRANGE', key(lane, part), 0, -1)) do ids[#ids + 1] = job end
  end
end
local removed = {}
for _, job in ipairs(ids) do
  local gone = 0
  for _, part in ipairs({ 'hi', 'lo', 'later' }) do gone = gone + redis.call('ZREM', key(lane, part), job) end
  if gone > 0 then
    redis.call('HDEL', key(lane, 'jobs'), job)
    removed[#removed + 1] = job
  end
end
done_with(lane)
return removed
