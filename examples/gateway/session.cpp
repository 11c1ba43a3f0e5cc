#include "session.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include "random.hpp"
#include "text.hpp"

namespace gateway {

namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 53; // ticks and lots in a file

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// For the shell: in single quotes, where only the quote itself is special.
std::string shell_quoted(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) {
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return quoted + "'";
}

/// Lines of a plain or compressed file.
class Lines {
public:
    explicit Lines(const std::string& path) : piped_(ends_with(path, ".gz")) {
        // popen starts a shell whether the file is there or not: fopen tells.
        file_ = std::fopen(path.c_str(), "rb");
        if (file_ != nullptr && piped_) {
            std::fclose(file_);
            file_ = popen(("gzip -dc < " + shell_quoted(path)).c_str(), "r");
        }
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    ~Lines() { close(); }

    bool is_open() const { return file_ != nullptr; }

    bool next(std::string& line) {
        line.clear();
        char buffer[512];
        bool any = false;
        while (std::fgets(buffer, sizeof buffer, file_) != nullptr) {
            any = true;
            line += buffer;
            if (line.empty() || line.back() == '\n') { // empty: the line began with a zero byte
                break;
            }
        }
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) {
            line.pop_back();
        }
        return any;
    }

    /// True when all of the file could be read. A reader that stops early does not ask.
    bool close() {
        if (file_ == nullptr) {
            return true;
        }
        const bool whole = std::ferror(file_) == 0;
        const int result = piped_ ? pclose(file_) : std::fclose(file_);
        file_ = nullptr;
        return whole && result == 0;
    }

private:
    std::FILE* file_ = nullptr;
    bool piped_;
};

/// "0.00001" -> 1 × 10^-5.
bool parse_decimal(const std::string& text, oms_decimal_t& out) {
    oms_decimal_t value{};
    bool point = false;
    bool digits = false;
    for (const char c : text) {
        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9' && value.mantissa < kLargest / 10 &&
                   value.exponent > -18) {
            value.mantissa = value.mantissa * 10 + (c - '0');
            value.exponent -= point ? 1 : 0;
            digits = true;
        } else {
            return false;
        }
    }
    while (value.exponent < 0 && value.mantissa % 10 == 0 && value.mantissa != 0) {
        value.mantissa /= 10;
        ++value.exponent;
    }
    out = value;
    return digits && value.mantissa > 0;
}

/// The value of a key, without its quotes; empty when it is missing or null. Two flat keys are
/// all that is read here, so this is no JSON parser and does not try to be one.
std::string json_value(const std::string& json, const std::string& key) {
    std::size_t at = json.find("\"" + key + "\"");
    if (at == std::string::npos || (at = json.find(':', at)) == std::string::npos) {
        return {};
    }
    at = json.find_first_not_of(" \t\r\n\"", at + 1);
    const std::size_t end = json.find_first_of("\", \t\r\n}", at);
    if (at == std::string::npos || end == std::string::npos) {
        return {};
    }
    const std::string value = json.substr(at, end - at);
    return value == "null" ? std::string() : value;
}

/// The largest power of ten of which a position of 150 000 in the currency holds 100.
oms_decimal_t lot_for(std::int64_t ticks, const oms_decimal_t& tick) {
    oms_decimal_t lot{};
    lot.mantissa = 1;
    for (lot.exponent = 6; lot.exponent > -9; --lot.exponent) {
        const int power = tick.exponent + lot.exponent;
        const std::int64_t value = ticks * tick.mantissa;
        const std::int64_t most = 1500;
        if (power >= 0 ? (power < 4 && value <= most / pow10(power))
                       : value / pow10(std::min(-power, 18)) < most) {
            break;
        }
    }
    return lot;
}

bool read_sizes(const std::string& path, Session& session, std::string& error) {
    std::string base = path;
    for (const char* end : {".gz", ".csv"}) {
        if (ends_with(base, end)) {
            base.resize(base.size() - std::strlen(end));
        }
    }
    std::ifstream file(base + ".json");
    const std::string json((std::istreambuf_iterator<char>(file)), {});
    const std::string tick = json_value(json, "tick_size");
    const std::string lot = json_value(json, "lot_size");
    session.tick_size = {1, -2, 0};
    session.lot_size = {1, -3, 0};
    if (!tick.empty() && !parse_decimal(tick, session.tick_size)) {
        error = base + ".json: tick_size \"" + tick + "\" is not a positive decimal like 0.01";
        return false;
    }
    if (!lot.empty() && !parse_decimal(lot, session.lot_size)) {
        error = base + ".json: lot_size \"" + lot + "\" is not a positive decimal like 0.001";
        return false;
    }
    if (!tick.empty() && lot.empty()) { // an instrument without a lot of its own
        session.lot_size = lot_for(session.quotes.front().mid(), session.tick_size);
    }
    return true;
}

const char* const kColumns[] = {"timestamp_ns", "bid_ticks", "ask_ticks", "bid_lots", "ask_lots"};

