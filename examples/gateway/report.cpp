#include "report.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "text.hpp"

namespace gateway {

namespace {

void heading(const char* title) { std::printf("\n%s\n", title); }

void line(const char* name, const std::string& value) {
    std::printf("  %-24s %s\n", name, value.c_str());
}

std::string count(std::uint64_t value) { return grouped(static_cast<std::int64_t>(value)); }

const char* mark_name(std::uint32_t mark) {
    switch (mark) {
    case OMS_MARK_IN_DOUBT:
        return "IN_DOUBT";
    case OMS_MARK_BUSTED:
        return "BUSTED";
    default:
        return "?";
    }
}

void print_session(const Session& session, Core& core) {
    const Quote& first = session.quotes.front();
    const Quote& last = session.quotes.back();
    heading("SESSION");
    line("quotes", session.source + ", " + count(session.quotes.size()) + " rows, " +
                       count(session.crossed) + " crossed left out");
    line("time (UTC)", utc(first.at) + " to " + utc(last.at) + ", " + duration(last.at - first.at));
    line("symbol", session.symbol + ", tick " + scaled(1, session.tick_size) + ", lot " +
                       scaled(1, session.lot_size) + ", a tick of a lot is worth " +
                       scaled(core.value(1000, 1), {1, -9, 0}) + " USD");
    line("tick and lot", session.sizes);
    std::int64_t low = first.bid;
    std::int64_t high = first.ask;
    for (const Quote& quote : session.quotes) {
        low = std::min(low, quote.bid);
        high = std::max(high, quote.ask);
    }
    line("price", "first " + scaled(first.mid(), session.tick_size) + ", low " +
                      scaled(low, session.tick_size) + ", high " +
                      scaled(high, session.tick_size) + ", last " +
                      scaled(last.mid(), session.tick_size));
    const Mandate& mandate = core.mandate();
    line("mandate", "balance " + cash(mandate.balance * kMoney) + ", position " +
                        grouped(mandate.position_lots) + " lots, about " +
                        cash(mandate.position_value * kMoney));
    const oms_breaker_config_t limits = core.config().breaker;
    line("breaker", "daily loss " + quantity(limits.daily_loss_ratio, OMS_UNIT_RATIO) +
                        ", drawdown " + quantity(limits.drawdown_ratio, OMS_UNIT_RATIO) + ", " +
                        std::to_string(limits.consecutive_losses) + " losses in a row, " +
                        std::to_string(limits.orders_per_window) + " orders a second, " +
                        std::to_string(limits.orders_per_minute) + " a minute");
}

void print_orders(const Gateway& gateway, Core& core) {
    const Blotter& b = gateway.blotter();
    const oms_account_t account = core.account();
    heading("ORDERS");
    line("accepted by the gate", count(account.accepted) + ", denied " + count(account.denied));
    line("sent to the venue", count(b.sent_market) + " market, " + count(b.sent_limit) +
                                  " limit, " + count(b.sent_closes) + " protective closes; " +
                                  count(b.sent_cancels) + " cancels, " + count(b.sent_replaces) +
                                  " replaces");
    line("executions", count(b.fills) + ", " + grouped(b.filled_lots) + " lots");
    std::string ended;
    for (std::size_t status = 0; status < b.ended.size(); ++status) {
        if (b.ended[status] > 0) {
            ended += (ended.empty() ? "" : ", ") + count(b.ended[status]) + " " +
                     oms_order_status_name(static_cast<std::uint8_t>(status));
        }
    }
    line("ended as", ended);
    line("asked before", count(gateway.strategy().checks()) +
                             " by oms_order_check, every answer as that of the submit");
    line("sent twice", count(gateway.strategy().exists()) + " identical requests, OMS_EXISTS");
    std::string uses;
    for (std::size_t use = 0; use < kUses; ++use) {
        const std::string one =
            count(gateway.strategy().uses()[use]) + " " + use_text(static_cast<Use>(use));
        const std::size_t begin = uses.rfind('\n') == std::string::npos ? 0 : uses.rfind('\n');
        const bool full = uses.size() - begin + one.size() > 70;
        uses += uses.empty() ? one : (full ? ",\n" + std::string(27, ' ') : ", ") + one;
    }
    line("of its kinds", uses);
}

/// A column for each scope: whose limit it was. An order that fails several checks counts for the
/// first one, and in the last column for all.
void print_denied(const Blotter& blotter, Core& core) {
    const std::uint32_t scopes = core.scope_count();
    heading("DENIED BY SCOPE AND CHECK");
    std::printf("  %-14s", "check");
    for (std::uint32_t scope = 0; scope < scopes; ++scope) {
        std::printf(" %7s", core.scope_name(scope).c_str());
    }
    std::printf("   first    any\n");
    std::vector<std::uint64_t> sums(scopes + 2);
    for (std::uint32_t check = 0; check < blotter.denied_any.size(); ++check) {
        if (blotter.denied_any[check] == 0) {
            continue;
        }
        std::printf("  %-14s", oms_check_name(check));
        std::uint64_t first = 0;
        for (std::uint32_t scope = 0; scope < scopes; ++scope) {
            const std::uint64_t denied = blotter.denied(scope, check);
            std::printf(" %7s", denied == 0 ? "." : count(denied).c_str());
            sums[scope] += denied;
            first += denied;
        }
        sums[scopes] += first;
        sums[scopes + 1] += blotter.denied_any[check];
        std::printf(" %7s %6s\n", count(first).c_str(),
                    count(blotter.denied_any[check]).c_str());
    }
    std::printf("  %-14s", "all");
    for (std::uint32_t column = 0; column <= scopes; ++column) {
        std::printf(" %7s", count(sums[column]).c_str());
    }
    std::printf(" %6s\n", count(sums[scopes + 1]).c_str());
}

/// The limit and what was observed, in the unit of both; of checks that show codes nothing.
std::string against(std::uint32_t check, std::int64_t limit, std::int64_t observed,
                    std::uint8_t unit) {
    constexpr std::uint64_t kCodes =
        OMS_CHECK_BIT(OMS_CHECK_TRADING_STATE) | OMS_CHECK_BIT(OMS_CHECK_BREAKER) |
        OMS_CHECK_BIT(OMS_CHECK_SESSION) | OMS_CHECK_BIT(OMS_CHECK_PERMISSION);
    if (unit == OMS_UNIT_NONE || (check < 64 && (kCodes & OMS_CHECK_BIT(check)) != 0)) {
        return "";
    }
    return "limit " + quantity(limit, unit) + ", observed " +
           (observed == INT64_MAX ? std::string("none yet") : quantity(observed, unit));
}

void print_tour(const Gateway& gateway, Core& core) {
    heading("A TOUR OF THE CONTROLS (one limit after another: an order within it, and this one)");
    for (const Tour::Outcome& outcome : gateway.tour().outcomes()) {
        const oms_verdict_t& verdict = outcome.verdict;
        if (outcome.shown) {
            std::printf("  %-14s of %-8s %-36s %s\n", oms_check_name(verdict.first),
                        core.scope_name(verdict.scope).c_str(), outcome.control->what,
                        against(verdict.first, verdict.limit, verdict.observed, verdict.unit)
                            .c_str());
        }
    }
}

/// The scope, and the symbol where a limit is one of a symbol.
std::string owner(const oms_event_t& event, bool of_symbol, Core& core) {
    const std::string scope = core.scope_name(event.scope);
    const bool named = of_symbol && event.symbol != UINT32_MAX;
    return named ? scope + " in " + core.symbol_name(event.symbol) : scope;
}

/// What a warning is about: a check, or without a mask a cause of the breaker, or the cancels.
const char* subject(const oms_event_t& event) {
    if (event.mask != 0) {
        return oms_check_name(event.code);
    }
    return event.code > OMS_CAUSE_RECONCILE
               ? oms_limit_field_name(event.code)
               : oms_cause_name(static_cast<std::uint8_t>(event.code));
}

void print_warnings(const Blotter& blotter, Core& core) {
    struct Row {
        std::string owner;
        std::string subject;
        std::uint64_t times;
        oms_event_t first;
    };
    std::vector<Row> rows;
    for (const oms_event_t& event : blotter.warnings) {
        Row row{owner(event, event.mask != 0, core), subject(event), 0, event};
        const auto same = [&](const Row& other) {
            return other.owner == row.owner && other.subject == row.subject;
        };
        const auto found = std::find_if(rows.begin(), rows.end(), same);
        ++(found == rows.end() ? rows.emplace_back(row) : *found).times;
    }
    heading("WARNED, at 80 % of a limit     times  the first time");
    for (const Row& row : rows) {
        std::printf("  %-8s %-18s %7s  %s  %s\n", row.owner.c_str(), row.subject.c_str(),
                    count(row.times).c_str(), utc(row.first.at).c_str(),
                    against(64, row.first.limit, row.first.observed, row.first.unit).c_str());
    }
}

/// A limit that may be off.
std::string limit_or_off(std::int64_t value, std::uint8_t unit) {
    return value == OMS_OFF ? std::string("off") : quantity(value, unit);
}

void print_changes(const Blotter& blotter, Core& core) {
    heading("LIMITS CHANGED (those that the tour set and took back are only counted)");
    std::uint64_t others = 0;
    for (const oms_event_t& event : blotter.changes) {
        if (event.symbol != core.symbol()) {
            ++others;
            continue;
        }
        std::printf("  %s  %-15s %-16s %s -> %s\n", utc(event.at).c_str(),
                    owner(event, true, core).c_str(), oms_limit_field_name(event.code),
                    limit_or_off(event.observed, event.unit).c_str(),
                    limit_or_off(event.limit, event.unit).c_str());
    }
    line("others", count(others));
}

/// All of it in one line.
void print_sum(const Gateway& gateway, Core& core) {
    const Blotter& blotter = gateway.blotter();
    const oms_account_t account = core.account();
    std::uint64_t checks = 0;
    std::uint64_t scopes = 0;
    for (const Blotter::ByCheck& by : blotter.denied_by) {
        std::uint64_t any = 0;
        for (const std::uint64_t denied : by) {
            any += denied;
        }
        scopes += any > 0 ? 1 : 0;
    }
    for (const std::uint64_t denied : blotter.denied_any) {
        checks += denied > 0 ? 1 : 0;
    }
    std::printf("\nordered %s, refused %s (by %s checks in %s scopes), triggered %s, tripped %s, "
                "warned %s, limits changed %s\n",
                count(account.accepted).c_str(), count(account.denied).c_str(),
                count(checks).c_str(), count(scopes).c_str(),
                count(blotter.fired().size()).c_str(),
                count(blotter.events[OMS_EVENT_BREAKER_TRIPPED]).c_str(),
                count(blotter.warnings.size()).c_str(), count(blotter.changes.size()).c_str());
}

void print_fired_row(const Session& session, const Fired& fired) {
    const bool done = fired.filled > 0;
    std::printf("  %-23s  %-11s %12s %12s %12s %7s %10s\n", utc(fired.at).c_str(),
                oms_trigger_kind_name(fired.kind), scaled(fired.level, session.tick_size).c_str(),
                scaled(fired.seen, session.tick_size).c_str(),
                done ? scaled(fired.notional / fired.filled, session.tick_size).c_str() : "-",
                grouped(fired.filled).c_str(),
                done ? tenths(fired.slippage(), fired.filled).c_str() : "-");
}

void print_fired(const Session& session, const Blotter& blotter) {
    heading("STOPS AND TARGETS (slippage in ticks from the level, positive is worse)");
    constexpr std::size_t kShown = 6;
    std::printf("  %-23s  %-11s %12s %12s %12s %7s %10s\n", "time", "kind", "level", "reached at",
                "filled at", "lots", "slippage");
    const std::vector<Fired>& all = blotter.fired();
    for (std::size_t i = 0; i < all.size() && i < kShown; ++i) {
        print_fired_row(session, all[i]);
    }
    std::vector<Fired> worst(all);
    const auto per_lot = [](const Fired& f) { return f.filled > 0 ? f.slippage() / f.filled : 0; };
    std::stable_sort(worst.begin(), worst.end(), [&](const Fired& a, const Fired& b) {
        return per_lot(a) > per_lot(b);
    });
    if (all.size() > kShown) {
        std::printf("  the worst of %s:\n", count(all.size()).c_str());
    }
    for (std::size_t i = 0; all.size() > kShown && i < kShown && i < worst.size(); ++i) {
        print_fired_row(session, worst[i]);
    }
    for (const std::uint8_t kind :
         {OMS_TRIGGER_STOP_LOSS, OMS_TRIGGER_TAKE_PROFIT, OMS_TRIGGER_TRAILING_STOP}) {
        std::uint64_t fired = 0;
        std::int64_t lots = 0;
        std::int64_t slippage = 0;
        std::int64_t most = 0;
        for (const Fired& f : all) {
            if (f.kind == kind) {
                ++fired;
                lots += f.filled;
                slippage += f.slippage();
                most = fired == 1 ? per_lot(f) : std::max(most, per_lot(f));
            }
        }
        line(oms_trigger_kind_name(kind), count(fired) + " fired, slippage on average " +
                                              tenths(slippage, lots) + " ticks, worst " +
                                              grouped(most));
    }
    line("armed again", count(blotter.events[OMS_EVENT_TRIGGER_REARMED]) +
                            " times after a close the venue rejected");
}

void print_breaker(const Gateway& gateway, Core& core) {
    heading("BREAKER");
    const oms_breaker_status_t now = core.breaker();
    oms_trip_t trip;
    std::uint32_t back = now.trips;
    const std::vector<Drill>& drills = gateway.blotter().drills();
    if (back == 0) {
        std::printf("  no trips\n");
    }
    while (back > 0 && core.trip(--back, trip)) {
        std::printf("  %s  %s: limit %s, observed %s\n", utc(trip.at).c_str(),
                    oms_cause_name(trip.cause), quantity(trip.limit, trip.unit).c_str(),
                    quantity(trip.observed, trip.unit).c_str());
        const std::size_t index = drills.size() > back ? drills.size() - 1 - back : 0;
        if (index < drills.size()) {
            const Drill& drill = drills[index];
            std::printf("  %23s  while open: new orders denied %s, cancels passed %s, protective "
                        "closes passed %s\n", "", count(drill.denied).c_str(),
                        count(drill.cancels).c_str(), count(drill.closes).c_str());
        }
        std::printf("  %23s  %s\n", "",
                    trip.reset_at == 0
                        ? "still open"
                        : (std::string("reset by ") + (trip.by_hand != 0 ? "hand" : "itself") +
                           " after " + duration(trip.reset_at - trip.at)).c_str());
    }
    const Blotter& blotter = gateway.blotter();
    std::string checks;
    for (std::uint32_t check = 0; check < blotter.unchecked.size(); ++check) {
        if (blotter.unchecked[check] > 0) {
            checks += (checks.empty() ? ": " : ", ") + count(blotter.unchecked[check]) + " " +
                      oms_check_name(check);
        }
    }
    line("closes not held up",
         count(blotter.events[OMS_EVENT_CLOSE_UNCHECKED]) + " sent though a check failed" + checks);
}

void print_result(const Gateway& gateway, Core& core) {
    const oms_account_t a = core.account();
    heading("RESULT");
    const auto amount = [](const char* name, std::int64_t units) {
        std::printf("  %-24s %18s USD\n", name, money(units).c_str());
    };
    amount("paid in", a.paid_in);
    amount("realised", a.realised);
    amount("unrealised", a.unrealised);
    amount("commissions", -a.commission);
    amount("equity", a.equity);
    amount("highest equity", a.peak_equity);
    amount("lowest equity", gateway.equity_low());
    line("largest drawdown", quantity(a.drawdown_max, OMS_UNIT_RATIO));
    line("positions closed", count(a.closed) + ", " + count(a.wins) + " wins, " +
                                 count(a.losses) + " losses; open " + std::to_string(a.open) +
                                 ", live orders " + std::to_string(a.live_orders));
    for (std::size_t exit = 0; exit < gateway.blotter().closed.size(); ++exit) {
        const Closed& closed = gateway.blotter().closed[exit];
        if (closed.count > 0) {
            // A position whose every entry was busted has no outcome: it counts as no trade.
            std::printf("    by %-12s %7s  %18s USD%s\n",
                        oms_exit_reason_name(static_cast<std::uint8_t>(exit)),
                        count(closed.count).c_str(), money(closed.pnl).c_str(),
                        exit == OMS_EXIT_BUSTED ? "  (no trades where nothing was exited)" : "");
        }
    }
    for (const Day& day : gateway.blotter().days) {
        line("session ended", utc(day.ended_at) + ", PnL " + cash(day.pnl));
    }
    line("stops moved", count(gateway.strategy().moves()));
    line("kill switch", std::string("one more order denied by ") +
                            oms_check_name(gateway.denied_by_kill()) + "; flat at " +
                            (gateway.blotter().is_flat() ? utc(gateway.blotter().flat_at())
                                                         : std::string("never")));
}

std::string documented(const Answer& answer) {
    std::string text = oms_status_name(answer.code);
    text += answer.may_be_known ? " or IGNORED" : "";
    if (answer.anomaly != 0) {
        text += std::string(", anomaly ") + oms_anomaly_name(answer.anomaly);
    } else if (answer.event != 0) {
        text += std::string(", ") + oms_event_name(answer.event);
    }
    for (std::uint32_t bit = 1; bit <= OMS_MARK_TIMED_OUT; bit <<= 1) {
        const bool is_mark = answer.anomaly == 0; // a mark of the anomaly's name says no more
        text += (answer.mark & bit) != 0 && is_mark ? std::string(", mark ") + mark_name(bit) : "";
        text += (answer.cleared & bit) != 0 ? std::string(", clears ") + mark_name(bit) : "";
    }
    if (answer.status != Answer::kAnyStatus) {
        text += std::string("; ") + oms_order_status_name(answer.status);
    }
    return text;
}

void print_anomalies(const Gateway& gateway, Core& core) {
    const Blotter& blotter = gateway.blotter();
    heading("WHAT THE VENUE PLAYED              times  wrong  what the core answers; the order");
    for (std::size_t play = 0; play < kPlays; ++play) {
        const Tally& tally = blotter.plays[play];
        const Answer& answer = answer_to(static_cast<Play>(play));
        std::printf("  %-32s %6s %6s  %s\n", answer.text, count(tally.times).c_str(),
                    count(tally.wrong).c_str(), documented(answer).c_str());
    }
    const Reconciliation& r = gateway.reconciliation();
    line("the venue's books", count(r.executions) + " executions of " + count(r.orders) +
                                  " orders, " + cash(r.traded) + " traded; differences from "
                                  "the core's: " + count(r.differences));
    std::string seen;
    for (std::size_t kind = 0; kind < blotter.anomalies.size(); ++kind) {
        if (blotter.anomalies[kind] > 0) {
            seen += (seen.empty() ? "" : ", ") + count(blotter.anomalies[kind]) + " " +
                    oms_anomaly_name(static_cast<std::uint16_t>(kind));
        }
    }
    const oms_account_t account = core.account();
    line("anomaly events", seen.empty() ? "none" : seen);
    line("the account counts", count(account.ignored) + " reports ignored, " +
                                   count(account.anomalies) + " that did not fit");
}

void print_tables(const Blotter& blotter, Core& core) {
    heading("TABLES            capacity  most used   live now");
    for (std::uint32_t kind = OMS_TABLE_ORDERS; kind <= OMS_TABLE_RATE; ++kind) {
        const oms_table_t table = core.table(kind);
        std::printf("  %-14s %10s %10s %10s\n", oms_table_name(kind),
                    count(table.capacity).c_str(), count(table.high_water).c_str(),
                    count(table.live).c_str());
    }
    line("events lost", count(blotter.events_lost));
    line("audits", count(core.audits()) + ", faults " + count(core.faults()));
}

void print_latency(const Core& core, const TickRate& rate) {
    heading("LATENCY in ns (each row contains the empty timer, each max the system's pauses)");
    std::printf("  %-22s %10s %8s %8s %8s %10s\n", "call", "calls", "p50", "p99", "p99.9", "max");
    const double nanos = rate.nanos_per_tick();
    for (std::size_t i = 0; i < static_cast<std::size_t>(Call::kCount); ++i) {
        const Histogram& h = core.latency(static_cast<Call>(i));
        const auto in_nanos = [&](std::uint64_t ticks) {
            return count(static_cast<std::uint64_t>(static_cast<double>(ticks) * nanos + 0.5));
        };
        if (h.count() > 0) {
            std::printf("  %-22s %10s %8s %8s %8s %10s\n", call_name(static_cast<Call>(i)),
                        count(h.count()).c_str(), in_nanos(h.percentile(500)).c_str(),
                        in_nanos(h.percentile(990)).c_str(), in_nanos(h.percentile(999)).c_str(),
                        in_nanos(h.max()).c_str());
        }
    }
}

} // namespace

void print_report(const Session& session, const Gateway& gateway, Core& core,
                  const TickRate& rate) {
    std::printf("oms-core %s, execution gateway demo\n", oms_version());
    print_session(session, core);
    print_orders(gateway, core);
    print_denied(gateway.blotter(), core);
    print_tour(gateway, core);
    print_warnings(gateway.blotter(), core);
    print_changes(gateway.blotter(), core);
    print_fired(session, gateway.blotter());
    print_breaker(gateway, core);
    print_result(gateway, core);
    print_tables(gateway.blotter(), core);
    print_latency(core, rate);
    print_anomalies(gateway, core);
    print_sum(gateway, core);
    std::printf("\ndigest 0x%016llx\n", static_cast<unsigned long long>(core.digest()));
}

} // namespace gateway
