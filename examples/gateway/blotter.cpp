#include "blotter.hpp"

#include <algorithm>

#include "text.hpp"

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
        seen_events_ |= std::uint64_t{1} << event.kind;
    }
    switch (event.kind) {
    case OMS_EVENT_ORDER_DENIED:
        // `scope` is the order's, `value` the one whose limit it was.
        denied_by.resize(std::max<std::size_t>(denied_by.size(),
                                               static_cast<std::size_t>(event.value) + 1));
        ++denied_by[static_cast<std::size_t>(event.value)][event.code % denied_any.size()];
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
        seen_anomalies_ |= std::uint64_t{1} << (event.code % 64);
        reported_ = event.order; // of an unknown order: the one that was made for it
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
    case OMS_EVENT_WARN:
        warnings.push_back(event);
        break;
    case OMS_EVENT_LIMIT_CHANGED:
        changes.push_back(event);
        break;
    case OMS_EVENT_BREAKER_TRIPPED:
        if (event.scope != 0) {
            break; // not the firm's: the operator's procedure is about that one
        }
        tripped_ = true;
        drills_.push_back({});
        drills_.back().tripped_at = event.at;
        break;
    case OMS_EVENT_BREAKER_RESET:
        if (event.scope != 0) {
            break;
        }
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

void Blotter::on_report(Play play, const oms_venue_report_t& report, std::int32_t status) {
    play_ = play;
    reported_ = report.order;
    answered_ = status;
    seen_events_ = seen_anomalies_ = 0;
}

void Blotter::judge() {
    const Answer& expected = answer_to(play_);
    Tally& tally = plays[static_cast<std::size_t>(play_)];
    tally.first_at = tally.times == 0 ? core_.now() : tally.first_at;
    ++tally.times;
    if (play_ != Play::kNone) {
        oddities.push_back({core_.now(), play_});
    }
    oms_order_t order;
    if (reported_ != 0 && core_.order(reported_, order)) {
        cum[reported_] = order.cum_qty;
    }
    if (answered_ == OMS_IGNORED && expected.may_be_known) {
        ++tally.known;
        return;
    }
    const std::string wrong = difference(expected);
    if (!wrong.empty()) {
        ++tally.wrong;
        core_.complain(std::string("the venue played \"") + expected.text + "\": " + wrong);
    }
}

/// What of the documented answer did not come; empty when all did.
std::string Blotter::difference(const Answer& expected) {
    if (answered_ != expected.code) {
        return std::string("the core answered ") + oms_status_name(answered_) + ", not " +
               oms_status_name(expected.code);
    }
    if (expected.event != 0 && (seen_events_ >> expected.event & 1) == 0) {
        return std::string("no event ") + oms_event_name(expected.event);
    }
    if (expected.anomaly != 0 && (seen_anomalies_ >> expected.anomaly & 1) == 0) {
        return std::string("no anomaly ") + oms_anomaly_name(expected.anomaly);
    }
    oms_order_t order;
    const bool looked = reported_ != 0 && core_.order(reported_, order);
    if (!looked) {
        const bool needed = expected.mark != 0 || expected.status != Answer::kAnyStatus;
        return needed ? "the order is not in the table" : "";
    }
    if ((order.marks & expected.mark) != expected.mark || (order.marks & expected.cleared) != 0) {
        return format("the order's marks are 0x%x", static_cast<unsigned>(order.marks));
    }
    if (expected.status != Answer::kAnyStatus && order.status != expected.status) {
        return std::string("the order is ") + oms_order_status_name(order.status) + ", not " +
               oms_order_status_name(expected.status);
    }
    return {};
}

void Blotter::finish() {
    for (const auto& [order, status] : status_) {
        static_cast<void>(order);
        ++ended[status % ended.size()];
    }
}

} // namespace gateway
