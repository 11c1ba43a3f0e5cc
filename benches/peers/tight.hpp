// A desk as it is written when it must be fast: vectors, 64-bit integers, rings, a binary heap.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "peer.hpp"

namespace peers {

// Numbers to slots: open addressing, linear probing, deletion by moving back.
class Slots {
public:
    explicit Slots(std::size_t most) {
        while (size_ < 2 * most + 2) {
            size_ *= 2;
        }
        keys_.assign(size_, 0);
        slots_.assign(size_, 0);
    }

    std::uint32_t* find(std::uint64_t key) {
        for (std::size_t i = home(key);; i = next(i)) {
            if (keys_[i] == key) {
                return &slots_[i];
            }
            if (keys_[i] == 0) {
                return nullptr;
            }
        }
    }

    bool insert(std::uint64_t key, std::uint32_t slot) {
        for (std::size_t i = home(key);; i = next(i)) {
            if (keys_[i] == key) {
                return false;
            }
            if (keys_[i] == 0) {
                keys_[i] = key;
                slots_[i] = slot;
                return true;
            }
        }
    }

    void erase(std::uint64_t key) {
        std::size_t hole = home(key);
        while (keys_[hole] != key) {
            if (keys_[hole] == 0) {
                return;
            }
            hole = next(hole);
        }
        for (std::size_t i = next(hole); keys_[i] != 0; i = next(i)) {
            const std::size_t from = home(keys_[i]);
            if (((i - from) & (size_ - 1)) >= ((i - hole) & (size_ - 1))) {
                keys_[hole] = keys_[i];
                slots_[hole] = slots_[i];
                hole = i;
            }
        }
        keys_[hole] = 0;
    }

private:
    std::size_t home(std::uint64_t key) const {
        return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15u) >> 20) & (size_ - 1);
    }
    std::size_t next(std::size_t i) const { return (i + 1) & (size_ - 1); }

    std::size_t size_ = 1024;
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> slots_;
};

// The times of the last orders. Whether n fell into a window takes one look.
class Times {
public:
    Times() : times_(4096, 0) {}
    void add(std::uint64_t now) { times_[count_++ & 4095] = now; }
    bool room(std::uint64_t length, std::uint64_t limit, std::uint64_t now) const {
        return count_ < limit || times_[(count_ - limit) & 4095] + length <= now;
    }

private:
    std::vector<std::uint64_t> times_;
    std::uint64_t count_ = 0;
};

class TightDesk {
public:
    TightDesk(bool rates, std::size_t most)
        : rates_(rates), orders_(most), index_(most), executions_(1024),
          last_executions_(512, 0), commands_(4096), events_(4096) {
        free_.reserve(most);
        for (std::size_t i = most; i > 0; --i) {
            free_.push_back(static_cast<std::uint32_t>(i - 1));
        }
        heap_.reserve(most);
    }

    bool check(const Ask& ask) {
        return !halted_ && !tripped_ && symbol_.enabled && ask.id != 0 && !free_.empty() &&
               index_.find(ask.id) == nullptr &&
               fits(ask.side, ask.qty, ask.price, ask.now) && rate(ask.now);
    }

    bool submit(const Ask& ask) {
        if (!check(ask)) {
            tell(EventKind::denied, ask.now, ask.id, 0, 0);
            return false;
        }
        const std::uint32_t slot = store(ask, Status::pending);
        if (rates_) {
            times_.add(ask.now);
        }
        commands_[last_command_++ % commands_.size()] = slot;
        tell(EventKind::accepted, ask.now, ask.id, ask.price, ask.qty);
        ++tally_.accepted;
        return true;
    }

    void cancel(std::uint64_t id, std::uint64_t now) {
        const std::uint32_t* slot = index_.find(id);
        if (slot != nullptr) {
            Order& order = orders_[*slot];
            reserve(order.side, order.filled - order.qty, -1);
            tell(EventKind::cancelled, now, id, 0, 0);
            drop(*slot);
        }
    }

    void ack(std::uint64_t id, std::uint64_t now) {
        const std::uint32_t* slot = index_.find(id);
        if (slot != nullptr && orders_[*slot].status == Status::sent) {
            orders_[*slot].status = Status::live;
            tell(EventKind::acked, now, id, 0, 0);
        }
    }

    void fill(std::uint64_t id, std::uint64_t exec, std::int64_t qty, std::int64_t price,
              std::uint64_t now) {
        if (!executions_.insert(exec, 1)) {
            return;
        }
        std::uint64_t& oldest = last_executions_[execution_count_++ & 511];
        if (oldest != 0) {
            executions_.erase(oldest);
        }
        oldest = exec;
        const std::uint32_t* slot = index_.find(id);
        if (slot == nullptr) {
            return;
        }
        Order& order = orders_[*slot];
        order.filled += qty;
        const bool whole = order.filled >= order.qty;
        order.status = whole ? Status::filled : Status::partly;
        reserve(order.side, -qty, whole ? -1 : 0);
        book(order.side == Side::buy ? qty : -qty, price);
        mark(now);
        tell(EventKind::fill, now, id, price, qty);
        if (whole) {
            drop(*slot);
        }
    }

