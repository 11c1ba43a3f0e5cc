// The same work by the library and by hand-written desks, in turns: peers [--quick] [FILE.csv].
//
// Every round each desk does one block of operations of a workload; the figure is the median over
// the rounds of the block's time by its operations. At the end all must have come to the same.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../options.hpp"
#include "map.hpp"
#include "ours.hpp"
#include "tight.hpp"

namespace {

using namespace peers;
using Clock = std::chrono::steady_clock;

const char* const kUsage =
    "usage: peers [--quick] [FILE.csv]\n"
    "  --quick   fewer rounds and smaller n: within a minute\n"
    "  FILE.csv  the rows, nanoseconds per operation (default: on the screen only)\n";

bool quick = false;

// A desk of any kind, and the times of its blocks.
struct Runner {
    std::string name;
    std::function<void(std::uint64_t)> block;   // timed
    std::function<void(std::uint64_t)> between; // not timed; may be empty
    std::function<Tally()> tally;
    std::vector<double> nanos;
};

double median(std::vector<double> values) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Row {
    std::string workload;
    std::uint64_t n;
    std::vector<std::pair<std::string, double>> nanos;
};
std::vector<Row> rows;

double of(const Row& row, const std::string& name) {
    for (const auto& [who, nanos] : row.nanos) {
        if (who == name) {
            return nanos;
        }
    }
    return 0;
}

void print(const Row& row) {
    const double ours = of(row, "ours");
    std::printf("%-8s %8llu %11.1f", row.workload.c_str(),
                static_cast<unsigned long long>(row.n), ours);
    for (const char* name : {"map", "tight", "scan"}) {
        const double other = of(row, name);
        if (other > 0) {
            std::printf(" %11.1f %7.2f", other, ours / other);
        } else {
            std::printf(" %11s %7s", "-", "-");
        }
    }
    std::printf("\n");
    std::fflush(stdout);
}

// Interleaved: every round all desks, one block each; the first round warms up.
void race(const char* workload, std::uint64_t n, std::uint64_t rounds, std::uint64_t operations,
          std::vector<Runner>& runners) {
    for (std::uint64_t round = 0; round <= rounds; ++round) {
        for (Runner& runner : runners) {
            const auto begin = Clock::now();
            runner.block(round);
            const auto end = Clock::now();
            if (round > 0) {
                const std::chrono::duration<double, std::nano> passed = end - begin;
                runner.nanos.push_back(passed.count() / static_cast<double>(operations));
            }
            if (runner.between) {
                runner.between(round);
            }
        }
    }
    Row row{workload, n, {}};
    for (Runner& runner : runners) {
        row.nanos.emplace_back(runner.name, median(runner.nanos));
        const Tally mine = runner.tally(), first = runners.front().tally();
        if (!(mine == first)) {
            std::fprintf(stderr,
                         "peers: %s %llu: %s came to %llu accepted, %llu commands, position %lld, "
                         "realised %lld; %s to %llu, %llu, %lld, %lld\n",
                         workload, static_cast<unsigned long long>(n), runner.name.c_str(),
                         static_cast<unsigned long long>(mine.accepted),
                         static_cast<unsigned long long>(mine.commands),
                         static_cast<long long>(mine.position),
                         static_cast<long long>(mine.realised), runners.front().name.c_str(),
                         static_cast<unsigned long long>(first.accepted),
                         static_cast<unsigned long long>(first.commands),
                         static_cast<long long>(first.position),
                         static_cast<long long>(first.realised));
            std::exit(1);
        }
    }
    print(row);
    rows.push_back(row);
}

// Times and numbers of one desk: the same sequence for each.
struct Script {
    std::uint64_t now = DESK_DAY + DESK_SECOND, number = 0, step = kSecond / 1000;
    std::uint64_t tick() { return now += step; }
    Ask ask(Side side, std::int64_t qty, std::int64_t price) {
        return {++number, side, qty, price, tick()};
    }
};

using Map = MapDesk<MultimapStops>;
using Scan = MapDesk<ScannedStops>;

// One runner: the desk, its script and what it does live as long as the functions.
template <typename Desk, typename SetUp, typename Block, typename Between>
Runner runner(const char* name, std::shared_ptr<Desk> desk, SetUp set_up, Block block,
              Between between) {
    auto script = std::make_shared<Script>();
    set_up(*desk, *script);
    desk->take_out();
    return {name, [=](std::uint64_t round) { block(*desk, *script, round); },
            [=](std::uint64_t round) { between(*desk, *script, round); },
            [=] { return desk->tally(); }, {}};
}

// The desks of a workload: ours, map, tight, and where stops rest the list that is scanned.
template <typename SetUp, typename Block, typename Between>
void compete(const char* workload, std::uint32_t n, std::uint64_t rounds,
             std::uint64_t operations, bool rates, bool stops, SetUp set_up, Block block,
             Between between) {
    std::vector<Runner> runners;
    const std::uint32_t most = n + 1024;
    runners.push_back(runner("ours", std::make_shared<OurDesk>(rates, most, n + 64, 1), set_up,
                             block, between));
    runners.push_back(runner("map", std::make_shared<Map>(rates), set_up, block, between));
    runners.push_back(
        runner("tight", std::make_shared<TightDesk>(rates, most), set_up, block, between));
    if (stops) {
        runners.push_back(runner("scan", std::make_shared<Scan>(rates), set_up, block, between));
    }
    race(workload, n, rounds, operations, runners);
}

constexpr auto nothing = [](auto&, Script&, std::uint64_t) {};

auto live(std::uint32_t n) {
    return [n](auto& desk, Script& script) {
        for (std::uint32_t i = 0; i < n; ++i) {
            desk.hold_live(script.ask(Side::buy, 2, kBid - 1 - i % 100));
            if (i % 1024 == 0) {
                desk.take_out();
            }
        }
        script.step = kSecond;
    };
}

// w1: a check that passes. The rate windows hold an order each second of the last while.
void w1(std::uint32_t n) {
    constexpr std::uint64_t ops = 2000;
    const auto set_up = [n](auto& desk, Script& script) {
        live(n)(desk, script);
        for (int i = 0; i < 500; ++i) {
            const Ask ask = script.ask(Side::buy, 2, kBid);
            desk.submit(ask);
            desk.cancel(ask.id, ask.now);
            desk.take_out();
        }
        script.step = 1;
    };
    const auto block = [](auto& desk, Script& script, std::uint64_t) {
        std::uint64_t passed = 0;
        for (std::uint64_t i = 0; i < ops; ++i) {
            passed += desk.check(script.ask(Side::buy, 2, kBid));
        }
        desk_need(passed == ops, "w1: a check was denied");
    };
    compete("w1", n, quick ? 5 : 31, ops, true, false, set_up, block, nothing);
}

// w1s: orders that are accepted; they are cancelled outside of what is timed.
void w1s(std::uint32_t n) {
    constexpr std::uint64_t ops = 50;
    const auto block = [](auto& desk, Script& script, std::uint64_t) {
        for (std::uint64_t i = 0; i < ops; ++i) {
            desk.submit(script.ask(Side::buy, 2, kBid));
        }
    };
    const auto between = [](auto& desk, Script& script, std::uint64_t) {
        for (std::uint64_t i = 0; i < ops; ++i) {
            desk.cancel(script.number - i, script.now);
        }
        desk.take_out();
        script.now += 600 * kSecond;
    };
    compete("w1s", n, quick ? 31 : 201, ops, true, false, live(n), block, between);
}

template <typename Desk, typename Level>
void rest_stops(std::uint32_t n, Desk& desk, Script& script, Level level) {
    for (std::uint32_t i = 0; i < n; ++i) {
        desk.hold_stop(script.ask(Side::sell, 1, 0), level(i));
        if (i % 1024 == 0) {
            desk.take_out();
        }
    }
}

// w2: quotes a tick from the last; marks, loss limits; nothing fires.
void w2(std::uint32_t n) {
    constexpr std::uint64_t ops = 3200;
    const auto set_up = [n](auto& desk, Script& script) {
        desk.open(100, kBid);
        rest_stops(n, desk, script,
                   [](std::uint32_t i) { return kBid / 2 + desk_scatter(i, 400009); });
    };
    const auto block = [](auto& desk, Script& script, std::uint64_t) {
        for (std::uint64_t i = 0; i < ops; ++i) {
            const auto up = static_cast<std::int64_t>(i % 32 < 16 ? i % 32 : 32 - i % 32);
            desk.quote(kBid + up, kBid + up + kSpread, script.tick());
        }
    };
    // A scan of all of them takes long.
    const bool scanned = n <= 1000;
    compete("w2", n, quick ? 5 : 21, ops, false, scanned, set_up, block, nothing);
}

// w3: trailing stops, half absolute, half ratios; the peers look at each one with every quote.
void w3(std::uint32_t n, bool rising) {
    const std::uint64_t ops = rising ? (n > 10000 ? 4 : 64) : 64;
    const auto set_up = [n](auto& desk, Script& script) {
        desk.open(100, kBid);
        for (std::uint32_t i = 0; i < n; ++i) {
            const std::int64_t offset = 20000 + desk_scatter(i, 200003);
            desk.hold_trailing(script.ask(Side::sell, 1, 0), offset, i % 2 ? offset * 1000 : 0);
            if (i % 1024 == 0) {
                desk.take_out();
            }
        }
    };
    const auto block = [=](auto& desk, Script& script, std::uint64_t round) {
        for (std::uint64_t i = 0; i < ops; ++i) {
            const auto up = static_cast<std::int64_t>(round * ops + i + 1);
            const std::int64_t bid = rising ? kBid + up : kBid - 20 - (up * 7 + up / 3) % 13;
            desk.quote(bid, bid + kSpread, script.tick());
        }
    };
    const std::uint64_t rounds = quick || n > 10000 ? 5 : 21;
    compete(rising ? "w3up" : "w3", n, rounds, ops, false, false, set_up, block, nothing);
}

// w4: submit, hand out, ack, partial fill, the same once more, fill, hand out.
void w4(std::uint32_t n) {
    constexpr std::uint64_t ops = 50;
    const auto block = [](auto& desk, Script& script, std::uint64_t) {
        for (std::uint64_t i = 0; i < ops; ++i) {
            const Ask ask = script.ask(i % 2 ? Side::sell : Side::buy, 2, kBid + 1);
            desk.submit(ask);
            desk.take_out();
            desk.ack(ask.id, script.now);
            const std::uint64_t exec = ask.id * 2;
            desk.fill(ask.id, exec, 1, kBid + 1 + static_cast<std::int64_t>(i), script.now);
            desk.fill(ask.id, exec, 1, kBid + 1 + static_cast<std::int64_t>(i), script.now);
            desk.fill(ask.id, exec + 1, 1, kBid + 1, script.now);
            desk.take_out();
        }
    };
    const auto between = [](auto&, Script& script, std::uint64_t) {
        script.now += 600 * kSecond;
    };
    compete("w4", n, quick ? 31 : 201, ops, true, false, live(n), block, between);
}

// w6: a quote that reaches 1 000 of the stops: their orders change state, leave a command and an
// event. Per fired.
void w6(std::uint32_t n, bool trailing) {
    constexpr std::uint32_t band = 1000;
    const auto set_up = [=](auto& desk, Script& script) {
        const auto below = [n](std::uint32_t i) {
            return std::int64_t{100} + desk_scatter(i, n) / (band / 10);
        };
        if (!trailing) {
            rest_stops(n, desk, script, [&](std::uint32_t i) { return kBid - below(i); });
            return;
        }
        for (std::uint32_t i = 0; i < n; ++i) {
            desk.hold_trailing(script.ask(Side::sell, 1, 0), below(i), i % 2 ? below(i) * 1000 : 0);
            if (i % 1024 == 0) {
                desk.take_out();
            }
        }
    };
    const auto block = [](auto& desk, Script& script, std::uint64_t round) {
        const std::int64_t bid = kBid - 109 - 10 * static_cast<std::int64_t>(round);
        desk.quote(bid, bid + kSpread, script.tick());
    };
    const auto between = [](auto& desk, Script&, std::uint64_t) { desk.take_out(); };
    const std::uint64_t rounds = std::min<std::uint64_t>(quick ? 5 : 31, n / band - 2);
    compete(trailing ? "w6trail" : "w6", n, rounds, band, false, !trailing, set_up, block,
            between);
}

// arm and cancel of a stop among n.
void arm(std::uint32_t n) {
    constexpr std::uint64_t ops = 6; // a position has eight stops
    constexpr std::uint32_t per_position = OMS_TRIGGERS_PER_POSITION;
    const auto level = [](std::uint64_t i) {
        return kBid / 2 + desk_scatter(static_cast<std::uint32_t>(i), 400009);
    };
    const std::uint64_t rounds = quick ? 51 : 501;
    // Filled up before: a block arms what the last one cancelled.
    auto ours = std::make_shared<OurDesk>(false, n + 64, n + 64, n / per_position + 64);
    auto map = std::make_shared<Map>(false);
    auto tight = std::make_shared<TightDesk>(false, n + 64);
    for (std::uint32_t i = 0; i < n; ++i) {
        if (i % per_position == 0) {
            ours->open(1, kBid);
        }
        ours->arm(i + 1, level(i));
        map->arm(i + 1, level(i));
        tight->arm(i + 1, level(i));
    }
    ours->open(1, kBid);
    ours->take_out();
    auto ids = std::make_shared<std::vector<oms_id_t>>();
    const auto nobody = [] { return Tally{}; };
    const auto first = [=](std::uint64_t round) { return n + 1 + round * ops; };
    const auto arms = [=](auto desk) {
        return [=](std::uint64_t round) {
            for (std::uint64_t i = 0; i < ops; ++i) {
                desk->arm(first(round) + i, level(first(round) + i));
            }
        };
    };
    const auto cancels = [=](auto desk) {
        return [=](std::uint64_t round) {
            for (std::uint64_t i = 0; i < ops; ++i) {
                desk->disarm(first(round) + i);
            }
        };
    };
    const auto our_arms = [=](std::uint64_t round) {
        ids->clear();
        for (std::uint64_t i = 0; i < ops; ++i) {
            ours->arm(first(round) + i, level(first(round) + i));
            ids->push_back(ours->armed());
        }
    };
    const auto our_cancels = [=](std::uint64_t) {
        for (const oms_id_t id : *ids) {
            ours->disarm(id);
        }
        ours->take_out();
    };
    const auto cancel_only = [=](std::uint64_t) {
        for (const oms_id_t id : *ids) {
            ours->disarm(id);
        }
    };
    std::vector<Runner> runners{{"ours", our_arms, our_cancels, nobody, {}},
                                {"map", arms(map), cancels(map), nobody, {}},
                                {"tight", arms(tight), cancels(tight), nobody, {}}};
    race("arm", n, rounds, ops, runners);
    our_arms(0);
    arms(map)(0);
    arms(tight)(0);
    const auto again = [=](auto arms_of) {
        return [=](std::uint64_t round) { arms_of(round + 1); };
    };
    const auto ours_again = [=](std::uint64_t round) {
        ours->take_out();
        our_arms(round + 1);
    };
    runners = {{"ours", cancel_only, ours_again, nobody, {}},
               {"map", cancels(map), again(arms(map)), nobody, {}},
               {"tight", cancels(tight), again(arms(tight)), nobody, {}}};
    race("cancel", n, rounds, ops, runners);
    (void)ours->tally();
}

void write(std::FILE* file) {
    std::fprintf(file, "workload,n,ours,map,tight,scan\n");
    for (const Row& row : rows) {
        std::fprintf(file, "%s,%llu", row.workload.c_str(),
                     static_cast<unsigned long long>(row.n));
        for (const char* name : {"ours", "map", "tight", "scan"}) {
            const double nanos = of(row, name);
            if (nanos > 0) {
                std::fprintf(file, ",%.2f", nanos);
            } else {
                std::fprintf(file, ",");
            }
        }
        std::fprintf(file, "\n");
    }
}

} // namespace

