-- wrk script: gets each path of a file, one a line, in turn, and again from the first.
local paths = {}
for line in io.lines(os.getenv("STELE_PATHS")) do paths[#paths + 1] = line end
local headers = { ["Authorization"] = "Bearer " .. os.getenv("STELE_TOKEN") }
local position = 0

function request()
  position = position % #paths + 1
  return wrk.format("GET", paths[position], headers)
end

function done(summary, latency, requests)
  io.write(string.format("requests %d errors %d duration_us %d p50_us %d p99_us %d\n",
    summary.requests, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
      + summary.errors.timeout, summary.duration, latency:percentile(50), latency:percentile(99)))
end