    void quote(std::int64_t bid, std::int64_t ask, std::uint64_t now) {
        symbol_.bid = bid;
        symbol_.ask = ask;
        symbol_.quoted_at = now;
        mark(now);
        while (!heap_.empty() && heap_.front().level >= bid) {
            const Stop stop = heap_.front();
            std::pop_heap(heap_.begin(), heap_.end());
            heap_.pop_back();
            // One that was taken off stays in the heap until it comes up.
            if (orders_[stop.slot].id == stop.id && orders_[stop.slot].status == Status::armed) {
                fire(stop.slot, now);
            }
        }
        follow(bid, now);
    }

    void hold_live(const Ask& ask) { store(ask, Status::live); }
    void hold_stop(const Ask& ask, std::int64_t level) {
        push(store(ask, Status::armed), ask.id, level);
    }
    void hold_trailing(const Ask& ask, std::int64_t offset, std::int64_t parts) {
        trail_slot_.push_back(store(ask, Status::armed));
        trail_parts_.push_back(parts);
        trail_offset_.push_back(offset);
        trail_peak_.push_back(symbol_.bid);
        trail_level_.push_back(symbol_.bid - distance(symbol_.bid, offset, parts));
    }
    void open(std::int64_t qty, std::int64_t price) { book(qty, price); }

    void arm(std::uint64_t id, std::int64_t level) {
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        orders_[slot] = {id, 0, 0, 0, Side::sell, Status::armed};
        index_.insert(id, slot);
        push(slot, id, level);
    }
    void disarm(std::uint64_t id) {
        const std::uint32_t* slot = index_.find(id);
        if (slot != nullptr) {
            drop(*slot);
        }
    }

    void take_out() {
        for (; first_command_ < last_command_; ++first_command_) {
            Order& order = orders_[commands_[first_command_ % commands_.size()]];
            if (order.status == Status::pending) {
                order.status = Status::sent;
                ++tally_.commands;
            }
        }
        first_event_ = last_event_;
    }

    Tally tally() const {
        Tally sum = tally_;
        sum.position = qty_;
        sum.realised = realised_;
        return sum;
    }

private:
    struct Order {
        std::uint64_t id = 0;
        std::int64_t qty = 0, price = 0, filled = 0;
        Side side = Side::buy;
        Status status = Status::cancelled;
    };
    struct Event {
        std::uint64_t at, order;
        std::int64_t price, qty;
        EventKind kind;
    };
    // Highest level first, then the one that was armed first.
    struct Stop {
        std::int64_t level;
        std::uint64_t id;
        std::uint32_t slot;
        bool operator<(const Stop& other) const {
            return level != other.level ? level < other.level : id > other.id;
        }
    };
    struct Symbol {
        std::int64_t bid = kBid, ask = kBid + kSpread;
        std::uint64_t quoted_at = 0;
        std::int64_t working[2] = {0, 0}, count[2] = {0, 0};
        bool enabled = true;
    };

    static std::size_t at(Side side) { return side == Side::buy ? 0 : 1; }

    bool fits(Side side, std::int64_t qty, std::int64_t price, std::uint64_t now) const {
        const std::int64_t reference = side == Side::buy ? symbol_.ask : symbol_.bid;
        const std::int64_t at_price = price == 0 ? reference : price;
        const std::int64_t value = at_price * qty;
        const std::int64_t open = side == Side::buy ? qty_ : -qty_;
        const std::int64_t most = side == Side::buy ? limits_.long_max : limits_.short_max;
        return (limits_.price_step <= 1 || price % limits_.price_step == 0) &&
               (limits_.qty_step <= 1 || qty % limits_.qty_step == 0) &&
               qty >= limits_.qty_min && qty <= limits_.qty_max && value >= limits_.value_min &&
               value <= limits_.value_max && std::llabs(at_price - reference) <= limits_.collar &&
               now - symbol_.quoted_at <= limits_.reference_age_max &&
               open + symbol_.working[at(side)] + qty <= most &&
               symbol_.count[at(side)] + 1 <= limits_.open_orders_max &&
               symbol_.working[at(side)] + qty <= limits_.open_qty_max &&
               (qty_ != 0) + 1 <= limits_.positions_max;
    }

    bool rate(std::uint64_t now) const {
        return !rates_ || (times_.room(60 * kSecond, limits_.a_minute, now) &&
                           times_.room(3600 * kSecond, limits_.an_hour, now) &&
                           times_.room(limits_.window, limits_.a_window, now));
    }

    std::uint32_t store(const Ask& ask, Status status) {
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        orders_[slot] = {ask.id, ask.qty, ask.price, 0, ask.side, status};
        index_.insert(ask.id, slot);
        reserve(ask.side, ask.qty, 1);
        return slot;
    }

