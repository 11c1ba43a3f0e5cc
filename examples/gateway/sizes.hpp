// What a tick and a lot are: from the JSON record beside a file of quotes.
#pragma once

#include <string>

#include "session.hpp"

namespace gateway {

/// Fills in tick_size, lot_size and where they come from, for quotes read from `path`. Without a
/// record they are 0.01 and 0.001; one that is there must be sound and give tick_size. False:
/// `error` says what is wrong.
bool read_sizes(const std::string& path, Session& session, std::string& error);

} // namespace gateway
