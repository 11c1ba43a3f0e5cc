// How long callers wait: open-loop arrivals through the C ABI. latency [--quick] FOLDER.
//
// Arrivals are scheduled beforehand (exponential gaps, fixed seed) and do not wait for the calls
// before them: a call that begins late counts from its scheduled time. latency = end - scheduled;
// service = end - begin. Both contain the two readings of the timer, given as "empty timer".
#include <sys/resource.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "../examples/gateway/latency.hpp"
#include "desk.h"
#include "options.hpp"

namespace {

const char* const kUsage =
    "usage: latency [--quick] FOLDER\n"
    "  --quick  one rate of arrivals for a second (else three, five seconds each)\n"
    "  FOLDER   an existing folder, for latency.csv, curves.csv and batch.csv\n";

using gateway::Histogram;
using gateway::read_ticks;
using gateway::ticks_between;

enum Kind : unsigned { kCheck, kSubmit, kReport, kQuote, kPoll, kKinds };
const char* const kNames[kKinds] = {"check", "submit", "report", "quote", "poll"};

// A cycle: an order from its check to its fill, quotes in between.
const Kind kCycle[] = {kQuote, kCheck,  kSubmit, kPoll, kQuote,  kReport,
                       kQuote, kReport, kQuote,  kPoll, kReport, kQuote};
constexpr std::size_t kSteps = sizeof kCycle / sizeof *kCycle;
constexpr std::uint32_t kLive = 10000, kStops = 10000;

const std::uint64_t kPpm[] = {500000, 900000, 990000, 999000, 999900};

struct Measures {
    Histogram latency[kKinds], service[kKinds];
};

// The desk under load, and the record of the next call: filled in before the clock starts.
class Session {
public:
    Session() {
        desk_size_t size{};
        size.orders = kLive + kStops + 4096;
        size.positions = 16;
        size.triggers = kStops;
        desk_open(&desk_, &size);
        desk_live_orders(&desk_, kLive);
        oms_order_submit_t stop;
        desk_order(&stop);
        stop.side = OMS_SIDE_SELL;
        stop.order_type = OMS_TYPE_STOP;
        stop.price = 0;
        for (std::uint32_t i = 0; i < kStops; ++i) {
            stop.stop_price = DESK_BID / 2 + desk_scatter(i, 400009);
            desk_submit(&desk_, &stop);
            if (i % 64 == 0) desk_poll(&desk_);
        }
        desk_poll(&desk_);
        desk_order(&order_);
        order_.price = DESK_BID + 1;
        OMS_REQUEST_INIT(&quote_, OMS_REQUEST_QUOTE);
        OMS_REQUEST_INIT(&report_, OMS_REQUEST_VENUE_REPORT);
        OMS_REQUEST_INIT(&poll_, OMS_REQUEST_POLL);
        poll_.max_commands = poll_.max_events = 64;
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() { desk_close(&desk_); }

    void prepare(std::uint64_t i) {
        const std::size_t step = i % kSteps;
        const oms_nanos_t now = desk_tick(&desk_);
        order_.header.now = quote_.header.now = report_.header.now = poll_.header.now = now;
        if (step == 1) {
            order_.client_id = ++desk_.number;
            order_.side = order_.side == OMS_SIDE_BUY ? OMS_SIDE_SELL : OMS_SIDE_BUY;
        }
        quote_.bid = DESK_BID + static_cast<oms_ticks_t>(i % 32 < 16 ? i % 32 : 32 - i % 32);
        quote_.ask = quote_.bid + DESK_SPREAD;
        report_.order = order_id_;
        report_.report = step == 5 ? OMS_REPORT_ACK : OMS_REPORT_FILL;
        report_.exec_id = step == 5 ? 0 : ++desk_.number;
        report_.qty = step == 5 ? 0 : 1;
        report_.price = step == 5 ? 0 : DESK_BID + 1;
    }

    void call(Kind kind) {
        switch (kind) {
        case kCheck: failed_ |= oms_order_check(desk_.oms, &order_, &desk_.verdict); break;
        case kSubmit:
            failed_ |= oms_order_submit(desk_.oms, &order_, &desk_.verdict, &order_id_);
            break;
        case kReport: failed_ |= oms_venue_report(desk_.oms, &report_); break;
        case kQuote: failed_ |= oms_quote(desk_.oms, &quote_); break;
        default:
            failed_ |= oms_poll(desk_.oms, &poll_, desk_.commands, desk_.events, &desk_.polled);
        }
    }

    void look() const { desk_need(failed_ == 0 && !desk_.verdict.denied, "a call failed"); }

    desk_t& desk() { return desk_; }

private:
    desk_t desk_;
    oms_order_submit_t order_;
    oms_quote_t quote_;
    oms_venue_report_t report_;
    oms_poll_t poll_;
    oms_id_t order_id_ = 0;
    std::int32_t failed_ = 0;
};

// Gaps between arrivals, in ticks of the timer: exponential, always the same.
class Arrivals {
public:
    explicit Arrivals(double mean) : mean_(mean) {}
    double next() {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        const double uniform = (static_cast<double>(state_ >> 11) + 0.5) / 9007199254740992.0;
        return -std::log(uniform) * mean_;
    }

private:
    double mean_;
    std::uint64_t state_ = 1;
};

// How often another process got the processor in the middle of this one.
long interruptions() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
}

void open_loop(Session& session, double rate, double seconds, double nanos_per_tick,
               Measures& measures) {
    Arrivals arrivals(1e9 / rate / nanos_per_tick);
    const auto count = static_cast<std::uint64_t>(rate * seconds) / kSteps * kSteps;
    std::vector<std::uint64_t> schedule;
    schedule.reserve(count);
    double at = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        at += arrivals.next();
        schedule.push_back(static_cast<std::uint64_t>(at));
    }
    const std::uint64_t base = read_ticks() + 100000;
    for (std::uint64_t i = 0; i < count; ++i) {
        session.prepare(i);
        const Kind kind = kCycle[i % kSteps];
        const std::uint64_t due = base + schedule[i];
        std::uint64_t begin = read_ticks();
        while (begin < due) begin = read_ticks();
        session.call(kind);
        const std::uint64_t end = read_ticks();
        measures.latency[kind].add(ticks_between(due, end));
        measures.service[kind].add(ticks_between(begin, end));
    }
    session.look();
}

