-- ARGV: lane, pace (PACE_VALUES).
set_pace(ARGV[1], 2)
touch(ARGV[1])
plan(ARGV[1])
return 1
