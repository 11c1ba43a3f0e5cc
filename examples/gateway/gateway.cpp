#include "gateway.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <unistd.h>
#include <vector>

#include "text.hpp"

namespace gateway {

namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::size_t kAuditEvery = 10'000; ///< quotes

} // namespace

Gateway::Gateway(const Session& session, std::uint64_t seed, Core& core)
    : session_(session), core_(core), venue_(seed, core), blotter_(core),
      strategy_(seed, core, session.quotes.size()),
      rehearsal_(core, std::max<std::uint64_t>(session.quotes.size() / 60, 60)),
      tour_(core, std::max<std::uint64_t>(session.quotes.size() / 50, 60)),
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
            rehearsal_.wind_down();
            tour_.wind_down();
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
    reconcile();
    demand();
    compare_denials();
}

/// The core's counts of denials by scope and check are those of the events.
void Gateway::compare_denials() {
    if (blotter_.events_lost > 0) {
        return;
    }
    bool same = blotter_.denied() == core_.account().denied;
    for (std::uint32_t scope = 0; scope < core_.scope_count(); ++scope) {
        const oms_denials_t counts = core_.denials(scope);
        for (std::uint32_t check = 0; check < blotter_.denied_any.size(); ++check) {
            same = same && blotter_.denied(scope, check) == counts.named_by[check];
        }
    }
    if (!same) {
        core_.complain("the events and the core count different numbers of denials");
    }
}

/// One turn of the loop.
void Gateway::take_quote(const Quote& quote) {
    core_.at(quote.at);
    last_quote_ = quote.at;
    venue_.on_quote(quote);
    core_.quote(quote); // and drains what it leaves
    core_.timer();      // deadlines and retries
    const oms_account_t account = core_.account();
    equity_.add(quote.at, account.equity);
    price_.add(quote.at, quote.mid());
    lowest_ = std::min(lowest_, account.equity);
    pump();
    operate();
    strategy_.on_quote(quote);
    pump();
    rehearsal_.on_quote(quote, !blotter_.is_tripped());
    pump();
    tour_.on_quote(quote, !blotter_.is_tripped());
    pump();
    if (const oms_id_t gone = rehearsal_.forgotten(); gone != 0) {
        venue_.recall(gone);
    }
}

/// Lets the venue and its line work until a time, and hands in the reports that come.
void Gateway::advance(std::uint64_t until) {
    while (venue_.next_due() <= until) {
        core_.at(std::max(core_.now(), venue_.next_due()));
        Report report{};
        if (venue_.step(report)) {
            const std::int32_t status = core_.report(report.record, answer_to(report.play));
            blotter_.on_report(report.play, report.record, status);
            pump();
            blotter_.judge();
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
        halve_positions();
        core_.control(OMS_CONTROL_BREAKER_RESET, static_cast<std::int64_t>(++ticket_));
        pump();
    }
}

/// After a trip the trend follower goes on with less: a limit changes while it trades.
void Gateway::halve_positions() {
    oms_limits_set_t limits = core_.symbol_limits(core_.symbol(), core_.scopes().trend);
    limits.long_max = limits.short_max = core_.mandate().position_lots * 3 / 2;
    core_.set(limits);
}

/// The end of the day: out of the position, then the kill switch, then wait until all is flat.
void Gateway::shut_down() {
    std::uint64_t at = core_.now();
    strategy_.wind_down();
    rehearsal_.wind_down();
    tour_.wind_down();
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
        if (blotter_.is_flat() && quiet && core_.account().open == 0) {
            return;
        }
    }
    core_.complain("no OMS_EVENT_FLAT within 120 s of the kill: orders or positions are left");
}

/// After a kill venues answer as they always do: cancels are refused or lost, executions come
/// late. What is still there is cancelled or closed again.
void Gateway::sweep() {
    strategy_.cancel_entries();
    std::vector<oms_id_t> open;
    oms_position_t position;
    for (oms_id_t after = 0; core_.next_position(after, position); after = position.position) {
        if (position.closing < position.qty) {
            open.push_back(position.position);
        }
    }
    for (const oms_id_t id : open) {
        core_.close(id);
    }
}

/// Position by position, order by order, and the money: nothing may have been lost or doubled.
void Gateway::reconcile() {
    const Ledger& ledger = venue_.ledger();
    Reconciliation& r = reconciliation_;
    const auto differs = [&](const std::string& what, std::int64_t venue, std::int64_t core) {
        ++r.differences;
        core_.complain(format("%s: the venue has %lld, the core %lld", what.c_str(),
                              static_cast<long long>(venue), static_cast<long long>(core)));
    };
    std::int64_t paid = 0;
    for (const std::uint32_t symbol : {core_.symbol(), core_.rehearsal(), core_.tour()}) {
        const oms_symbol_t record = core_.symbol_record(symbol); // over all scopes
        const std::int64_t held = record.long_qty - record.short_qty;
        const Ledger::Totals totals = ledger.totals(symbol);
        paid += totals.paid;
        if (held != totals.position()) {
            differs(format("position in symbol %u", symbol), totals.position(), held);
        }
    }
    ledger.each_order([&](oms_id_t order, std::int64_t cum) {
        ++r.orders;
        const auto found = blotter_.cum.find(order);
        const std::int64_t ours = found == blotter_.cum.end() ? 0 : found->second;
        if (ours != cum) {
            differs(format("executed lots of order %llx", static_cast<unsigned long long>(order)),
                    cum, ours);
        }
    });
    r.executions = ledger.executions();
    const oms_account_t account = core_.account();
    r.traded = -core_.value(1, paid);
    // The core rounds once over all symbols, the line above towards zero.
    if (account.open == 0 && std::abs(r.traded - account.realised) > 2) {
        differs("realised, money units", r.traded, account.realised);
    }
    if (ledger.commissions() != account.commission) {
        differs("commissions, money units", ledger.commissions(), account.commission);
    }
}

/// A session of an hour or more must have shown everything that this demo is to show.
void Gateway::demand() {
    const std::uint64_t span = session_.quotes.back().at - session_.quotes.front().at;
    if (span < 3600 * kSecond || session_.quotes.size() < 50'000) {
        return;
    }
    for (std::size_t play = 0; play < kPlays; ++play) {
        if (blotter_.plays[play].times == 0) {
            core_.complain(std::string("the venue never played \"") +
                           play_text(static_cast<Play>(play)) + "\"");
        }
    }
    if (tour_.outcomes().size() < Tour::controls()) {
        core_.complain("the tour of the controls did not come to its end");
    }
    for (const Tour::Outcome& outcome : tour_.outcomes()) {
        if (!outcome.shown) {
            core_.complain(std::string("the tour did not show ") +
                           oms_check_name(outcome.control->check));
        }
    }
    const bool busy = strategy_.entries() >= 40; // enough for each kind to have its turn
    for (std::size_t use = 0; busy && use < kUses; ++use) {
        if (strategy_.uses()[use] == 0) {
            core_.complain(std::string("the strategy never used ") +
                           use_text(static_cast<Use>(use)));
        }
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
