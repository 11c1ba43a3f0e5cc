// The engine as the gateway uses it: one method a door, each timed and each status looked at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "latency.hpp"
#include "oms.h"
#include "session.hpp"

namespace gateway {

/// What is timed. The first row is two readings of the clock with nothing between.
enum class Call : std::size_t {
    kEmpty,
    kQuote,
    kDrain,
    kTimer,
    kPoll,
    kReport,
    kCheck,
    kSubmit,
    kCancel,
    kReplace,
    kExtend,
    kArm,
    kMove,
    kDisarm,
    kClose,
    kControl,
    kKill,
    kAccountGet,
    kOrderGet,
    kPositionNet,
    kTriggerGet,
    kCount,
};

const char* call_name(Call call);

/// What the desk may do, in lots and money of this instrument.
struct Mandate {
    std::int64_t balance = 100'000;           ///< starting balance, currency
    std::int64_t position_value = 150'000;    ///< size of one position, currency
    std::int64_t position_lots = 0;           ///< the same in lots: Core::open computes it
};

/// The scopes of the firm, by the numbers that oms_scope_define gave them:
///
///     firm             the root: it is there without being defined
///       house          the firm's own account
///         trend        the trend follower
///       clients        an account of others
///         basis        their strategies
///         maker
struct Scopes {
    std::uint32_t firm = 0;
    std::uint32_t house = 0;
    std::uint32_t trend = 0;
    std::uint32_t clients = 0;
    std::uint32_t basis = 0;
    std::uint32_t maker = 0;
};

struct Answer;

class Core {
public:
    /// How often an order that could not be sent is tried again.
    static constexpr std::uint32_t kRetries = 3;

    /// Lends memory to an engine; defines the scopes, the symbol and two more, for the rehearsal
    /// and for the tour of the controls, with their limits.
    bool open(const Session& session, const Mandate& mandate);

    /// The caller's clock for the calls that follow.
    void at(std::uint64_t now) noexcept { now_ = now; }
    std::uint64_t now() const noexcept { return now_; }
    std::uint32_t symbol() const noexcept { return symbol_; }
    std::uint32_t rehearsal() const noexcept { return rehearsal_; }
    std::uint32_t tour() const noexcept { return tour_; }
    const Scopes& scopes() const noexcept { return scopes_; }
    /// A tenth of an order of the rehearsal.
    std::int64_t rehearsal_lots() const noexcept { return rehearsal_lots_; }
    const Mandate& mandate() const noexcept { return mandate_; }
    std::uint64_t next_id() noexcept { return ++ids_; }

    // The doors. Negative statuses that a correct gateway never sees count as faults.
    void quote(const Quote& quote);
    void timer();
    bool poll(oms_command_t* commands, std::uint32_t max_commands, oms_event_t* events,
              std::uint32_t max_events, oms_polled_t& polled);
    /// An error is a fault unless it is what the documentation says of this play.
    std::int32_t report(const oms_venue_report_t& report, const Answer& expected);
    bool check(const oms_order_submit_t& order, oms_verdict_t& verdict);
    std::int32_t submit(const oms_order_submit_t& order, oms_verdict_t& verdict, oms_id_t& id);
    bool cancel(oms_id_t order);
    bool replace(oms_id_t order, std::int64_t qty, std::int64_t price, oms_verdict_t& verdict);
    bool extend(oms_id_t order, std::uint64_t timeout_at);
    oms_id_t arm(oms_id_t position, std::uint8_t kind, std::int64_t level);
    bool move(oms_id_t trigger, std::int64_t level);
    bool disarm(oms_id_t trigger);
    bool close(oms_id_t position);
    void control(std::uint32_t action, std::int64_t value, std::uint32_t scope = 0);
    void kill();