int main(int argc, char** argv) {
    const benches::Options options = benches::options(argc, argv, "peers", kUsage);
    quick = options.quick;
    std::optional<benches::Output> output;
    if (!options.path.empty()) {
        output.emplace("peers", options.path);
    }
    std::printf("%-8s %8s %11s %11s %7s %11s %7s %11s %7s\n", "workload", "n", "ours ns", "map ns",
                "ratio", "tight ns", "ratio", "scan ns", "ratio");
    const std::vector<std::uint32_t> open =
        quick ? std::vector<std::uint32_t>{0, 10000} : std::vector<std::uint32_t>{0, 100000};
    for (const std::uint32_t n : open) w1(n);
    for (const std::uint32_t n : open) w1s(n);
    for (const std::uint32_t n : {10u, 1000u, 100000u, 1000000u}) {
        if (!quick || n <= 100000) w2(n);
    }
    for (const std::uint32_t n : {10u, 1000u, 100000u}) {
        if (quick && n > 1000) continue;
        w3(n, false);
        w3(n, true);
    }
    for (const std::uint32_t n : open) w4(n);
    w6(quick ? 10000 : 100000, false);
    w6(quick ? 10000 : 100000, true);
    arm(quick ? 10000 : 100000);
    if (output) {
        write(output->file());
        output->close();
    }
    return 0;
}
