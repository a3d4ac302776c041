-- For wrk: asks for the addresses of a file in turn and tells the result as one line of JSON. After the file may come
-- the tag to send as If-None-Match. With one connection to a thread it looks at every answer and knows which address
-- gave another status than it should; more connections ask for one address, and only what wrk counts itself is told:
-- looking at every answer would cost the client more than the server.
local paths, headers, expected = {}, {}, 200
local threads = {}
number, problems = 0, {} -- of a thread: its place, and "500 /address" → how often

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads - 1)
end

local at
function init(args)
  for line in io.lines(args[2]) do paths[#paths + 1] = line end
  if args[3] then
    headers["If-None-Match"] = args[3]
    expected = 304
  end
  if args[1] ~= "each" then response = nil end
  at = number - 1
end

function request()
  at = (at + 1) % #paths
  return wrk.format("GET", paths[at + 1], headers)
end

function response(status)
  if status ~= expected then
    local what = status .. " " .. paths[at + 1]
    problems[what] = (problems[what] or 0) + 1
  end
end

function done(summary, latency)
  local e, counted, found = summary.errors, {}, {}
  for _, thread in ipairs(threads) do
    for what, times in pairs(thread:get("problems")) do counted[what] = (counted[what] or 0) + times end
  end
  if next(counted) == nil then counted["status"] = e.status end
  for _, what in ipairs({ "connect", "read", "write", "timeout" }) do counted[what] = e[what] end
  for what, times in pairs(counted) do
    if times > 0 then found[#found + 1] = string.format('"%s": %d', what, times) end
  end
  io.write(string.format('{"requests": %d, "seconds": %.6f, "problems": {%s}, "p50_ms": %.3f, "p99_ms": %.3f}\n',
    summary.requests, summary.duration / 1e6, table.concat(found, ", "),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
