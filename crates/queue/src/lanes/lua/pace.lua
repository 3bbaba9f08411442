-- ARGV: lane, the values of PACE.
set_pace(ARGV[1], 2)
done_with(ARGV[1])
return 1
