#include "chart.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "text.hpp"

namespace gateway {

namespace {

constexpr double kLeft = 96;
constexpr double kRight = 1172;
constexpr const char* kEquity = "#1f5fa8";
constexpr const char* kPrice = "#8a8f98";
constexpr const char* kStop = "#c62828";
constexpr const char* kTarget = "#2e7d32";
constexpr const char* kTrip = "#e65100";
constexpr const char* kReset = "#00838f";
constexpr const char* kOdd = "#6a1b9a";

/// One panel: a line, its axis, and where a time and a value lie on it.
class Panel {
public:
    Panel(const Curve& curve, double top, double bottom, std::uint64_t first, std::uint64_t last)
        : points_(curve.points()), top_(top), bottom_(bottom), first_(first),
          span_(last > first ? last - first : 1) {
        low_ = high_ = points_.empty() ? 0 : points_.front().value;
        for (const Curve::Point& point : points_) {
            low_ = std::min(low_, point.value);
            high_ = std::max(high_, point.value);
        }
        const std::int64_t margin = std::max<std::int64_t>((high_ - low_) / 16, 1);
        low_ -= margin;
        high_ += margin;
    }

    double x(std::uint64_t at) const {
        const std::uint64_t past = at > first_ ? std::min(at - first_, span_) : 0;
        return kLeft + (kRight - kLeft) * static_cast<double>(past) / static_cast<double>(span_);
    }
    double y(std::int64_t value) const {
        return bottom_ - (bottom_ - top_) * static_cast<double>(value - low_) /
                             static_cast<double>(high_ - low_);
    }
    /// The value of the line at a time: that of the last point before it.
    std::int64_t value_at(std::uint64_t at) const {
        std::int64_t value = points_.empty() ? 0 : points_.front().value;
        for (const Curve::Point& point : points_) {
            if (point.at > at) {
                break;
            }
            value = point.value;
        }
        return value;
    }

    template <class Label> std::string axis(std::int64_t unit, Label label) const {
        const std::int64_t step = round_step((high_ - low_) / 5, unit);
        std::string svg;
        std::int64_t value = low_ / step * step;
        for (value += value < low_ ? step : 0; value <= high_; value += step) {
            svg += format("<line x1='%.0f' y1='%.1f' x2='%.0f' y2='%.1f' class='grid'/>"
                          "<text x='%.0f' y='%.1f' text-anchor='end'>%s</text>\n",
                          kLeft, y(value), kRight, y(value), kLeft - 8, y(value) + 4,
                          label(value).c_str());
        }
        svg += format("<rect x='%.0f' y='%.0f' width='%.0f' height='%.0f' class='frame'/>\n", kLeft,
                      top_, kRight - kLeft, bottom_ - top_);
        return svg;
    }

    std::string line(const char* colour, double width) const {
        std::string svg = format("<polyline fill='none' stroke='%s' stroke-width='%.1f' "
                                 "stroke-linejoin='round' points='", colour, width);
        for (const Curve::Point& point : points_) {
            svg += format("%.1f,%.1f ", x(point.at), y(point.value));
        }
        return svg + "'/>\n";
    }

private:
    /// 1, 2 or 5 times a power of ten of the unit.
    static std::int64_t round_step(std::int64_t about, std::int64_t unit) {
        for (std::int64_t power = unit;; power *= 10) {
            for (const std::int64_t digit : {1, 2, 5}) {
                if (digit * power >= about) {
                    return digit * power;
                }
            }
        }
    }

