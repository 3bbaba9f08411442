-- ARGV: lease (ms), then lane, job, token, ... Returns the tokens that no longer hold their lease.
beat()
local lost, lease_end = {}, int(now + tonumber(ARGV[1]))
for i = 2, #ARGV, 3 do
  local lane, job, token = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local held = redis.call('HGET', key(lane, 'leased'), job)
  if held and string.match(held, '^(.*)/%d+$') == token then
    redis.call('ZADD', EXPIRY, lease_end, lane .. '/' .. job)
  else
    lost[#lost + 1] = token
  end
end
return lost
