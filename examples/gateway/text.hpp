// Numbers as people read them: money, prices, times, limits. Integers all the way.
#pragma once

#include <cstdint>
#include <string>

#include "oms.h"

namespace gateway {

/// Money is kept in millionths of the currency: OMS's default, money_exp = -6.
constexpr std::int64_t kMoney = 1'000'000;

/// 10^exponent, exponent 0 to 18.
std::int64_t pow10(int exponent);

/// 1234567 -> "1,234,567".
std::string grouped(std::int64_t value);

/// Money units -> "-1,234.57", rounded to the nearest hundredth.
std::string money(std::int64_t units);

/// The same with the currency.
std::string cash(std::int64_t units);

/// A price or size: count × unit, all digits of the unit.
std::string scaled(std::int64_t count, const oms_decimal_t& unit);

/// Nanoseconds since 1970 -> "2024-05-06 08:00:00.123" (UTC).
std::string utc(std::uint64_t nanos);

/// The same, time of day only: "08:00:00".
std::string time_of_day(std::uint64_t nanos);

/// Nanoseconds -> "6 h 40 min" or "344.4 s".
std::string duration(std::uint64_t nanos);

/// A limit or observed value by its OMS_UNIT_*.
std::string quantity(std::int64_t value, std::uint8_t unit);

/// value / scale with one digit after the point, rounded half away from zero.
std::string tenths(std::int64_t value, std::int64_t scale);

/// printf into a string.
std::string format(const char* pattern, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;

} // namespace gateway
