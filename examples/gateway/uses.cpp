#include "uses.hpp"

namespace gateway {

const char* use_text(Use use) {
    static const char* const texts[] = {
        "market",        "limit",         "stop",          "stop-limit", "take-profit",
        "take-profit-limit", "trailing stop", "held by the venue", "one cancels the other",
        "bracket",       "reduce-only",   "post-only",     "close-position", "timeout",
        "timeout extended", "DAY",        "GTC",           "IOC",        "FOK",
        "GTD",
    };
    static_assert(sizeof texts / sizeof texts[0] == kUses, "a text for each use");
    return texts[static_cast<std::size_t>(use)];
}

void count_uses(const oms_order_submit_t& order, Uses& uses) {
    const auto count = [&uses](bool used, Use use) {
        uses[static_cast<std::size_t>(use)] += used ? 1 : 0;
    };
    count(order.order_type == OMS_TYPE_MARKET, Use::kMarket);
    count(order.order_type == OMS_TYPE_LIMIT, Use::kLimit);
    count(order.order_type == OMS_TYPE_STOP, Use::kStop);
    count(order.order_type == OMS_TYPE_STOP_LIMIT, Use::kStopLimit);
    count(order.order_type == OMS_TYPE_TAKE_PROFIT, Use::kTakeProfit);
    count(order.order_type == OMS_TYPE_TAKE_PROFIT_LIMIT, Use::kTakeProfitLimit);
    count(order.order_type == OMS_TYPE_TRAILING_STOP, Use::kTrailingStop);
    count(order.hold == OMS_HOLD_VENUE, Use::kHeldByVenue);
    count(order.linked != 0, Use::kOco);
    count(order.stop_loss != 0 || order.take_profit != 0, Use::kBracket);
    count((order.flags & OMS_ORDER_REDUCE_ONLY) != 0, Use::kReduceOnly);
    count((order.flags & OMS_ORDER_POST_ONLY) != 0, Use::kPostOnly);
    count((order.flags & OMS_ORDER_CLOSE_POSITION) != 0, Use::kClosePosition);
    count(order.timeout_at != 0, Use::kTimeout);
    count(order.time_in_force == OMS_TIF_DAY, Use::kDay);
    count(order.time_in_force == OMS_TIF_GTC, Use::kGtc);
    count(order.time_in_force == OMS_TIF_IOC, Use::kIoc);
    count(order.time_in_force == OMS_TIF_FOK, Use::kFok);
    count(order.time_in_force == OMS_TIF_GTD, Use::kGtd);
}

} // namespace gateway