struct Report {
    std::FILE* table;
    std::FILE* curves;
    double nanos_per_tick;

    double nanos(std::uint64_t ticks) const {
        return static_cast<double>(ticks) * nanos_per_tick;
    }

    void line(const char* kind, double rate, const char* measure, const Histogram& h,
              long interrupted) const {
        std::printf("%-12s %9.0f %-8s %9llu", kind, rate, measure,
                    static_cast<unsigned long long>(h.count()));
        std::fprintf(table, "%s,%.0f,%s,%llu", kind, rate, measure,
                     static_cast<unsigned long long>(h.count()));
        for (const std::uint64_t ppm : kPpm) {
            std::printf(" %9.0f", nanos(h.quantile(ppm)));
            std::fprintf(table, ",%.0f", nanos(h.quantile(ppm)));
        }
        std::printf(" %10.0f\n", nanos(h.max()));
        std::fprintf(table, ",%.0f,%ld\n", nanos(h.max()), interrupted);
        // Eight points for each further nine.
        for (int i = 0; i <= 40; ++i) {
            const double beyond = std::pow(10.0, -i / 8.0);
            const auto ppm = static_cast<std::uint64_t>(std::llround(1e6 * (1 - beyond)));
            std::fprintf(curves, "%s,%.0f,%s,%.6f,%.0f\n", kind, rate, measure, 1 - beyond,
                         nanos(ppm >= 999990 ? h.max() : h.quantile(ppm)));
        }
    }
};

// One kind of batch: both ways of a block get records that no call has seen.
class Batch {
public:
    Batch(desk_t& desk, std::size_t n) : n_(n), desk_(desk), verdicts_(n), statuses_(n) {}
    virtual ~Batch() = default;
    virtual void fresh() = 0;
    virtual oms_status_t together() = 0;
    virtual oms_status_t alone(std::size_t i) = 0;
    virtual void clean() {}

