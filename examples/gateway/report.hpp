// What a desk reads after the session.
#pragma once

#include <cstdint>

#include "core.hpp"
#include "gateway.hpp"
#include "latency.hpp"
#include "session.hpp"

namespace gateway {

/// Prints the report to stdout. All but the latency section is the same for the same input.
void print_report(const Session& session, const Gateway& gateway, Core& core,
                  const TickRate& rate);

} // namespace gateway
