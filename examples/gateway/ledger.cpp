#include "ledger.hpp"

namespace gateway {

std::uint64_t Ledger::add(const Execution& execution) {
    executions_[++ids_] = execution;
    move(execution, 1);
    return ids_;
}

void Ledger::bust(std::uint64_t id) {
    Execution& execution = executions_.at(root(id));
    move(execution, -1);
    execution.qty = 0;
}

void Ledger::disown(std::uint64_t id) {
    Execution& execution = executions_.at(root(id));
    move(execution, -1);
    execution.order = 0;
    move(execution, 1);
}

std::uint64_t Ledger::correct(std::uint64_t id, std::int64_t qty, std::int64_t price) {
    Execution& execution = executions_.at(root(id));
    move(execution, -1);
    execution.qty = qty;
    execution.price = price;
    move(execution, 1);
    corrects_[++ids_] = id;
    return ids_;
}

std::uint64_t Ledger::root(std::uint64_t id) const {
    for (auto found = corrects_.find(id); found != corrects_.end(); found = corrects_.find(id)) {
        id = found->second;
    }
    return id;
}

void Ledger::move(const Execution& execution, int sign) {
    Sums& sums = orders_[execution.order];
    sums.qty += sign * execution.qty;
    sums.notional += sign * execution.qty * execution.price;
}

std::int64_t Ledger::cum(oms_id_t order) const {
    const auto found = orders_.find(order);
    return found == orders_.end() ? 0 : found->second.qty;
}

std::int64_t Ledger::notional(oms_id_t order) const {
    const auto found = orders_.find(order);
    return found == orders_.end() ? 0 : found->second.notional;
}

Ledger::Totals Ledger::totals(std::uint32_t symbol) const {
    Totals totals;
    for (const auto& [id, execution] : executions_) {
        static_cast<void>(id);
        if (execution.symbol == symbol) {
            const bool buys = execution.side == OMS_SIDE_BUY;
            (buys ? totals.bought : totals.sold) += execution.qty;
            totals.paid += (buys ? 1 : -1) * execution.qty * execution.price;
        }
    }
    return totals;
}

std::int64_t Ledger::commissions() const {
    std::int64_t sum = 0;
    for (const auto& [id, execution] : executions_) {
        static_cast<void>(id);
        sum += execution.qty == 0 ? 0 : execution.commission; // a bust gives it back
    }
    return sum;
}

} // namespace gateway
