-- Removes up to ARGV[1] finished jobs with everything apalis keeps of them. KEYS: {prefix:plain:name}.
local base = KEYS[1]
local count = 0
for _, set in ipairs({ 'done', 'dead' }) do
  for _, id in ipairs(redis.call('SPOP', base .. ':' .. set, ARGV[1])) do
    redis.call('HDEL', base .. ':data', id)
    redis.call('DEL', base .. ':meta:' .. id)
    redis.call('HDEL', base .. ':deaths', id)
    count = count + 1
  end
end
return count
