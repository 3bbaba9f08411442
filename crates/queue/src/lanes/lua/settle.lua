-- ARGV, per job: lane, job, token, "drop"/"again", not before (ms), park until (ms, 0 = no), park scope.
-- Returns per job 1, or 0 if the token no longer holds the lease (a late answer changes nothing).
local landed, lanes = {}, {}
for i = 1, #ARGV, 7 do
  local lane, job, action, not_before, parked = ARGV[i], ARGV[i + 1], ARGV[i + 3], tonumber(ARGV[i + 4]), tonumber(ARGV[i + 5])
  local grant = unlease(lane, job, ARGV[i + 2])
  landed[#landed + 1] = grant and 1 or 0
  if grant then
    lanes[lane] = lanes[lane] or action == 'drop'
    if action == 'drop' then
      redis.call('HDEL', key(lane, 'jobs'), job)
    else
      refund(lane, grant)
      if not_before > now then redis.call('ZADD', key(lane, 'later'), not_before, job) else enqueue(lane, job) end
    end
    if parked > 0 then
      local field = ARGV[i + 6] == 'lo' and 'plo' or 'pall'
      if parked > tonumber(redis.call('HGET', key(lane, 'state'), field) or 0) then park(lane, parked, ARGV[i + 6]) end
    end
  end
end
local orgs = {}
for lane, dropped in pairs(lanes) do
  local l = tidy(lane)
  if l.org then orgs[l.org] = true end
  if dropped and l.more == 1 and l.hi + l.lo + l.deferred < LOW_WATER then redis.call('SADD', HUNGRY, lane) end
end
for org in pairs(orgs) do seat(org) end
return landed