    void drop(std::uint32_t slot) {
        index_.erase(orders_[slot].id);
        orders_[slot].id = 0;
        orders_[slot].status = Status::cancelled;
        free_.push_back(slot);
    }

    void push(std::uint32_t slot, std::uint64_t id, std::int64_t level) {
        heap_.push_back({level, id, slot});
        std::push_heap(heap_.begin(), heap_.end());
    }

    void reserve(Side side, std::int64_t qty, int count) {
        symbol_.working[at(side)] += qty;
        symbol_.count[at(side)] += count;
    }

    void tell(EventKind kind, std::uint64_t now, std::uint64_t id, std::int64_t price,
              std::int64_t qty) {
        events_[last_event_++ & 4095] = {now, id, price, qty, kind};
    }

    void book(std::int64_t qty, std::int64_t price) {
        if (qty_ == 0 || (qty_ > 0) == (qty > 0)) {
            qty_ += qty;
            cost_ += qty * price;
            return;
        }
        const std::int64_t closed = std::min(std::llabs(qty), std::llabs(qty_));
        const std::int64_t signed_lots = qty_ > 0 ? closed : -closed;
        const std::int64_t share = cost_ / qty_ * signed_lots;
        realised_ += price * signed_lots - share;
        cost_ -= share;
        qty_ += qty;
        if (qty_ != 0 && (qty_ > 0) == (qty > 0)) {
            cost_ = qty_ * price;
        }
    }

    void mark(std::uint64_t now) {
        const std::int64_t price = qty_ > 0 ? symbol_.bid : symbol_.ask;
        const std::int64_t equity = balance_ + realised_ + qty_ * price - cost_;
        if (equity > peak_) {
            peak_ = equity;
            floor_ = std::max(balance_ - balance_ / 100 * limits_.daily_loss_percent,
                              peak_ - peak_ / 100 * limits_.drawdown_percent);
        }
        if (equity < floor_ && !tripped_) {
            tripped_ = true;
            tell(EventKind::tripped, now, 0, 0, 0);
        }
    }

    void fire(std::uint32_t slot, std::uint64_t now) {
        Order& order = orders_[slot];
        if (!fits(order.side, order.qty, 0, now)) {
            cancel(order.id, now);
            return;
        }
        order.status = Status::pending;
        commands_[last_command_++ % commands_.size()] = slot;
        tell(EventKind::fired, now, order.id, symbol_.bid, order.qty);
    }

    static std::int64_t distance(std::int64_t peak, std::int64_t offset, std::int64_t parts) {
        return parts == 0 ? offset : (peak * parts + 999999999) / 1000000000;
    }

    void follow(std::int64_t bid, std::uint64_t now) {
        const std::size_t count = trail_level_.size();
        if (bid > best_) {
            best_ = bid;
            for (std::size_t i = 0; i < count; ++i) {
                if (bid > trail_peak_[i]) {
                    trail_peak_[i] = bid;
                    trail_level_[i] = bid - distance(bid, trail_offset_[i], trail_parts_[i]);
                }
            }
        }
        std::int64_t highest = INT64_MIN;
        for (std::size_t i = 0; i < count; ++i) {
            highest = std::max(highest, trail_level_[i]);
        }
        if (bid > highest) {
            return;
        }
        std::size_t kept = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (bid <= trail_level_[i]) {
                fire(trail_slot_[i], now);
                continue;
            }
            trail_slot_[kept] = trail_slot_[i];
            trail_offset_[kept] = trail_offset_[i];
            trail_parts_[kept] = trail_parts_[i];
            trail_peak_[kept] = trail_peak_[i];
            trail_level_[kept++] = trail_level_[i];
        }
        trail_slot_.resize(kept);
        trail_offset_.resize(kept);
        trail_parts_.resize(kept);
        trail_peak_.resize(kept);
        trail_level_.resize(kept);
    }

    Limits limits_;
    bool rates_, halted_ = false, tripped_ = false;
    Symbol symbol_;
    std::int64_t qty_ = 0, cost_ = 0, realised_ = 0, best_ = kBid;
    std::int64_t balance_ = 1000000000000000, peak_ = balance_;
    std::int64_t floor_ = balance_ / 100 * 95;
    std::vector<Order> orders_;
    Slots index_;
    Slots executions_;
    std::vector<std::uint64_t> last_executions_;
    std::uint64_t execution_count_ = 0;
    std::vector<std::uint32_t> free_;
    std::vector<std::uint32_t> commands_;
    std::size_t first_command_ = 0, last_command_ = 0;
    std::vector<Event> events_;
    std::size_t first_event_ = 0, last_event_ = 0;
    Times times_;
    std::vector<Stop> heap_;
    std::vector<std::uint32_t> trail_slot_;
    std::vector<std::int64_t> trail_offset_, trail_parts_, trail_peak_, trail_level_;
    Tally tally_;
};

} // namespace peers