    std::vector<Curve::Point> points_;
    double top_;
    double bottom_;
    std::uint64_t first_;
    std::uint64_t span_;
    std::int64_t low_ = 0;
    std::int64_t high_ = 0;
};

/// A triangle, tip down or up, with a white rim so that it stands out from the line.
std::string mark(double x, double y, bool down, const char* colour) {
    const double s = down ? -1 : 1;
    return format("<path d='M%.1f %.1f l5 %.0f h-10 z' fill='%s' stroke='#fff' "
                  "stroke-width='0.8'/>\n", x, y + s * 2, s * 9, colour);
}

std::string text(double x, double y, const char* attributes, const std::string& what) {
    return format("<text x='%.1f' y='%.1f' %s>", x, y, attributes) + what + "</text>\n";
}

std::string time_axis(const Panel& panel, std::uint64_t first, std::uint64_t last) {
    static const std::uint64_t seconds[] = {1,    5,    10,   30,    60,    120,   300,    600,
                                            1800, 3600, 7200, 14400, 21600, 43200, 86400};
    std::uint64_t step = 86'400'000'000'000;
    for (const std::uint64_t second : seconds) {
        if ((last - first) / 10 <= second * 1'000'000'000) {
            step = second * 1'000'000'000;
            break;
        }
    }
    std::string svg;
    std::uint64_t at = (first / step + 1) * step;
    for (int ticks = 0; at <= last && ticks < 40; at += step, ++ticks) {
        const std::string time = time_of_day(at);
        svg += format("<line x1='%.1f' y1='64' x2='%.1f' y2='640' class='grid'/>\n", panel.x(at),
                      panel.x(at));
        svg += text(panel.x(at), 656, "text-anchor='middle'",
                    step % 60'000'000'000 == 0 ? time.substr(0, 5) : time);
    }
    return svg;
}

/// A strip of ticks: when the venue played something odd.
std::string oddities(const Panel& panel, const Blotter& blotter) {
    std::string path;
    double drawn = -1;
    for (const Oddity& oddity : blotter.oddities) {
        const double x = panel.x(oddity.at);
        if (x - drawn >= 0.5) { // closer ones would lie on each other
            path += format("M%.1f 631v9", x);
            drawn = x;
        }
    }
    return "<path d='" + path + "' stroke='" + kOdd + "' stroke-width='0.8' opacity='0.7'/>\n";
}

std::string legend(const Blotter& blotter) {
    std::uint64_t stops = 0;
    for (const Fired& fired : blotter.fired()) {
        stops += fired.kind != OMS_TRIGGER_TAKE_PROFIT ? 1 : 0;
    }
    const std::uint64_t targets = blotter.fired().size() - stops;
    double x = kLeft;
    std::string svg;
    const auto entry = [&](const std::string& symbol, const std::string& name, double width) {
        svg += symbol + text(x + 22, 688, "", name);
        x += width;
    };
    const auto dash = [&](const char* colour, const char* more) {
        return format("<line x1='%.0f' y1='684' x2='%.0f' y2='684' stroke='%s' stroke-width='2' "
                      "%s/>", x, x + 16, colour, more);
    };
    entry(dash(kEquity, ""), "equity", 100);
    entry(dash(kPrice, ""), "mid price", 120);
    entry(mark(x + 8, 688, true, kStop), format("stop fired (%u)", static_cast<unsigned>(stops)),
          160);
    entry(mark(x + 8, 680, false, kTarget),
          format("target fired (%u)", static_cast<unsigned>(targets)), 170);
    entry(dash(kTrip, ""),
          format("breaker tripped (%u)", static_cast<unsigned>(blotter.drills().size())), 190);
    entry(dash(kReset, "stroke-dasharray='4 3'"), "reset by hand", 130);
    entry(dash(kOdd, "stroke-dasharray='1 3'"), "the venue errs", 120);
    return svg;
}

} // namespace

void Curve::add(std::uint64_t at, std::int64_t value) {
    const std::uint64_t past = at > first_ ? std::min(at - first_, span_) : 0;
    const double share = static_cast<double>(past) / static_cast<double>(span_);
    Slot& slot = slots_[static_cast<std::size_t>(share * static_cast<double>(kSlots))];
    if (!slot.used || value < slot.low.value) {
        slot.low = {at, value};
    }
    if (!slot.used || value > slot.high.value) {
        slot.high = {at, value};
    }
    slot.used = true;
}

std::vector<Curve::Point> Curve::points() const {
    std::vector<Point> points;
    for (const Slot& slot : slots_) {
        if (slot.used) {
            const bool falls = slot.high.at < slot.low.at;
            points.push_back(falls ? slot.high : slot.low);
            points.push_back(falls ? slot.low : slot.high);
        }
    }
    return points;
}

bool write_chart(const std::string& path, const Session& session, const Curve& equity,
                 const Curve& price, const Blotter& blotter, std::string& error) {
    const std::uint64_t first = session.quotes.front().at;
    const std::uint64_t last = session.quotes.back().at;
    const Panel money_panel(equity, 64, 440, first, last);
    const Panel price_panel(price, 470, 640, first, last);
    std::string svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='700' viewBox='0 0 1200 700' "
        "font-family='Helvetica, Arial, sans-serif' font-size='12' fill='#333'>\n"
        "<style>.grid{stroke:#e6e8eb;stroke-width:1}"
        ".frame{fill:none;stroke:#b5bac2;stroke-width:1}</style>\n"
        "<rect width='1200' height='700' fill='#fff'/>\n";
    svg += text(kLeft, 30, "font-size='18' font-weight='bold' fill='#111'",
                session.symbol + ": equity of the session");
    svg += text(kLeft, 50, "fill='#666'", utc(first).substr(0, 19) + " to " +
                utc(last).substr(0, 19) + " UTC, " +
                grouped(static_cast<std::int64_t>(session.quotes.size())) + " quotes");
    svg += time_axis(money_panel, first, last);
    svg += money_panel.axis(kMoney, [](std::int64_t v) { return grouped(v / kMoney); });
    svg += price_panel.axis(1, [&](std::int64_t v) { return scaled(v, session.tick_size); });
    svg += text(kRight - 6, 80, "text-anchor='end' fill='#666'", "equity, USD");
    svg += text(kRight - 6, 486, "text-anchor='end' fill='#666'", "mid price");
    double labelled = -100; // labels of trips close together would lie on each other
    for (const Drill& drill : blotter.drills()) {
        const double x = money_panel.x(drill.tripped_at);
        svg += format("<line x1='%.1f' y1='64' x2='%.1f' y2='640' stroke='%s' "
                      "stroke-width='1.5'/>\n", x, x, kTrip);
        if (x - labelled > 60) {
            svg += text(x + 4, 434, format("fill='%s' font-size='11'", kTrip).c_str(), "tripped");
            labelled = x;
        }
        if (drill.reset_at != 0) {
            const double reset = money_panel.x(drill.reset_at);
            svg += format("<line x1='%.1f' y1='64' x2='%.1f' y2='640' stroke='%s' "
                          "stroke-width='1.5' stroke-dasharray='4 3'/>\n", reset, reset, kReset);
        }
    }
    svg += oddities(price_panel, blotter);
    svg += price_panel.line(kPrice, 1.0);
    svg += money_panel.line(kEquity, 1.6);
    for (const Fired& fired : blotter.fired()) {
        const bool stop = fired.kind != OMS_TRIGGER_TAKE_PROFIT;
        const double x = money_panel.x(fired.at);
        const double y = money_panel.y(money_panel.value_at(fired.at));
        svg += mark(x, y, stop, stop ? kStop : kTarget);
        svg += mark(x, price_panel.y(fired.seen), stop, stop ? kStop : kTarget);
    }
    svg += legend(blotter) + "</svg>\n";
    std::FILE* file = std::fopen(path.c_str(), "wb");
    const bool written = file != nullptr && std::fputs(svg.c_str(), file) >= 0;
    const bool closed = file != nullptr && std::fclose(file) == 0;
    if (!written || !closed) {
        error = path + ": " + std::strerror(errno) + "; give --svg a file name in a directory "
                "that exists and can be written";
        return false;
    }
    return true;
}

} // namespace gateway
