#include "blotter.hpp"

namespace gateway {

namespace {

template <class Counts> void count_checks(std::uint64_t mask, Counts& counts) {
    for (std::uint32_t check = 0; check < counts.size(); ++check) {
        counts[check] += (mask & OMS_CHECK_BIT(check)) != 0 ? 1 : 0;
    }
}

} // namespace

void Blotter::on_command(const oms_command_t& command) {
    const bool closes = (command.flags & OMS_ORDER_REDUCE_ONLY) != 0;
    switch (command.kind) {
    case OMS_COMMAND_NEW:
        if (closes) {
            ++sent_closes;
            if (tripped_) {
                ++drills_.back().closes;
            }
        } else {
            ++(command.order_type == OMS_TYPE_MARKET ? sent_market : sent_limit);
        }
        break;
    case OMS_COMMAND_CANCEL:
        ++sent_cancels;
        if (tripped_) {
            ++drills_.back().cancels;
        }
        break;
    case OMS_COMMAND_REPLACE:
        ++sent_replaces;
        break;
    default:
        core_.complain("oms_poll handed out a command of an unknown kind");
    }
}

void Blotter::on_event(const oms_event_t& event) {
    if (event.sequence != next_event_) {
        events_lost += event.sequence - next_event_;
    }
    next_event_ = event.sequence + 1;
    if (event.kind < events.size()) {
        ++events[event.kind];
    }
    switch (event.kind) {
    case OMS_EVENT_ORDER_DENIED:
        ++denied_first[event.code % denied_first.size()];
        count_checks(event.mask, denied_any);
        if (tripped_) {
            ++drills_.back().denied;
        }
        break;
    case OMS_EVENT_ORDER_STATUS:
        status_[event.order] = event.code;
        break;
    case OMS_EVENT_ORDER_FILL:
        on_fill(event);
        break;
    case OMS_EVENT_ORDER_ANOMALY:
        ++anomalies[event.code % anomalies.size()];
        break;
    case OMS_EVENT_POSITION_CLOSED:
        ++closed[event.code % closed.size()].count;
        closed[event.code % closed.size()].pnl += event.value;
        break;
    case OMS_EVENT_TRIGGER_FIRED: {
        Fired fired{};
        fired.at = event.at;
        fired.trigger = event.trigger;
        fired.kind = static_cast<std::uint8_t>(event.code);
        fired.level = event.limit;
        fired.seen = event.price;
        fired.qty = event.qty;
        fired_by_trigger_[event.trigger] = fired_.size();
        fired_.push_back(fired);
        break;
    }
    case OMS_EVENT_BREAKER_TRIPPED:
        tripped_ = true;
        drills_.push_back({});
        drills_.back().tripped_at = event.at;
        break;
    case OMS_EVENT_BREAKER_RESET:
        tripped_ = false;
        if (!drills_.empty() && drills_.back().reset_at == 0) {
            drills_.back().reset_at = event.at;
        }
        break;
    case OMS_EVENT_CLOSE_UNCHECKED:
        count_checks(event.mask, unchecked);
        break;
    case OMS_EVENT_SESSION:
        days.push_back({event.at, event.value});
        break;
    case OMS_EVENT_FLAT:
        flat_at_ = event.at;
        break;
    default:
        break;
    }
}

void Blotter::on_fill(const oms_event_t& event) {
    ++fills;
    filled_lots += event.qty;
    oms_order_t order;
    if (!core_.order(event.order, order) || order.trigger == 0) {
        return;
    }
    const auto found = fired_by_trigger_.find(order.trigger);
    if (found != fired_by_trigger_.end()) {
        Fired& fired = fired_[found->second];
        fired.side = order.side;
        fired.filled += event.qty;
        fired.notional += event.qty * event.price;
    }
}

void Blotter::on_report(Play play, std::int32_t status) {
    const std::size_t word = status == OMS_OK ? 0 : (status == OMS_IGNORED ? 1 : 2);
    ++plays[static_cast<std::size_t>(play)][word];
}

void Blotter::finish() {
    for (const auto& [order, status] : status_) {
        static_cast<void>(order);
        ++ended[status % ended.size()];
    }
}

} // namespace gateway
