-- wrk script: posts each presigned envelope of a file once. The file is u16 length, envelope, u16 length, envelope, …
local file = assert(io.open(os.getenv("STELE_ENVELOPES"), "rb"))
local data = file:read("*a")
file:close()
local headers = {
  ["Content-Type"] = "application/cbor",
  ["Accept"] = "application/cbor",
  ["Authorization"] = "Bearer " .. os.getenv("STELE_TOKEN"),
}
local position = 1

function request()
  if position > #data then
    -- Out of envelopes: ask for something cheap, and let the count show it.
    return wrk.format("GET", "/health/live")
  end
  local high, low = string.byte(data, position, position + 1)
  local length = high * 256 + low
  local body = string.sub(data, position + 2, position + 1 + length)
  position = position + 2 + length
  return wrk.format("POST", "/ledger/v1/transactions", headers, body)
end

function done(summary, latency, requests)
  io.write(string.format("requests %d errors %d duration_us %d p50_us %d p99_us %d\n",
    summary.requests, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
      + summary.errors.timeout, summary.duration, latency:percentile(50), latency:percentile(99)))
end
