#include "gateway.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unistd.h>

#include "text.hpp"

namespace gateway {

namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::size_t kAuditEvery = 10'000; ///< quotes

} // namespace

Gateway::Gateway(const Session& session, std::uint64_t seed, Core& core)
    : session_(session), core_(core), venue_(seed, core), blotter_(core),
      strategy_(seed, core, session.quotes.size()),
      equity_(session.quotes.front().at, session.quotes.back().at),
      price_(session.quotes.front().at, session.quotes.back().at) {
    const std::uint64_t span = session.quotes.back().at - session.quotes.front().at;
    review_ = std::clamp(span / 25, 5 * kSecond, 1'800 * kSecond);
}

void Gateway::run() {
    const std::size_t rows = session_.quotes.size();
    const std::size_t tail = rows - rows / 50; // the last fiftieth: no new positions
    for (std::size_t row = 0; row < rows; ++row) {
        const Quote& quote = session_.quotes[row];
        if (row == tail) {
            strategy_.wind_down();
        }
        if (row > 0) {
            pass_silence(quote.at);
        }
        advance(quote.at);
        take_quote(quote);
        if ((row + 1) % kAuditEvery == 0) {
            core_.audit();
            progress(row + 1);
        }
    }
    shut_down();
    core_.audit();
    blotter_.finish();
    if (blotter_.events_lost == 0 && blotter_.denied() != core_.account().denied) {
        core_.complain("the events and the account count different numbers of denials");
    }
}

/// One turn of the loop.
void Gateway::take_quote(const Quote& quote) {
    core_.at(quote.at);
    last_quote_ = quote.at;
    venue_.on_quote(quote);
    core_.quote(quote); // and drains what it leaves
    const oms_account_t account = core_.account();
    equity_.add(quote.at, account.equity);
    price_.add(quote.at, quote.mid());
    lowest_ = std::min(lowest_, account.equity);
    pump();
    operate();
    strategy_.on_quote(quote);
    pump();
}

/// Lets the venue and its line work until a time, and hands in the reports that come.
void Gateway::advance(std::uint64_t until) {
    while (venue_.next_due() <= until) {
        core_.at(std::max(core_.now(), venue_.next_due()));
        Report report{};
        if (venue_.step(report)) {
            const bool restated = report.play == Play::kRestatedFill;
            blotter_.on_report(report.play, core_.report(report.record, restated));
            pump();
        }
    }
}

/// Nothing is quoted for a while: the clock goes on all the same, about once a second.
void Gateway::pass_silence(std::uint64_t until) {
    const std::uint64_t gap = until > last_quote_ ? until - last_quote_ : 0;
    const std::uint64_t step = std::max(kSecond, gap / 3600);
    for (std::uint64_t at = last_quote_ + step; at < until; at += step) {
        advance(at);
        core_.at(at);
        core_.timer();
        pump();
        operate();
        if (at - last_quote_ > 65 * kSecond && at - stale_probe_ > 3600 * kSecond) {
            stale_probe_ = at;
            strategy_.probe_stale();
            pump();
        }
    }
}

/// Takes out what the core has for the venue and for people.
void Gateway::pump() {
    std::array<oms_command_t, 16> commands;
    std::array<oms_event_t, 32> events;
    oms_polled_t polled{};
    do {
        if (!core_.poll(commands.data(), static_cast<std::uint32_t>(commands.size()),
                        events.data(), static_cast<std::uint32_t>(events.size()), polled)) {
            return;
        }
        // Events first: what tripped the breaker came before the closes it does not hold up.
        for (std::uint32_t i = 0; i < polled.events; ++i) {
            blotter_.on_event(events[i]);
        }
        for (std::uint32_t i = 0; i < polled.commands; ++i) {
            blotter_.on_command(commands[i]);
            venue_.take(commands[i], core_.now());
        }
    } while (polled.more_commands != 0 || polled.more_events != 0);
}

/// The operator's procedure for a trip: entries are cancelled at once; a position keeps its stop
/// for half of the review and is closed then; the breaker is reset by hand at the end of it.
void Gateway::operate() {
    if (!blotter_.is_tripped()) {
        return;
    }
    const Drill& drill = blotter_.drills().back();
    if (trips_seen_ < blotter_.drills().size()) {
        trips_seen_ = blotter_.drills().size();
        strategy_.cancel_entries();
        if (strategy_.try_order() != OMS_CHECK_BREAKER) {
            core_.complain("the breaker is open, but BREAKER is not the check that denies");
        }
        pump();
    }
    const std::uint64_t open = core_.now() - drill.tripped_at;
    oms_position_t position;
    if (open >= review_ / 2 && core_.position(position) && position.closing == 0) {
        core_.close(position.position);
        pump();
    }
    if (open >= review_) {
        core_.control(OMS_CONTROL_BREAKER_RESET, static_cast<std::int64_t>(++ticket_));
        pump();
    }
}

/// The end of the day: out of the position, then the kill switch, then wait until all is flat.
void Gateway::shut_down() {
    std::uint64_t at = core_.now();
    strategy_.wind_down();
    oms_position_t position;
    if (core_.position(position) && position.closing == 0) {
        core_.close(position.position);
    }
    if (blotter_.is_tripped()) { // so that the far orders below can be sent
        core_.control(OMS_CONTROL_BREAKER_RESET, static_cast<std::int64_t>(++ticket_));
    }
    strategy_.rest_far_orders();
    pump();
    advance(at += kSecond);
    core_.at(at);
    core_.kill();
    pump(); // hands out one cancel for every live order
    denied_by_kill_ = strategy_.try_order();
    for (int second = 0; second < 120; ++second) {
        advance(at += kSecond);
        core_.at(at);
        core_.timer();
        sweep();
        pump();
        const bool quiet = venue_.next_due() == Venue::kNever;
        if (blotter_.is_flat() && quiet && !core_.position(position)) {
            return;
        }
    }
    core_.complain("no OMS_EVENT_FLAT within 120 s of the kill: orders or positions are left");
}

/// After a kill venues answer as they always do: cancels are refused or lost, executions come
/// late. What is still there is cancelled or closed again.
void Gateway::sweep() {
    strategy_.cancel_entries();
    oms_position_t position;
    if (core_.position(position) && position.closing < position.qty) {
        core_.close(position.position);
    }
}

void Gateway::progress(std::size_t row) const {
    if (isatty(STDERR_FILENO) == 0) {
        return;
    }
    const std::size_t rows = session_.quotes.size();
    const bool last = row + kAuditEvery > rows;
    std::fprintf(stderr, "\r%3u %%%s", static_cast<unsigned>(row * 100 / rows),
                 last ? "\r     \r" : "");
}

} // namespace gateway
