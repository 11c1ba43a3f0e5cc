// A desk as it is written first: unordered_map, double, deque, multimap.
#pragma once

#include <cmath>
#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "peer.hpp"

namespace peers {

// Stops in order of price: the first that a falling price reaches is the last one.
class MultimapStops {
public:
    void add(double level, std::uint64_t id) { places_[id] = levels_.emplace(level, id); }

    void remove(std::uint64_t id) {
        const auto place = places_.find(id);
        if (place != places_.end()) {
            levels_.erase(place->second);
            places_.erase(place);
        }
    }

    template <typename Fire> void fall_to(double price, Fire fire) {
        while (!levels_.empty() && levels_.rbegin()->first >= price) {
            const auto last = std::prev(levels_.end());
            const std::uint64_t id = last->second;
            places_.erase(id);
            levels_.erase(last);
            fire(id);
        }
    }

private:
    std::multimap<double, std::uint64_t> levels_;
    std::unordered_map<std::uint64_t, std::multimap<double, std::uint64_t>::iterator> places_;
};

// Stops in a list that every tick walks through.
class ScannedStops {
public:
    void add(double level, std::uint64_t id) { stops_.push_back({level, id}); }

    void remove(std::uint64_t id) {
        for (std::size_t i = 0; i < stops_.size(); ++i) {
            if (stops_[i].id == id) {
                stops_.erase(stops_.begin() + static_cast<std::ptrdiff_t>(i));
                return;
            }
        }
    }

    template <typename Fire> void fall_to(double price, Fire fire) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < stops_.size(); ++i) {
            if (stops_[i].level >= price) {
                fire(stops_[i].id);
            } else {
                stops_[kept++] = stops_[i];
            }
        }
        stops_.resize(kept);
    }

private:
    struct Stop {
        double level;
        std::uint64_t id;
    };
    std::vector<Stop> stops_;
};

