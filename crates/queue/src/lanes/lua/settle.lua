-- ARGV: lane, job, token, "drop"/"again", not before (ms), park until (ms, 0 = no), park scope.
-- Returns 1, or 0 if the token no longer holds the lease (a late answer changes nothing).
local lane, job, action, not_before, parked = ARGV[1], ARGV[2], ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local grant = unlease(lane, job, ARGV[3])
if not grant then return 0 end
if action == 'drop' then
  redis.call('HDEL', key(lane, 'jobs'), job)
  local hi, lo, later = depth(lane)
  if hi + lo + later < LOW_WATER then redis.call('SADD', HUNGRY, lane) end
else
  refund(lane, grant)
  if not_before > now then redis.call('ZADD', key(lane, 'later'), not_before, job) else enqueue(lane, job) end
end
if parked > 0 then
  local field = ARGV[7] == 'lo' and 'plo' or 'pall'
  if parked > tonumber(redis.call('HGET', key(lane, 'state'), field) or 0) then park(lane, parked, ARGV[7]) end
end
touch(lane)
plan(lane)
return 1
