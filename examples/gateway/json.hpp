// The members of a JSON object: enough for the record that lies beside a file of quotes.
#pragma once

#include <string>
#include <vector>

namespace gateway {

struct Member {
    std::string key;
    std::string value; ///< of a string its text, escapes left as they are; else as it is written
    bool text;         ///< whether it stands in quotes
};

/// Reads a whole text that is one JSON object. Objects and arrays inside are checked, their
/// members are not kept. False: `error` says at which line it is no such object.
bool read_json(const std::string& text, std::vector<Member>& members, std::string& error);

} // namespace gateway
