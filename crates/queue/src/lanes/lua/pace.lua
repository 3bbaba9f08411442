-- ARGV: lane, pace (PACE_VALUES).
set_pace(ARGV[1], 2)
done_with(ARGV[1])
return 1
