-- ARGV: lane, pace (6 values).
set_pace(ARGV[1], 2)
touch(ARGV[1])
plan(ARGV[1])
return 1
