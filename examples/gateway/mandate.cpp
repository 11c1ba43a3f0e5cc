// Who may trade, and how much: the tree of scopes, and the limits of each.
#include "core.hpp"

#include <algorithm>
#include <cstring>

#include "text.hpp"

namespace gateway {

bool Core::size_position(std::int64_t mid) {
    const oms_symbol_t symbol = symbol_record();
    money_num_ = symbol.money_num;
    money_den_ = symbol.money_den;
    // What Core::value multiplies stays below 2^63, also for a few positions at a higher price.
    const std::int64_t room = INT64_MAX / 64;
    const bool fits = money_num_ <= room / money_den_ && mid <= room / money_num_;
    const std::int64_t lot = fits ? value(1, mid) : 0;
    const std::int64_t lots = lot > 0 ? mandate_.position_value * kMoney / lot : 0;
    if (!fits || lots > room / mid) {
        complain("prices of " + grouped(mid) + " ticks with this tick_size and lot_size are "
                 "beyond 64 bits: give coarser ones");
        return false;
    }
    if (lots < 4) {
        complain("one lot is worth " + cash(lot) + ", a position may be " +
                 cash(mandate_.position_value * kMoney) +
                 ": give a lot_size that is a hundredth of it or less");
        return false;
    }
    mandate_.position_lots = lots;
    rehearsal_lots_ = std::max<std::int64_t>(lots / 500, 1);
    return true;
}

/// An order belongs to a scope and must pass that one's limits and those of all that it lies in.
bool Core::define_scopes() {
    const bool defined = define_scope("house", scopes_.firm, scopes_.house) &&
                         define_scope("trend", scopes_.house, scopes_.trend) &&
                         define_scope("clients", scopes_.firm, scopes_.clients) &&
                         define_scope("basis", scopes_.clients, scopes_.basis) &&
                         define_scope("maker", scopes_.clients, scopes_.maker);
    if (defined) {
        set_limits();
    }
    return defined && faults_ == 0;
}

bool Core::define_scope(const char* name, std::uint32_t parent, std::uint32_t& scope) {
    auto define = request<oms_scope_define_t>(OMS_REQUEST_SCOPE_DEFINE);
    std::memcpy(define.name, name, std::strlen(name));
    define.parent = parent;
    return expect("oms_scope_define", oms_scope_define(oms_, &define, &scope));
}

void Core::disable(std::uint32_t scope, bool disabled) {
    oms_scope_t now{};
    if (!expect("oms_scope_get", oms_scope_get(oms_, scope, &now))) {
        return;
    }
    auto define = request<oms_scope_define_t>(OMS_REQUEST_SCOPE_DEFINE);
    std::memcpy(define.name, now.name, sizeof define.name);
    define.parent = now.parent;
    define.flags = disabled ? OMS_SCOPE_DISABLED : 0;
    expect("oms_scope_define", oms_scope_define(oms_, &define, nullptr));
}

/// Nothing trades before it has limits: neither a symbol nor a scope.
void Core::set_limits() {
    for (const std::uint32_t symbol : {symbol_, rehearsal_, tour_}) {
        set(symbol_limits(symbol, scopes_.firm));
    }
    set(symbol_limits(symbol_, scopes_.trend));
    for (std::uint32_t scope = 0; scope < scope_count(); ++scope) {
        set(scope_limits(scope));
    }
}

/// Every limit is off unless it is set: 0 would be a limit of zero.
oms_limits_set_t Core::symbol_limits(std::uint32_t symbol, std::uint32_t scope) const {
    const std::int64_t lots = mandate_.position_lots;
    oms_limits_set_t limits;
    static_cast<void>(oms_limits_off(&limits)); // cannot fail: the record is there
    limits.symbol = symbol;
    limits.scope = scope;
    if (symbol == symbol_ && scope == scopes_.firm) { // whoever trades it
        limits.qty_min = 1;
        limits.collar_ratio = OMS_PCT(1);
        limits.reference_age_max = 60'000'000'000;
    } else if (symbol == symbol_ && scope == scopes_.trend) {
        limits.long_max = 2 * lots;
        limits.short_max = 2 * lots;
        limits.open_orders_max = 24;
    } else if (symbol == rehearsal_) {
        limits.qty_min = 1;
        limits.qty_max = 20 * rehearsal_lots_;
        limits.collar_ratio = OMS_PCT(1);
        limits.reference_age_max = 60'000'000'000;
        limits.long_max = limits.short_max = 40 * rehearsal_lots_;
        limits.open_orders_max = 24;
    }
    return limits;
}

/// Over all symbols.
oms_scope_limits_set_t Core::scope_limits(std::uint32_t scope) const {
    oms_scope_limits_set_t limits;
    static_cast<void>(oms_scope_limits_off(&limits));
    limits.scope = scope;
    if (scope == scopes_.firm) {
        limits.notional_max = mandate_.position_value * kMoney / 2 * 5;
        limits.open_orders_max = 48;
        limits.warn_ratio = OMS_PCT(80); // tell when a limit is near
    } else if (scope == scopes_.house) {
        limits.qty_max = 3 * mandate_.position_lots;
    }
    return limits;
}

} // namespace gateway