    // Nanoseconds a record: as a batch, one by one; the medians over the blocks.
    std::pair<double, double> measure(double nanos_per_tick, int blocks) {
        Histogram batch, single;
        for (int block = 0; block < blocks; ++block) {
            fresh();
            const std::uint64_t t0 = read_ticks();
            oms_status_t failed = together();
            const std::uint64_t t1 = read_ticks();
            desk_need(failed == 0 && taken_ == n_, "a batch failed");
            clean();
            fresh();
            const std::uint64_t t2 = read_ticks();
            for (std::size_t i = 0; i < n_; ++i) failed |= alone(i);
            const std::uint64_t t3 = read_ticks();
            desk_need(failed == 0, "a call failed");
            clean();
            batch.add(ticks_between(t0, t1));
            single.add(ticks_between(t2, t3));
        }
        const double each = nanos_per_tick / static_cast<double>(n_);
        return {static_cast<double>(batch.percentile(500)) * each,
                static_cast<double>(single.percentile(500)) * each};
    }

protected:
    std::size_t n_, taken_ = 0;
    desk_t& desk_;
    std::vector<oms_verdict_t> verdicts_;
    std::vector<std::int32_t> statuses_;
};

class Quotes : public Batch {
public:
    Quotes(desk_t& desk, std::size_t n) : Batch(desk, n), records_(n) {
        for (auto& record : records_) OMS_REQUEST_INIT(&record, OMS_REQUEST_QUOTE);
    }
    void fresh() override {
        for (std::size_t i = 0; i < n_; ++i) {
            records_[i].header.now = desk_tick(&desk_);
            records_[i].bid = DESK_BID + static_cast<oms_ticks_t>(i % 2);
            records_[i].ask = records_[i].bid + DESK_SPREAD;
        }
    }
    oms_status_t together() override {
        return oms_quote_batch(desk_.oms, records_.data(), n_, statuses_.data(), &taken_);
    }
    oms_status_t alone(std::size_t i) override { return oms_quote(desk_.oms, &records_[i]); }

private:
    std::vector<oms_quote_t> records_;
};

class Checks : public Batch {
public:
    Checks(desk_t& desk, std::size_t n) : Batch(desk, n), records_(n) {
        for (auto& record : records_) desk_order(&record);
    }
    void fresh() override {
        for (auto& record : records_) {
            record.header.now = desk_tick(&desk_);
            record.client_id = ++desk_.number;
        }
    }
    oms_status_t together() override {
        return oms_order_check_batch(desk_.oms, records_.data(), n_, statuses_.data(),
                                     verdicts_.data(), &taken_);
    }
    oms_status_t alone(std::size_t i) override {
        return oms_order_check(desk_.oms, &records_[i], &verdicts_[i]);
    }

protected:
    std::vector<oms_order_submit_t> records_;
};

class Submits : public Checks {
public:
    Submits(desk_t& desk, std::size_t n) : Checks(desk, n), ids_(n) {}
    oms_status_t together() override {
        return oms_order_submit_batch(desk_.oms, records_.data(), n_, statuses_.data(),
                                      verdicts_.data(), ids_.data(), &taken_);
    }
    oms_status_t alone(std::size_t i) override {
        return oms_order_submit(desk_.oms, &records_[i], &verdicts_[i], &ids_[i]);
    }
    void clean() override {
        for (const oms_id_t id : ids_) desk_cancel(&desk_, id);
        desk_poll(&desk_);
    }

private:
    std::vector<oms_id_t> ids_;
};

// Fills of one order; every other order sells what the last one bought.
class Reports : public Batch {
public:
    Reports(desk_t& desk, std::size_t n) : Batch(desk, n), records_(n) {
        desk_order(&order_);
        order_.qty = static_cast<oms_lots_t>(n);
        order_.price = DESK_BID + 1;
        for (auto& record : records_) {
            OMS_REQUEST_INIT(&record, OMS_REQUEST_VENUE_REPORT);
            record.report = OMS_REPORT_FILL;
            record.qty = 1;
            record.price = DESK_BID + 1;
        }
    }
    void fresh() override {
        desk_submit(&desk_, &order_);
        order_.side = order_.side == OMS_SIDE_BUY ? OMS_SIDE_SELL : OMS_SIDE_BUY;
        desk_poll(&desk_);
        for (auto& record : records_) {
            record.header.now = desk_tick(&desk_);
            record.order = desk_.id;
            record.exec_id = ++desk_.number;
        }
    }
    oms_status_t together() override {
        return oms_venue_report_batch(desk_.oms, records_.data(), n_, statuses_.data(), &taken_);
    }
    oms_status_t alone(std::size_t i) override {
        return oms_venue_report(desk_.oms, &records_[i]);
    }
    void clean() override { desk_poll(&desk_); }

private:
    oms_order_submit_t order_;
    std::vector<oms_venue_report_t> records_;
};