template <typename Stops> class MapDesk {
public:
    explicit MapDesk(bool rates) : rates_(rates) { symbols_[0]; }

    bool check(const Ask& ask) {
        const auto found = symbols_.find(0);
        if (found == symbols_.end() || !found->second.enabled || halted_ || tripped_) {
            return false;
        }
        if (ask.id == 0 || orders_.count(ask.id) != 0) {
            return false;
        }
        const double qty = static_cast<double>(ask.qty);
        return fits(found->second, ask.side, qty, static_cast<double>(ask.price), ask.now) &&
               rate(ask.now);
    }

    bool submit(const Ask& ask) {
        if (!check(ask)) {
            events_.push_back({EventKind::denied, ask.now, ask.id, 0, 0});
            return false;
        }
        const double qty = static_cast<double>(ask.qty);
        Order order{ask.id, ask.side, qty, static_cast<double>(ask.price), 0, Status::pending};
        orders_.emplace(ask.id, order);
        if (rates_) {
            minute_.push_back(ask.now);
            hour_.push_back(ask.now);
            window_.push_back(ask.now);
        }
        reserve(order, order.qty, 1);
        commands_.push_back(ask.id);
        events_.push_back({EventKind::accepted, ask.now, ask.id, order.price, order.qty});
        ++tally_.accepted;
        return true;
    }

    void cancel(std::uint64_t id, std::uint64_t now) {
        const auto found = orders_.find(id);
        if (found == orders_.end()) {
            return;
        }
        reserve(found->second, -(found->second.qty - found->second.filled), -1);
        events_.push_back({EventKind::cancelled, now, id, 0, 0});
        orders_.erase(found);
    }

    void ack(std::uint64_t id, std::uint64_t now) {
        const auto found = orders_.find(id);
        if (found != orders_.end() && found->second.status == Status::sent) {
            found->second.status = Status::live;
            events_.push_back({EventKind::acked, now, id, 0, 0});
        }
    }

    void fill(std::uint64_t id, std::uint64_t exec, std::int64_t lots, std::int64_t ticks,
              std::uint64_t now) {
        if (!executions_.insert(exec).second) {
            return;
        }
        last_executions_.push_back(exec);
        if (last_executions_.size() > 512) {
            executions_.erase(last_executions_.front());
            last_executions_.pop_front();
        }
        const auto found = orders_.find(id);
        if (found == orders_.end()) {
            return;
        }
        Order& order = found->second;
        const double qty = static_cast<double>(lots), price = static_cast<double>(ticks);
        order.filled += qty;
        const bool whole = order.filled >= order.qty;
        order.status = whole ? Status::filled : Status::partly;
        reserve(order, -qty, whole ? -1 : 0);
        book(order.side == Side::buy ? qty : -qty, price);
        mark(now);
        events_.push_back({EventKind::fill, now, id, price, qty});
        if (whole) {
            orders_.erase(found);
        }
    }

    void quote(std::int64_t bid, std::int64_t ask, std::uint64_t now) {
        Symbol& symbol = symbols_.find(0)->second;
        symbol.bid = static_cast<double>(bid);
        symbol.ask = static_cast<double>(ask);
        symbol.quoted_at = now;
        mark(now);
        stops_.fall_to(symbol.bid, [&](std::uint64_t id) { fire(id, now); });
        follow(symbol.bid, now);
    }

    // Resting things of the set-up.
    void hold_live(const Ask& ask) {
        Order order{ask.id, ask.side, static_cast<double>(ask.qty),
                    static_cast<double>(ask.price), 0, Status::live};
        orders_.emplace(ask.id, order);
        reserve(order, order.qty, 1);
    }
    void hold_stop(const Ask& ask, std::int64_t level) {
        Order order{ask.id, ask.side, static_cast<double>(ask.qty), 0, 0, Status::armed};
        orders_.emplace(ask.id, order);
        reserve(order, order.qty, 1);
        stops_.add(static_cast<double>(level), ask.id);
    }
    void hold_trailing(const Ask& ask, std::int64_t offset, std::int64_t parts) {
        Order order{ask.id, ask.side, static_cast<double>(ask.qty), 0, 0, Status::armed};
        orders_.emplace(ask.id, order);
        reserve(order, order.qty, 1);
        trails_.push_back({ask.id, static_cast<double>(offset),
                           static_cast<double>(parts) * 1e-9, symbols_[0].bid, 0});
    }
    void open(std::int64_t qty, std::int64_t price) {
        book(static_cast<double>(qty), static_cast<double>(price));
    }

    void arm(std::uint64_t id, std::int64_t level) {
        armed_[id] = static_cast<double>(level);
        stops_.add(static_cast<double>(level), id);
    }
    void disarm(std::uint64_t id) {
        if (armed_.erase(id) != 0) {
            stops_.remove(id);
        }
    }

    // What leaves: commands to the venue, events to people.
    void take_out() {
        for (; !commands_.empty(); commands_.pop_front()) {
            const auto found = orders_.find(commands_.front());
            if (found != orders_.end()) {
                found->second.status = Status::sent;
                ++tally_.commands;
            }
        }
        events_.clear();
    }

    Tally tally() const {
        Tally sum = tally_;
        sum.position = std::llround(position_.qty);
        sum.realised = std::llround(position_.realised);
        return sum;
    }

private:
    struct Order {
        std::uint64_t id;
        Side side;
        double qty, price, filled;
        Status status;
    };
    struct Event {
        EventKind kind;
        std::uint64_t at, order;
        double price, qty;
    };
    struct Trail {
        std::uint64_t id;
        double offset, ratio, peak, level;
    };
    struct Symbol {
        bool enabled = true;
        double bid = kBid, ask = kBid + kSpread;
        std::uint64_t quoted_at = 0;
        double working_buy = 0, working_sell = 0;
        std::int64_t open_buys = 0, open_sells = 0;
    };
    struct Position {
        double qty = 0, average = 0, realised = 0;
    };

    bool fits(const Symbol& symbol, Side side, double qty, double price, std::uint64_t now) const {
        const Limits& limits = limits_;
        if (std::fmod(price, static_cast<double>(limits.price_step)) != 0 ||
            std::fmod(qty, static_cast<double>(limits.qty_step)) != 0) {
            return false;
        }
        if (qty < static_cast<double>(limits.qty_min) ||
            qty > static_cast<double>(limits.qty_max)) {
            return false;
        }
        const double reference = side == Side::buy ? symbol.ask : symbol.bid;
        const double at = price == 0 ? reference : price;
        const double value = at * qty;
        if (value < static_cast<double>(limits.value_min) ||
            value > static_cast<double>(limits.value_max)) {
            return false;
        }
        if (std::fabs(at - reference) > static_cast<double>(limits.collar) ||
            now - symbol.quoted_at > limits.reference_age_max) {
            return false;
        }
        const bool buys = side == Side::buy;
        const double worst = buys ? position_.qty + symbol.working_buy + qty
                                  : symbol.working_sell + qty - position_.qty;
        if (worst > static_cast<double>(buys ? limits.long_max : limits.short_max)) {
            return false;
        }
        if ((buys ? symbol.open_buys : symbol.open_sells) + 1 > limits.open_orders_max ||
            (buys ? symbol.working_buy : symbol.working_sell) + qty >
                static_cast<double>(limits.open_qty_max)) {
            return false;
        }
        return (position_.qty != 0 ? 1 : 0) + 1 <= limits.positions_max;
    }

    static bool room(std::deque<std::uint64_t>& times, std::uint64_t length, std::uint64_t limit,
                     std::uint64_t now) {
        while (!times.empty() && times.front() + length <= now) {
            times.pop_front();
        }
        return times.size() < limit;
    }

    bool rate(std::uint64_t now) {
        return !rates_ || (room(minute_, 60 * kSecond, limits_.a_minute, now) &&
                           room(hour_, 3600 * kSecond, limits_.an_hour, now) &&
                           room(window_, limits_.window, limits_.a_window, now));
    }

    void reserve(const Order& order, double qty, int count) {
        Symbol& symbol = symbols_.find(0)->second;
        if (order.side == Side::buy) {
            symbol.working_buy += qty;
            symbol.open_buys += count;
        } else {
            symbol.working_sell += qty;
            symbol.open_sells += count;
        }
    }

    void book(double qty, double price) {
        Position& p = position_;
        if (p.qty == 0 || (p.qty > 0) == (qty > 0)) {
            p.average = (p.average * p.qty + price * qty) / (p.qty + qty);
            p.qty += qty;
            return;
        }
        const double closed = std::fmin(std::fabs(qty), std::fabs(p.qty));
        p.realised += (price - p.average) * (p.qty > 0 ? closed : -closed);
        p.qty += qty;
        if (p.qty != 0 && (p.qty > 0) == (qty > 0)) {
            p.average = price;
        }
    }

    void mark(std::uint64_t now) {
        const Symbol& symbol = symbols_.find(0)->second;
        const double at = position_.qty > 0 ? symbol.bid : symbol.ask;
        equity_ = balance_ + position_.realised + position_.qty * (at - position_.average);
        peak_ = std::fmax(peak_, equity_);
        const double lost = balance_ - equity_, fallen = peak_ - equity_;
        if (lost > balance_ * static_cast<double>(limits_.daily_loss_percent) / 100 ||
            fallen > peak_ * static_cast<double>(limits_.drawdown_percent) / 100) {
            tripped_ = true;
            events_.push_back({EventKind::tripped, now, 0, 0, 0});
        }
    }

    void fire(std::uint64_t id, std::uint64_t now) {
        const auto found = orders_.find(id);
        if (found == orders_.end()) {
            return;
        }
        Order& order = found->second;
        const Symbol& symbol = symbols_.find(0)->second;
        if (!fits(symbol, order.side, order.qty, 0, now)) {
            cancel(id, now);
            return;
        }
        order.status = Status::pending;
        commands_.push_back(id);
        events_.push_back({EventKind::fired, now, id, symbol.bid, order.qty});
    }

    void follow(double bid, std::uint64_t now) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < trails_.size(); ++i) {
            Trail& trail = trails_[i];
            if (bid > trail.peak) {
                trail.peak = bid;
            }
            // Up to whole ticks; less a little, or noise would round 100.00000000000001 up.
            const double offset =
                trail.ratio > 0 ? std::ceil(trail.peak * trail.ratio - 1e-6) : trail.offset;
            trail.level = trail.peak - offset;
            if (bid <= trail.level) {
                fire(trail.id, now);
            } else {
                trails_[kept++] = trail;
            }
        }
        trails_.resize(kept);
    }

    Limits limits_;
    bool rates_;
    bool halted_ = false, tripped_ = false;
    std::unordered_map<std::uint32_t, Symbol> symbols_;
    std::unordered_map<std::uint64_t, Order> orders_;
    std::unordered_map<std::uint64_t, double> armed_;
    std::unordered_set<std::uint64_t> executions_;
    std::deque<std::uint64_t> last_executions_;
    std::deque<std::uint64_t> minute_, hour_, window_;
    std::deque<std::uint64_t> commands_;
    std::deque<Event> events_;
    Stops stops_;
    std::vector<Trail> trails_;
    Position position_;
    double balance_ = 1e15, equity_ = 1e15, peak_ = 1e15;
    Tally tally_;
};

} // namespace peers
