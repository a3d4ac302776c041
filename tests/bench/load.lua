-- For wrk: asks for the addresses of a file in turn, with a header when given, and tells the result as one line of JSON.
local paths, headers = {}, {}

function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  if args[2] then headers["If-None-Match"] = args[2] end
end

local at = 0
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], headers)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('{"requests": %d, "seconds": %.6f, "failed": %d, "p50_ms": %.3f, "p99_ms": %.3f}\n',
    summary.requests, summary.duration / 1e6, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
