// The reads of the core: copies of records, without any effect on the engine.
#include "core.hpp"
#include "text.hpp"

namespace gateway {

namespace {

/// An id whose record is gone is an answer, not a fault.
bool is_gone(std::int32_t status) { return status == OMS_E_UNKNOWN || status == OMS_E_STALE; }

} // namespace

oms_account_t Core::account() {
    oms_account_t out{};
    expect("oms_account_get",
           timed(Call::kAccountGet, [&] { return oms_account_get(oms_, &out); }));
    return out;
}

bool Core::order(oms_id_t id, oms_order_t& out) {
    const std::int32_t status =
        timed(Call::kOrderGet, [&] { return oms_order_get(oms_, id, 0, &out); });
    return !is_gone(status) && expect("oms_order_get", status);
}

bool Core::next_order(oms_id_t after, oms_order_t& out) {
    const std::int32_t status = oms_order_next(oms_, after, &out);
    return !is_gone(status) && expect("oms_order_next", status);
}

bool Core::position(oms_position_t& out, std::uint32_t symbol, std::uint32_t scope) {
    const std::int32_t status = timed(
        Call::kPositionNet, [&] { return oms_scope_position_net(oms_, scope, symbol, &out); });
    return !is_gone(status) && expect("oms_scope_position_net", status);
}

bool Core::next_position(oms_id_t after, oms_position_t& out) {
    const std::int32_t status = oms_position_next(oms_, after, &out);
    return !is_gone(status) && expect("oms_position_next", status);
}

bool Core::trigger(oms_id_t id, oms_trigger_t& out) {
    if (id == 0) {
        return false;
    }
    const std::int32_t status =
        timed(Call::kTriggerGet, [&] { return oms_trigger_get(oms_, id, &out); });
    return !is_gone(status) && expect("oms_trigger_get", status);
}

bool Core::trip(std::uint32_t back, oms_trip_t& out) {
    const std::int32_t status = oms_trip_get(oms_, 0, back, &out);
    return !is_gone(status) && expect("oms_trip_get", status);
}

oms_table_t Core::table(std::uint32_t kind) {
    oms_table_t out{};
    expect("oms_table_get", oms_table_get(oms_, kind, &out));
    return out;
}

oms_breaker_status_t Core::breaker(std::uint32_t scope) {
    oms_breaker_status_t out{};
    expect("oms_risk_get", oms_risk_get(oms_, scope, &out));
    return out;
}

oms_symbol_t Core::symbol_record(std::uint32_t symbol) {
    oms_symbol_t out{};
    expect("oms_symbol_get", oms_symbol_get(oms_, symbol, &out));
    return out;
}

oms_denials_t Core::denials(std::uint32_t scope) {
    oms_denials_t out{};
    expect("oms_denials_get", oms_denials_get(oms_, scope, &out));
    return out;
}

std::uint32_t Core::scope_count() {
    std::uint32_t out = 0;
    expect("oms_scope_count", oms_scope_count(oms_, &out));
    return out;
}

std::string Core::scope_name(std::uint32_t scope) {
    oms_scope_t out{};
    if (scope == 0 || !expect("oms_scope_get", oms_scope_get(oms_, scope, &out))) {
        return "firm";
    }
    return std::string(reinterpret_cast<const char*>(out.name));
}

std::string Core::symbol_name(std::uint32_t symbol) {
    return std::string(reinterpret_cast<const char*>(symbol_record(symbol).name));
}

oms_config_t Core::config() {
    oms_config_t out{};
    expect("oms_config_get", oms_config_get(oms_, &out));
    return out;
}

std::uint64_t Core::digest() {
    std::uint64_t out = 0;
    expect("oms_digest", oms_digest(oms_, &out));
    return out;
}

void Core::audit() {
    oms_audit_t out{};
    const std::int32_t status = oms_audit(oms_, &out);
    ++audits_;
    if (status == OMS_E_AUDIT) {
        complain(format("the audit found %s of %u to be %lld, the records add up to %lld",
                        oms_audit_item_name(out.item), out.index,
                        static_cast<long long>(out.found.lo),
                        static_cast<long long>(out.expected.lo)));
    } else {
        expect("oms_audit", status);
    }
}

} // namespace gateway