template <typename Kind>
void batches(const char* name, desk_t& desk, double nanos_per_tick, std::FILE* file, int blocks) {
    for (const std::size_t n : {1u, 8u, 64u, 256u}) {
        const auto [batch, single] = Kind(desk, n).measure(nanos_per_tick, blocks);
        std::printf("%-8s %6zu %12.1f %12.1f\n", name, n, batch, single);
        std::fprintf(file, "%s,%zu,%.1f,%.1f\n", name, n, batch, single);
    }
}

} // namespace

int main(int argc, char** argv) {
    const benches::Options options = benches::options(argc, argv, "latency", kUsage);
    if (options.path.empty()) {
        std::fprintf(stderr, "latency: FOLDER is missing\n%s", kUsage);
        return 2;
    }
    const bool quick = options.quick;
    benches::Output table("latency", options.path + "/latency.csv");
    benches::Output curves("latency", options.path + "/curves.csv");
    benches::Output batch("latency", options.path + "/batch.csv");
    const gateway::TickRate clock;
    Session session;
    const Report report{table.file(), curves.file(), clock.nanos_per_tick()};
    std::printf("nanoseconds; %u live orders, %u resting stops; percentiles at most 0.8 %% too "
                "high\n\n",
                kLive, kStops);
    std::printf("%-12s %9s %-8s %9s %9s %9s %9s %9s %9s %10s\n", "call", "rate/s", "", "count",
                "p50", "p90", "p99", "p99.9", "p99.99", "max");
    std::fprintf(report.table, "call,rate,measure,count,p50,p90,p99,p99.9,p99.99,max,"
                               "interrupted\n");
    std::fprintf(report.curves, "call,rate,measure,quantile,ns\n");
    Histogram empty;
    for (int i = 0; i < 1000000; ++i) {
        const std::uint64_t begin = read_ticks();
        empty.add(ticks_between(begin, read_ticks()));
    }
    report.line("empty timer", 0, "service", empty, 0);
    const std::vector<double> rates =
        quick ? std::vector<double>{100000} : std::vector<double>{10000, 100000, 300000};
    {
        Measures warm_up;
        open_loop(session, 100000, 0.2, report.nanos_per_tick, warm_up);
    }
    for (const double rate : rates) {
        Measures measures;
        const long before = interruptions();
        open_loop(session, rate, quick ? 1 : 5, report.nanos_per_tick, measures);
        const long interrupted = interruptions() - before;
        for (unsigned kind = 0; kind < kKinds; ++kind) {
            report.line(kNames[kind], rate, "latency", measures.latency[kind], interrupted);
            report.line(kNames[kind], rate, "service", measures.service[kind], interrupted);
        }
        std::printf("%-12s %9.0f interrupted by other processes %ld times\n", "", rate,
                    interrupted);
    }
    std::printf("\n%-8s %6s %12s %12s\n", "batch of", "n", "batch ns", "single ns");
    std::fprintf(batch.file(), "kind,n,batch,single\n");
    const int blocks = quick ? 200 : 2000;
    batches<Checks>("check", session.desk(), report.nanos_per_tick, batch.file(), blocks);
    batches<Submits>("submit", session.desk(), report.nanos_per_tick, batch.file(), blocks);
    batches<Reports>("report", session.desk(), report.nanos_per_tick, batch.file(), blocks);
    batches<Quotes>("quote", session.desk(), report.nanos_per_tick, batch.file(), blocks);
    table.close();
    curves.close();
    batch.close();
    return 0;
}
