// What an order can ask for: counted, so that the demo can say that it has used all of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "oms.h"

namespace gateway {

enum class Use : std::size_t {
    kMarket,
    kLimit,
    kStop,
    kStopLimit,
    kTakeProfit,
    kTakeProfitLimit,
    kTrailingStop,
    kHeldByVenue,
    kOco,
    kBracket,
    kReduceOnly,
    kPostOnly,
    kClosePosition,
    kTimeout,
    kExtension,
    kDay,
    kGtc,
    kIoc,
    kFok,
    kGtd,
    kCount,
};

constexpr std::size_t kUses = static_cast<std::size_t>(Use::kCount);
using Uses = std::array<std::uint64_t, kUses>;

const char* use_text(Use use);

/// Counts what an accepted order asks for.
void count_uses(const oms_order_submit_t& order, Uses& uses);

} // namespace gateway
