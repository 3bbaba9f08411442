-- ARGV: lane, until (ms; in the past = lift), scope ("all"/"lo").
park(ARGV[1], ARGV[2], ARGV[3])
done_with(ARGV[1])
return 1