    // Limits. What the mandate says of a symbol, for all or in one scope, and of a scope: a record
    // to change and to set.
    oms_limits_set_t symbol_limits(std::uint32_t symbol, std::uint32_t scope) const;
    oms_scope_limits_set_t scope_limits(std::uint32_t scope) const;
    void set(const oms_limits_set_t& limits) { send("oms_limits_set", oms_limits_set, limits); }
    void set(const oms_scope_limits_set_t& limits) {
        send("oms_scope_limits_set", oms_scope_limits_set, limits);
    }
    /// Hands a record to a door that answers with a code alone: core.send("oms_phase_set",
    /// oms_phase_set, record).
    template <class Record>
    bool send(const char* name, std::int32_t (*door)(oms_t*, const Record*), Record record) {
        record.header.now = now_;
        return expect(name, door(oms_, &record));
    }
    /// An empty record of a kind.
    template <class Record> Record request(std::uint32_t kind) {
        Record record;
        expect("oms_request_init", OMS_REQUEST_INIT(&record, kind));
        record.header.now = now_;
        return record;
    }
    /// A scope is closed to orders, or open to them again.
    void disable(std::uint32_t scope, bool disabled);

    // Reads. False: there is no such thing (any more).
    oms_account_t account();
    bool order(oms_id_t id, oms_order_t& out);
    bool next_order(oms_id_t after, oms_order_t& out);
    /// The trend follower's position.
    bool position(oms_position_t& out) { return position(out, symbol_, scopes_.trend); }
    bool position(oms_position_t& out, std::uint32_t symbol, std::uint32_t scope);
    bool next_position(oms_id_t after, oms_position_t& out);
    bool trigger(oms_id_t id, oms_trigger_t& out);
    bool trip(std::uint32_t back, oms_trip_t& out);
    oms_table_t table(std::uint32_t kind);
    oms_breaker_status_t breaker(std::uint32_t scope = 0);
    oms_symbol_t symbol_record() { return symbol_record(symbol_); }
    oms_symbol_t symbol_record(std::uint32_t symbol);
    std::uint32_t scope_count();
    oms_denials_t denials(std::uint32_t scope);
    /// "firm" for the root.
    std::string scope_name(std::uint32_t scope);
    std::string symbol_name(std::uint32_t symbol);
    oms_config_t config();
    std::uint64_t digest();
    /// Recomputes every aggregate; a difference is a fault.
    void audit();
    std::uint64_t audits() const noexcept { return audits_; }
    /// Value of a quantity at a price, money units.
    std::int64_t value(std::int64_t qty, std::int64_t price) const noexcept;

    /// A fresh order of the trend follower; the caller fills in the rest.
    oms_order_submit_t new_order();

    /// Something went wrong that must not: told on stderr, and the exit code will be 1.
    void complain(const std::string& what);
    std::uint64_t faults() const noexcept { return faults_; }

    void time_empty();
    const Histogram& latency(Call call) const noexcept {
        return latency_[static_cast<std::size_t>(call)];
    }

private:
    template <class Function> std::int32_t timed(Call call, Function function) {
        const std::uint64_t begin = read_ticks();
        const std::int32_t status = function();
        latency_[static_cast<std::size_t>(call)].add(read_ticks() - begin);
        return status;
    }
    bool expect(const char* call, std::int32_t status);
    bool define(const std::string& name, const Session& session, std::uint32_t& symbol);
    bool size_position(std::int64_t mid);
    bool define_scopes();
    bool define_scope(const char* name, std::uint32_t parent, std::uint32_t& scope);
    void set_limits();
    void quote(const Quote& quote, std::uint32_t symbol);

    struct Free {
        void operator()(void* memory) const noexcept { std::free(memory); }
    };
    std::unique_ptr<void, Free> memory_;
    oms_t* oms_ = nullptr;
    Mandate mandate_;
    std::uint64_t now_ = 0;
    std::uint64_t ids_ = 0;
    std::uint64_t faults_ = 0;
    std::uint64_t audits_ = 0;
    std::uint32_t symbol_ = 0;
    std::uint32_t rehearsal_ = 0;
    std::uint32_t tour_ = 0;
    Scopes scopes_;
    std::int64_t rehearsal_lots_ = 0;
    std::int64_t money_num_ = 1;
    std::int64_t money_den_ = 1;
    std::array<Histogram, static_cast<std::size_t>(Call::kCount)> latency_{};
};

} // namespace gateway
