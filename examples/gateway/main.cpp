// gateway [--quotes FILE] [--svg FILE] [--seed N] [--rows N]
//
// A small execution gateway on oms-core: quotes in, a strategy, a venue that misbehaves, stops and
// targets, a breaker with an operator, a kill switch; and the report a desk wants to see. Where to
// look: mandate.cpp for scopes and limits, core.cpp for the calls, gateway.cpp for the loop,
// controls.cpp for each check of the gate.

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "core.hpp"
#include "gateway.hpp"
#include "latency.hpp"
#include "report.hpp"
#include "session.hpp"

namespace {

const char* const kUsage =
    "usage: gateway [--quotes FILE] [--svg FILE] [--seed N] [--rows N]\n"
    "  --quotes FILE  timestamp_ns,bid_ticks,ask_ticks[,bid_lots,ask_lots], .csv or .csv.gz;\n"
    "                 a FILE.json beside it gives tick_size and may give lot_size (without the\n"
    "                 file: 0.01 and 0.001)\n"
    "                 (default: a generated session)\n"
    "  --svg FILE     write equity and price as a picture\n"
    "  --seed N       seed of the generated session, the strategy and the venue (default 5)\n"
    "  --rows N       at most this many quotes (default: all; generated: 200000)\n";

struct Options {
    std::string quotes;
    std::string svg;
    std::uint64_t seed = 5;
    std::uint64_t rows = 0;
};

constexpr std::uint64_t kRowsMax = 50'000'000; // 40 bytes each are kept

bool parse_number(const char* name, const std::string& text, std::uint64_t most,
                  std::uint64_t& out) {
    const char* const end = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data(), end, out);
    if (problem != std::errc() || rest != end || text.empty() || out > most) {
        std::fprintf(stderr, "gateway: %s \"%s\": a whole number from 0 to %llu belongs there\n",
                     name, text.c_str(), static_cast<unsigned long long>(most));
        return false;
    }
    return true;
}

/// 0 to go on, otherwise the exit code plus one.
int parse(int count, char** arguments, Options& options) {
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        if (name == "--help" || name == "-h") {
            std::fputs(kUsage, stdout);
            return 1;
        }
        const bool known =
            name == "--quotes" || name == "--svg" || name == "--seed" || name == "--rows";
        if (!known || i + 1 == count) {
            std::fprintf(stderr, "gateway: %s %s\n%s", name.c_str(),
                         known ? "needs a value" : "is not an option", kUsage);
            return 3;
        }
        const std::string value = arguments[++i];
        if (name == "--quotes") {
            options.quotes = value;
        } else if (name == "--svg") {
            options.svg = value;
        } else if (name == "--seed") {
            if (!parse_number("--seed", value, UINT64_MAX, options.seed)) {
                return 3;
            }
        } else if (!parse_number("--rows", value, kRowsMax, options.rows)) {
            return 3;
        }
    }
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    const gateway::TickRate rate;
    Options options;
    if (const int stop = parse(count, arguments, options); stop != 0) {
        return stop - 1;
    }
    gateway::Session session;
    std::string error;
    if (options.quotes.empty()) {
        const std::uint64_t rows = options.rows == 0 ? 200'000 : options.rows;
        session = gateway::generate_session(options.seed, rows);
    } else if (!gateway::load_session(options.quotes, options.rows, session, error)) {
        std::fprintf(stderr, "gateway: %s\n", error.c_str());
        return 2;
    }
    const auto core = std::make_unique<gateway::Core>();
    if (!core->open(session, gateway::Mandate())) {
        return 1;
    }
    core->time_empty();
    gateway::Gateway desk(session, options.seed, *core);
    desk.run();
    gateway::print_report(session, desk, *core, rate);
    if (!options.svg.empty() && !gateway::write_chart(options.svg, session, desk.equity(),
                                                      desk.price(), desk.blotter(), error)) {
        std::fprintf(stderr, "gateway: %s\n", error.c_str());
        return 1;
    }
    if (core->faults() > 0) {
        std::fprintf(stderr, "gateway: %llu faults, see above\n",
                     static_cast<unsigned long long>(core->faults()));
        return 1;
    }
    return 0;
}
