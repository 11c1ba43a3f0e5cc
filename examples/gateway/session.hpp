// A trading session's quotes: read from a file, or made up from a seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oms.h"

namespace gateway {

struct Quote {
    std::uint64_t at;     ///< nanoseconds since 1970
    std::int64_t bid;     ///< ticks
    std::int64_t ask;     ///< ticks
    std::int64_t bid_qty; ///< lots; 0 when unknown
    std::int64_t ask_qty; ///< lots; 0 when unknown

    std::int64_t mid() const noexcept { return bid + (ask - bid) / 2; }
};

struct Session {
    std::string source;      ///< file name, or how it was made
    std::string symbol;      ///< name of the instrument
    oms_decimal_t tick_size; ///< quote currency
    oms_decimal_t lot_size;  ///< units of the instrument
    std::string sizes;       ///< where the two come from
    std::vector<Quote> quotes;
    std::uint64_t crossed = 0; ///< rows left out because the bid was above the ask
};

/// Reads `timestamp_ns,bid_ticks,ask_ticks[,bid_lots,ask_lots]`, at most `rows` quotes (0: all). A
/// first line that begins with a letter must be this header; further columns are not read. A name
/// that ends in .gz goes through gzip. A JSON file of the same name gives tick_size and lot_size.
/// False: `error` says what is wrong and what to do.
bool load_session(const std::string& path, std::uint64_t rows, Session& session,
                  std::string& error);

/// A session of its own: trends, gaps, two outages and a crash at 55 % of it.
Session generate_session(std::uint64_t seed, std::uint64_t rows);

} // namespace gateway
