#include "session.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>

#include <sys/wait.h>

#include "random.hpp"
#include "sizes.hpp"
#include "text.hpp"

namespace gateway {

namespace {

// The largest in a file. The strategy keeps averages of prices in 1/65536 of a tick.
constexpr std::int64_t kTime = std::numeric_limits<std::int64_t>::max(); // nanoseconds
constexpr std::int64_t kPrice = std::int64_t{1} << 44;                   // ticks
constexpr std::int64_t kQuantity = std::int64_t{1} << 53;                // lots

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

    /// Why not all of the file can be read; empty when it can. A row that makes no sense may be
    /// the end of a damaged .gz: what follows it is unpacked too.
    std::string fault() {
        char buffer[4096];
        while (piped_ && std::fread(buffer, 1, sizeof buffer, file_) > 0) {
        }
        const std::string why = std::ferror(file_) != 0 ? std::strerror(errno) : "";
        const int result = close();
        if (!piped_ || result == 0) {
            return why;
        }
        return WIFEXITED(result) && WEXITSTATUS(result) == 127
                   ? "gzip is not installed: unpack it elsewhere"
                   : "is damaged or no gzip file: gzip could not unpack all of it";
    }

private:
    int close() {
        int result = 0;
        if (file_ != nullptr) {
            result = piped_ ? pclose(file_) : std::fclose(file_);
        }
        file_ = nullptr;
        return result;
    }

    std::FILE* file_ = nullptr;
    bool piped_;
};

const char* const kColumns[] = {"timestamp_ns", "bid_ticks", "ask_ticks", "bid_lots", "ask_lots"};

/// Parses one row. False: `error` names the column, its text and what belongs there.
bool parse_row(const std::string& line, Quote& quote, std::string& error) {
    std::int64_t values[5] = {0, 0, 0, 0, 0};
    const char* at = line.data();
    const char* const end = at + line.size();
    for (int column = 0; column < 5; ++column) {
        const auto [rest, problem] = std::from_chars(at, end, values[column]);
        const std::int64_t least = column < 3 ? 1 : 0;
        const std::int64_t most = column == 0 ? kTime : column < 3 ? kPrice : kQuantity;
        if (problem != std::errc() || (rest != end && *rest != ',') || values[column] < least ||
            values[column] > most) {
            error = format("%s is \"%s\": a whole number from %lld to %lld belongs there",
                           kColumns[column], std::string(at, std::find(at, end, ',')).c_str(),
                           static_cast<long long>(least), static_cast<long long>(most));
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

/// Whether a first line names the columns that rows have; those behind them are not looked at.
bool is_header(const std::string& line) {
    std::size_t at = 0;
    int column = 0;
    while (column < 5 && at <= line.size()) {
        const std::size_t end = std::min(line.find(',', at), line.size());
        if (line.compare(at, end - at, kColumns[column]) != 0) {
            return false;
        }
        at = end + 1;
        ++column;
    }
    return column >= 3;
}

/// Takes the rows in. `number`: of the last line read. False: `error` says what is wrong with it.
bool read_rows(Lines& lines, std::uint64_t rows, Session& session, std::uint64_t& number,
               std::string& error) {
    std::string line;
    std::uint64_t last = 0;
    while ((rows == 0 || session.quotes.size() < rows) && lines.next(line)) {
        ++number;
        if (number == 1 && line.compare(0, 3, "\xEF\xBB\xBF") == 0) { // a byte order mark
            line.erase(0, 3);
        }
        const auto begin = static_cast<unsigned char>(line.empty() ? 0 : line[0]);
        if (number == 1 && std::isalpha(begin) != 0) {
            if (!is_header(line)) {
                error = "\"" + line.substr(0, 80) + "\" is neither a row nor the header "
                        "timestamp_ns,bid_ticks,ask_ticks[,bid_lots,ask_lots]";
                return false;
            }
            continue;
        }
        if (line.empty()) {
            continue;
        }
        Quote quote{};
        if (!parse_row(line, quote, error)) {
            return false;
        }
        if (quote.at < last) {
            error = "timestamp_ns " + std::to_string(quote.at) + " is before the previous row's " +
                    std::to_string(last) + "; sort the rows: sort -t, -k1,1n";
            return false;
        }
        last = quote.at;
        if (quote.bid > quote.ask) {
            ++session.crossed;
        } else {
            session.quotes.push_back(quote);
        }
    }
    return true;
}

} // namespace

bool load_session(const std::string& path, std::uint64_t rows, Session& session,
                  std::string& error) {
    std::error_code unknown;
    const bool folder = std::filesystem::is_directory(path, unknown);
    Lines lines(path);
    if (folder || !lines.is_open()) {
        error = path + ": " + (folder ? "is a directory" : std::strerror(errno)) +
                "; give --quotes a .csv or .csv.gz file, or leave it out for a generated session";
        return false;
    }
    std::uint64_t number = 0;
    std::string problem;
    const bool good = read_rows(lines, rows, session, number, problem);
    // Who asked for some of the rows does not wait for the others.
    const bool stopped = good && rows != 0 && session.quotes.size() == rows;
    const std::string fault = stopped ? std::string() : lines.fault();
    if (!good || !fault.empty()) {
        error = path + ":" + std::to_string(number) + ": " + (fault.empty() ? problem : fault);
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
    session.sizes = "of the generated session";
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
