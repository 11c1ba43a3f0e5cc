#include "sizes.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

#include "json.hpp"
#include "text.hpp"

namespace gateway {

namespace {

constexpr int kDigits = 9;    // of a size, zeros at either end not counted
constexpr int kDecimals = 12; // after its point
constexpr int kWhole = 7;     // before its point

enum class Decimal { kGood, kMalformed, kBeyond };

/// "0.00001" or "1e-5" -> 1 × 10^-5.
Decimal parse_decimal(const std::string& text, oms_decimal_t& out) {
    const std::size_t power_at = std::min(text.find_first_of("eE"), text.size());
    std::string digits;
    int exponent = 0;
    bool point = false;
    for (std::size_t i = 0; i < power_at; ++i) {
        if (text[i] == '.' && !point) {
            point = true;
        } else if (text[i] >= '0' && text[i] <= '9') {
            digits += text[i];
            exponent -= point ? 1 : 0;
        } else {
            return Decimal::kMalformed;
        }
    }
    if (power_at < text.size()) {
        std::size_t i = power_at + 1;
        const bool negative = i < text.size() && text[i] == '-';
        i += i < text.size() && (text[i] == '-' || text[i] == '+') ? 1 : 0;
        if (i == text.size() || text.find_first_not_of("0123456789", i) != std::string::npos) {
            return Decimal::kMalformed;
        }
        int power = 0;
        for (; i < text.size(); ++i) {
            power = std::min(power * 10 + (text[i] - '0'), 100'000);
        }
        exponent += negative ? -power : power;
    }
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.empty()) { // none, or nothing but zeros
        return Decimal::kMalformed;
    }
    for (; digits.back() == '0'; digits.pop_back()) {
        ++exponent;
    }
    const int count = static_cast<int>(digits.size());
    if (count > kDigits || exponent < -kDecimals || exponent + count > kWhole) {
        return Decimal::kBeyond;
    }
    out = {std::stoll(digits) * pow10(std::max(exponent, 0)), std::min(exponent, 0), 0};
    return Decimal::kGood;
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

/// The whole of a small file. False: errno says why.
bool read_file(const std::string& path, std::string& text) {
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) {
        return false;
    }
    char buffer[4096];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
        text.append(buffer, n);
    }
    const int problem = std::ferror(file) != 0 ? errno : 0;
    std::fclose(file);
    errno = problem;
    return problem == 0;
}

/// A size by its name; null is as good as none. False: `error` says what is wrong with it.
bool find_size(const std::vector<Member>& members, const char* name, oms_decimal_t& size,
               bool& found, std::string& error) {
    found = false;
    for (const Member& member : members) {
        if (member.key != name || (!member.text && member.value == "null")) {
            continue;
        }
        const Decimal result = parse_decimal(member.value, size);
        const std::string what = std::string(name) + " \"" + member.value + "\"";
        if (found) {
            error = std::string(name) + " is there twice";
            return false;
        }
        if (result == Decimal::kMalformed) {
            error = what + " is not a positive decimal like 0.01";
            return false;
        }
        if (result == Decimal::kBeyond) {
            error = what + format(" is beyond this gateway: less than %lld, at most %d digits, at "
                                  "most %d after the point",
                                  static_cast<long long>(pow10(kWhole)), kDigits, kDecimals);
            return false;
        }
        found = true;
    }
    return true;
}

} // namespace

bool read_sizes(const std::string& path, Session& session, std::string& error) {
    std::string base = path;
    for (const char* end : {".gz", ".csv"}) {
        const std::size_t length = std::strlen(end);
        if (base.size() >= length && base.compare(base.size() - length, length, end) == 0) {
            base.resize(base.size() - length);
        }
    }
    base += ".json";
    session.tick_size = {1, -2, 0};
    session.lot_size = {1, -3, 0};
    std::string json;
    if (!read_file(base, json)) {
        if (errno == ENOENT) {
            session.sizes = "assumed: there is no " + base;
            return true;
        }
        error = base + ": " + std::strerror(errno);
        return false;
    }
    std::vector<Member> members;
    bool tick = false;
    bool lot = false;
    std::string problem;
    if (!read_json(json, members, problem) ||
        !find_size(members, "tick_size", session.tick_size, tick, problem) ||
        !find_size(members, "lot_size", session.lot_size, lot, problem)) {
        error = base + ": " + problem;
        return false;
    }
    if (!tick) {
        error = base + ": tick_size is missing: \"tick_size\": \"0.01\" belongs there, or no file";
        return false;
    }
    std::int64_t highest = 0;
    for (const Quote& quote : session.quotes) {
        highest = std::max(highest, quote.ask);
    }
    if (highest > INT64_MAX / session.tick_size.mantissa) {
        error = format("%s: tick_size times the highest price, %lld ticks, is beyond 64 bits",
                       base.c_str(), static_cast<long long>(highest));
        return false;
    }
    session.sizes = "from " + base;
    if (!lot) { // an instrument without a lot of its own
        session.lot_size = lot_for(session.quotes.front().mid(), session.tick_size);
        session.sizes += ", which gives no lot_size: chosen after the price";
    }
    return true;
}

} // namespace gateway