/// Parses one row. False: `error` names the column, its text and what belongs there.
bool parse_row(const std::string& line, Quote& quote, std::string& error) {
    std::int64_t values[5] = {0, 0, 0, 0, 0};
    const char* at = line.data();
    const char* const end = at + line.size();
    for (int column = 0; column < 5; ++column) {
        const auto [rest, problem] = std::from_chars(at, end, values[column]);
        const std::int64_t least = column < 3 ? 1 : 0;
        if (problem != std::errc() || (rest != end && *rest != ',') || values[column] < least ||
            (column > 0 && values[column] > kLargest)) {
            error = format("%s is \"%s\": a whole number from %d on belongs there",
                           kColumns[column], std::string(at, std::find(at, end, ',')).c_str(),
                           static_cast<int>(least));
            return false;
        }
        at = rest;
        if (at == end) {
            if (column < 2) {
                error = std::string(kColumns[column + 1]) +
                        " is missing: a row is timestamp_ns,bid_ticks,ask_ticks[,...]";
                return false;
            }
            break;
        }
        ++at;
    }
    quote = {static_cast<std::uint64_t>(values[0]), values[1], values[2], values[3], values[4]};
    return true;
}

} // namespace

bool load_session(const std::string& path, std::uint64_t rows, Session& session,
                  std::string& error) {
    Lines lines(path);
    if (!lines.is_open()) {
        error = path + ": " + std::strerror(errno) + "; give --quotes a .csv or .csv.gz file, or "
                "leave it out for a generated session";
        return false;
    }
    std::string line;
    std::uint64_t number = 0;
    std::uint64_t last = 0;
    bool whole = true;
    while (lines.next(line)) {
        ++number;
        if (number == 1 && line.compare(0, 3, "\xEF\xBB\xBF") == 0) { // a byte order mark
            line.erase(0, 3);
        }
        const auto begin = static_cast<unsigned char>(line.empty() ? 0 : line[0]);
        if (line.empty() || (number == 1 && std::isalpha(begin) != 0)) { // the header
            continue;
        }
        Quote quote{};
        std::string problem;
        if (!parse_row(line, quote, problem)) {
            error = path + ":" + std::to_string(number) + ": " + problem;
            return false;
        }
        if (quote.at < last) {
            error = path + ":" + std::to_string(number) + ": timestamp_ns " +
                    std::to_string(quote.at) + " is before the previous row's " +
                    std::to_string(last) + "; sort the rows: sort -t, -k1,1n";
            return false;
        }
        last = quote.at;
        if (quote.bid > quote.ask) {
            ++session.crossed;
            continue;
        }
        session.quotes.push_back(quote);
        if (rows != 0 && session.quotes.size() == rows) {
            whole = false;
            break;
        }
    }
    if (whole && !lines.close()) {
        error = path + ": could not be read to its end after line " + std::to_string(number) +
                "; is it damaged? try gzip -t";
        return false;
    }
    if (session.quotes.empty()) {
        error = path + ": no quotes in " + std::to_string(number) + " lines (" +
                std::to_string(session.crossed) + " crossed); rows are "
                "timestamp_ns,bid_ticks,ask_ticks after a header line";
        return false;
    }
    const std::size_t slash = path.find_last_of('/');
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    session.source = name;
    session.symbol = name.substr(0, std::min(name.find_first_of("_."), std::size_t{16}));
    for (char& c : session.symbol) {
        const auto byte = static_cast<unsigned char>(c);
        c = std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '-';
    }
    if (session.symbol.empty()) {
        session.symbol = "SYMBOL";
    }
    return read_sizes(path, session, error);
}

Session generate_session(std::uint64_t seed, std::uint64_t rows) {
    Session session;
    session.source = "generated, seed " + std::to_string(seed);
    session.symbol = "SYNTH";
    session.tick_size = {1, -2, 0};
    session.lot_size = {1, -3, 0};
    session.quotes.reserve(rows);
    Random random(seed, 1);
    const auto count = static_cast<std::int64_t>(rows);
    const std::int64_t crash = count * 11 / 20;
    std::uint64_t at = 1'714'982'400'000'000'000; // 2024-05-06 08:00 UTC
    std::int64_t mid = 6'000'000;                 // 60 000.00
    std::int64_t drift = 6;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t after = i - crash;
        const bool crashing = after >= 0 && after < 240;
        const bool nervous = after >= 0 && after < 20'000;
        at += static_cast<std::uint64_t>(20'000'000 + random.below(200'000'000));
        if (i % 7'000 == 0 && i > 0) {
            drift = random.between(-7, 7);
        }
        if (i % 16'000 == 9'000) { // news
            mid += (random.chance(500) ? 1 : -1) * random.between(mid / 400, mid / 150);
        }
        if (i == count * 3 / 10 || i == count * 4 / 5) { // an outage: silence, then a gap
            at += 90'000'000'000;
            mid -= random.between(mid / 500, mid / 250);
        }
        // The market climbs before the crash, so that a trend follower is long when it comes.
        std::int64_t pull = after < 0 && after > -12'000 ? 9 : drift;
        if (crashing) {
            mid -= after == 0 ? mid * 26 / 1000 : (after % 40 == 0 ? mid * 7 / 1000 : 0);
            pull = -300;
        } else if (after >= 240 && after < 2'500) {
            pull = 60;
        }
        const std::int64_t swing = nervous ? 650 : 350;
        mid = std::max<std::int64_t>(mid + pull + random.between(-swing, swing), 1'000'000);
        const std::int64_t half = (40 + random.below(80)) * (crashing ? 8 : 1);
        session.quotes.push_back({at, mid - half, mid + half, 0, 0});
    }
    return session;
}

} // namespace gateway
