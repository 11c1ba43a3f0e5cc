#include "text.hpp"

#include <cstdarg>
#include <cstdio>
#include <vector>

namespace gateway {

namespace {

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

std::string grouped_magnitude(std::uint64_t value) {
    std::string digits = std::to_string(value);
    for (std::size_t i = digits.size(); i > 3;) {
        i -= 3;
        digits.insert(i, ",");
    }
    return digits;
}

struct Date {
    std::int64_t year;
    unsigned month;
    unsigned day;
};

/// Days since 1970-01-01 to a date of the Gregorian calendar. The year begins in March here, so
/// that the leap day is its last.
Date civil(std::int64_t days) {
    days += 719'468;
    const std::int64_t era = days / 146'097;
    const std::int64_t of_era = days % 146'097;
    const std::int64_t year =
        (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const std::int64_t month = (5 * of_year + 2) / 153;
    const auto day = static_cast<unsigned>(of_year - (153 * month + 2) / 5 + 1);
    const auto number = static_cast<unsigned>(month < 10 ? month + 3 : month - 9);
    return {year + era * 400 + (number <= 2 ? 1 : 0), number, day};
}

} // namespace

std::string format(const char* pattern, ...) {
    std::va_list arguments;
    va_start(arguments, pattern);
    std::va_list again;
    va_copy(again, arguments);
    const int length = std::vsnprintf(nullptr, 0, pattern, arguments);
    va_end(arguments);
    std::vector<char> buffer(static_cast<std::size_t>(length < 0 ? 0 : length) + 1);
    std::vsnprintf(buffer.data(), buffer.size(), pattern, again);
    va_end(again);
    return std::string(buffer.data());
}

std::int64_t pow10(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) {
        power *= 10;
    }
    return power;
}

std::string grouped(std::int64_t value) {
    return (value < 0 ? "-" : "") + grouped_magnitude(magnitude(value));
}

std::string money(std::int64_t units) {
    const std::uint64_t hundredths = (magnitude(units) + kMoney / 200) / (kMoney / 100);
    const bool negative = units < 0 && hundredths > 0;
    return (negative ? "-" : "") + grouped_magnitude(hundredths / 100) +
           format(".%02u", static_cast<unsigned>(hundredths % 100));
}

std::string cash(std::int64_t units) { return money(units) + " USD"; }

std::string scaled(std::int64_t count, const oms_decimal_t& unit) {
    const std::uint64_t value = magnitude(count) * static_cast<std::uint64_t>(unit.mantissa);
    const std::string sign = count < 0 ? "-" : "";
    if (unit.exponent >= 0) {
        return sign + std::to_string(value * static_cast<std::uint64_t>(pow10(unit.exponent)));
    }
    const auto one = static_cast<std::uint64_t>(pow10(-unit.exponent));
    std::string digits = std::to_string(value % one);
    digits.insert(0, static_cast<std::size_t>(-unit.exponent) - digits.size(), '0');
    return sign + std::to_string(value / one) + "." + digits;
}

std::string time_of_day(std::uint64_t nanos) {
    const auto second = static_cast<unsigned>(nanos / 1'000'000'000 % 86'400);
    return format("%02u:%02u:%02u", second / 3600, second / 60 % 60, second % 60);
}

std::string utc(std::uint64_t nanos) {
    const Date date = civil(static_cast<std::int64_t>(nanos / 1'000'000'000 / 86'400));
    const auto milli = static_cast<unsigned>(nanos / 1'000'000 % 1000);
    return format("%04d-%02u-%02u ", static_cast<int>(date.year), date.month, date.day) +
           time_of_day(nanos) + format(".%03u", milli);
}

std::string duration(std::uint64_t nanos) {
    const std::uint64_t seconds = nanos / 1'000'000'000;
    if (seconds < 3600) {
        return tenths(static_cast<std::int64_t>(nanos / 1'000'000), 1000) + " s";
    }
    return std::to_string(seconds / 3600) + " h " + std::to_string(seconds / 60 % 60) + " min";
}

std::string tenths(std::int64_t value, std::int64_t scale) {
    if (scale <= 0) {
        return "-";
    }
    const auto base = static_cast<std::uint64_t>(scale);
    const std::uint64_t rounded = (magnitude(value) * 10 + base / 2) / base;
    return (value < 0 && rounded > 0 ? "-" : "") + grouped_magnitude(rounded / 10) + "." +
           std::to_string(rounded % 10);
}

std::string quantity(std::int64_t value, std::uint8_t unit) {
    switch (unit) {
    case OMS_UNIT_LOTS:
        return grouped(value) + " lots";
    case OMS_UNIT_TICKS:
        return grouped(value) + " ticks";
    case OMS_UNIT_MONEY:
        return cash(value);
    case OMS_UNIT_NANOS:
        return duration(magnitude(value));
    case OMS_UNIT_RATIO: {
        // Thousandths of a percent: 10^9 is 100 %.
        const std::uint64_t share = (magnitude(value) + 5'000) / 10'000;
        return format("%s%u.%03u %%", value < 0 ? "-" : "", static_cast<unsigned>(share / 1000),
                      static_cast<unsigned>(share % 1000));
    }
    case OMS_UNIT_COUNT:
        return grouped(value);
    default:
        return "-";
    }
}

} // namespace gateway
