// JSON parsing shim; see simdjson.cpp.
#pragma once
