// The session as a picture: equity and price over time, as SVG.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "blotter.hpp"
#include "session.hpp"

namespace gateway {

/// A line over time that keeps the lowest and highest value of each of its slots, so that no
/// extreme is lost however long the session is.
class Curve {
public:
    static constexpr std::size_t kSlots = 750;

    Curve(std::uint64_t first, std::uint64_t last)
        : first_(first), span_(last > first ? last - first : 1), slots_(kSlots + 1) {}

    void add(std::uint64_t at, std::int64_t value);

    struct Point {
        std::uint64_t at;
        std::int64_t value;
    };
    std::vector<Point> points() const;

private:
    struct Slot {
        bool used = false;
        Point low{};
        Point high{};
    };
    std::uint64_t first_;
    std::uint64_t span_;
    std::vector<Slot> slots_;
};

/// Writes the chart. False: `error` says why it could not be written.
bool write_chart(const std::string& path, const Session& session, const Curve& equity,
                 const Curve& price, const Blotter& blotter, std::string& error);

} // namespace gateway
