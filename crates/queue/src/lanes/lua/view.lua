-- ARGV: lanes. Reads only. Returns per lane: exists, depths (4), why, at (-1: none), pall, plo, budget, open (-1: none).
local out = {}
for i, lane in ipairs(ARGV) do
  local s = redis.call('HMGET', key(lane, 'state'), 'pall', 'plo', 'budget', 'open')
  local hi, lo, later, leased = depth(lane)
  local why, at = explain(lane)
  out[i] = {
    redis.call('EXISTS', key(lane, 'state'), key(lane, 'jobs')), hi, lo, later, leased, why, at or -1,
    tonumber(s[1] or 0), tonumber(s[2] or 0), tonumber(s[3] or -1), tonumber(s[4] or -1),
  }
end
return out
