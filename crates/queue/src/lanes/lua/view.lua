-- ARGV: lanes. Reads only. Returns per lane: exists, depths (4), why, at (-1: none), pall, plo, budget, open (-1: none).
local out = {}
for i, lane in ipairs(ARGV) do
  local l = look(lane)
  local why, at = explain(l)
  out[i] = {
    redis.call('EXISTS', key(lane, 'state'), key(lane, 'jobs')), l.hi, l.lo, l.deferred, l.leased, why, at or -1,
    l.pall, l.plo, l.budget or -1, l.open or -1,
  }
end
return out
