// oms.hpp: oms.h for C++17, header only: owned or lent engines, types that cannot be mixed.
//
//     oms::config config = oms::config_init();
//     config.starting_balance = oms::money{100000000000};
//     auto made = oms::engine::make(config);                  // memory from the heap, freed by it
//     if (!made) return fail(made.text());
//     oms::engine engine = *std::move(made);
//
//     oms::order_submit order;                                // empty, its head filled in
//     order.at(oms::seconds(2));
//     order.client_id = oms::client_order_id{1};
//     order.side = oms::side::buy;
//     order.order_type = oms::order_type::limit;
//     order.qty = oms::lots{100};
//     order.price = oms::ticks{5000100};                      // oms::lots here does not compile
//     if (auto taken = engine.order_submit(order); taken && !taken->verdict.denied)
//         remember(taken->order);
//
// Conventions
//   - oms.h is the manual of what happens; here are the same records, fields, doors and names
//     without `oms_`. Nothing is added to a call: the instructions are those of the C call.
//   - Prices are oms::ticks, quantities oms::lots, amounts oms::money (units of 10^money_exp of the
//     account's currency), shares oms::ratio (parts per 10^9; pct, bps), times oms::nanos of the
//     caller's clock. Each is one integer; count() gives it. Ids and the numbers of symbols, scopes
//     and venues are types of their own, value() gives the integer.
//   - A door answers oms::result<T>: code() >= status::ok means done, below it nothing has changed.
//     A denial by the gate is not an error: the verdict says `denied`.
//   - oms::throwing::engine has the same doors; they throw oms::error instead.
//   - Request records begin empty. Records that are written begin without a value, as in C.
//   - Nothing here throws, allocates (but engine::make, breaker::make) or needs RTTI.
//   - One engine is used by one thread at a time; only kill and kill_flatten by any.
//
// The parts between `// [NAME` and `// NAME]` are made from oms.h by tools/hpp.py (`make header`).

#ifndef OMS_HPP
#define OMS_HPP

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include "oms.h"

#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
#define OMS_HPP_THROWS 1
#include <exception>
#endif
#if defined(__cpp_lib_ranges) || (defined(__cplusplus) && __cplusplus > 201703L)
#include <ranges>
#endif

#ifdef __GNUC__
// An enumerator of an enum class hides nothing; the constants of oms.h are casts as C has them.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#endif

namespace oms {

// ---- numbers and ids

/// An integer with a unit. It mixes with none of another unit, and with no bare integer. Its
/// arithmetic is that of the integer: the library checks ranges, this does not.
template <class Unit, class Rep> class number {
  public:
    using rep = Rep;
    /// Without a value; `ticks{}` is 0.
    number() = default;
    explicit constexpr number(Rep count) noexcept : count_(count) {}
    template <class Float, std::enable_if_t<std::is_floating_point_v<Float>, int> = 0>
    number(Float) = delete;

    /// The integer.
    constexpr Rep count() const noexcept { return count_; }

    constexpr number &operator+=(number other) noexcept {
        count_ = static_cast<Rep>(count_ + other.count_);
        return *this;
    }
    constexpr number &operator-=(number other) noexcept {
        count_ = static_cast<Rep>(count_ - other.count_);
        return *this;
    }
    friend constexpr number operator+(number a, number b) noexcept { return a += b; }
    friend constexpr number operator-(number a, number b) noexcept { return a -= b; }
    constexpr number operator-() const noexcept { return number{static_cast<Rep>(-count_)}; }
    friend constexpr number operator*(number a, Rep n) noexcept { return number{a.count_ * n}; }
    friend constexpr number operator*(Rep n, number a) noexcept { return number{a.count_ * n}; }
    friend constexpr bool operator==(number a, number b) noexcept { return a.count_ == b.count_; }
    friend constexpr bool operator!=(number a, number b) noexcept { return a.count_ != b.count_; }
    friend constexpr bool operator<(number a, number b) noexcept { return a.count_ < b.count_; }
    friend constexpr bool operator>(number a, number b) noexcept { return a.count_ > b.count_; }
    friend constexpr bool operator<=(number a, number b) noexcept { return a.count_ <= b.count_; }
    friend constexpr bool operator>=(number a, number b) noexcept { return a.count_ >= b.count_; }

  private:
    Rep count_;
};

/// A price divided by the symbol's tick size.
using ticks = number<struct ticks_unit, std::int64_t>;
/// A quantity divided by the symbol's lot size.
using lots = number<struct lots_unit, std::int64_t>;
/// Account currency x 10^-money_exp.
using money = number<struct money_unit, std::int64_t>;
/// Parts per 10^9: see pct and bps.
using ratio = number<struct ratio_unit, std::int64_t>;
/// Nanoseconds of the caller's clock.
using nanos = number<struct nanos_unit, std::uint64_t>;

/// Percent as a ratio: pct(5).
constexpr ratio pct(std::int64_t percent) noexcept { return ratio{OMS_PCT(percent)}; }
/// Basis points as a ratio: bps(2).
constexpr ratio bps(std::int64_t points) noexcept { return ratio{OMS_BPS(points)}; }
/// Whole seconds as nanoseconds.
constexpr nanos seconds(std::uint64_t n) noexcept { return nanos{n * 1000000000U}; }
/// Milliseconds as nanoseconds.
constexpr nanos milliseconds(std::uint64_t n) noexcept { return nanos{n * 1000000U}; }

/// No limit: fits every signed limit, `limits.qty_max = oms::off`.
struct off_t {
    template <class Unit> constexpr operator number<Unit, std::int64_t>() const noexcept {
        return number<Unit, std::int64_t>{OMS_OFF};
    }
    constexpr operator std::int64_t() const noexcept { return OMS_OFF; }
    constexpr operator std::int32_t() const noexcept { return -1; }
};
inline constexpr off_t off{};

/// The id of a record of one kind; 0 is none. For people, not for programs, it has the engine's
/// tag, kind, generation and slot from the top.
template <class Kind> class id {
  public:
    /// Without a value; `order_id{}` is none.
    id() = default;
    explicit constexpr id(std::uint64_t value) noexcept : value_(value) {}
    constexpr std::uint64_t value() const noexcept { return value_; }
    /// Whether it is one: not 0.
    explicit constexpr operator bool() const noexcept { return value_ != 0; }
    friend constexpr bool operator==(id a, id b) noexcept { return a.value_ == b.value_; }
    friend constexpr bool operator!=(id a, id b) noexcept { return a.value_ != b.value_; }
    friend constexpr bool operator<(id a, id b) noexcept { return a.value_ < b.value_; }

  private:
    std::uint64_t value_;
};

/// An order of the engine.
using order_id = id<struct order_kind>;
/// A position of the engine.
using position_id = id<struct position_kind>;
/// A trigger of the engine: a stop, target or trailing stop.
using trigger_id = id<struct trigger_kind_of_id>;
/// The caller's own id of an order.
using client_order_id = id<struct client_order_kind>;
/// The venue's id of an execution.
using execution_id = id<struct execution_kind>;
/// An order, position or trigger: what the record that was applied says.
using record_id = id<struct record_kind>;

/// The number of something in a table, from 0.
template <class Kind> class index {
  public:
    /// Without a value; `symbol_id{}` is 0.
    index() = default;
    explicit constexpr index(std::uint32_t value) noexcept : value_(value) {}
    constexpr std::uint32_t value() const noexcept { return value_; }
    friend constexpr bool operator==(index a, index b) noexcept { return a.value_ == b.value_; }
    friend constexpr bool operator!=(index a, index b) noexcept { return a.value_ != b.value_; }
    friend constexpr bool operator<(index a, index b) noexcept { return a.value_ < b.value_; }

  private:
    std::uint32_t value_;
};

/// A symbol.
using symbol_id = index<struct symbol_kind>;
/// A scope; 0 is the root.
using scope_id = index<struct scope_kind>;
/// A venue; the host numbers them.
using venue_id = index<struct venue_kind>;

/// Every symbol, where a record may mean all of them.
inline constexpr symbol_id all_symbols{UINT32_MAX};
/// The scope in which all others lie: the firm.
inline constexpr scope_id root{0};

/// Numbers as they are written: 5_ticks, 100_lots. `using namespace oms::literals;`
namespace literals {
constexpr ticks operator""_ticks(unsigned long long n) noexcept {
    return ticks{static_cast<std::int64_t>(n)};
}
constexpr lots operator""_lots(unsigned long long n) noexcept {
    return lots{static_cast<std::int64_t>(n)};
}
constexpr money operator""_money(unsigned long long n) noexcept {
    return money{static_cast<std::int64_t>(n)};
}
} // namespace literals

// ---- sets, and what a record keeps of an enumeration

/// A set of flags of one enumeration, one bit each.
template <class E> class flags {
  public:
    using rep = std::underlying_type_t<E>;
    /// Without a value; `flags<E>{}` is empty.
    flags() = default;
    constexpr flags(E one) noexcept : bits_(static_cast<rep>(one)) {}
    explicit constexpr flags(rep bits) noexcept : bits_(bits) {}
    constexpr rep bits() const noexcept { return bits_; }
    constexpr bool has(E one) const noexcept { return (bits_ & static_cast<rep>(one)) != 0; }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    friend constexpr flags operator|(flags a, flags b) noexcept { return flags(a.bits_ | b.bits_); }
    friend constexpr flags operator&(flags a, flags b) noexcept { return flags(a.bits_ & b.bits_); }
    friend constexpr bool operator==(flags a, flags b) noexcept { return a.bits_ == b.bits_; }
    friend constexpr bool operator!=(flags a, flags b) noexcept { return a.bits_ != b.bits_; }

  private:
    rep bits_;
};

/// Whether an enumeration is one of flags.
template <class E> struct is_flag : std::false_type {};

/// A set of values of an enumeration: bit n stands for the value n.
template <class E, class U> class set_of {
  public:
    /// Without a value; `set_of<E, U>{}` is empty.
    set_of() = default;
    explicit constexpr set_of(U bits) noexcept : bits_(bits) {}
    /// The set of these: set_of<...>::of(order_type::limit, order_type::market).
    template <class... Es> static constexpr set_of of(Es... ones) noexcept {
        return set_of(static_cast<U>((U{0} | ... | bit(ones))));
    }
    /// Every value.
    static constexpr set_of all() noexcept { return set_of(static_cast<U>(~U{0})); }
    constexpr U bits() const noexcept { return bits_; }
    constexpr bool has(E one) const noexcept { return (bits_ & bit(one)) != 0; }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    friend constexpr bool operator==(set_of a, set_of b) noexcept { return a.bits_ == b.bits_; }
    friend constexpr bool operator!=(set_of a, set_of b) noexcept { return a.bits_ != b.bits_; }

  private:
    static constexpr U bit(E one) noexcept {
        return static_cast<U>(U{1} << static_cast<unsigned>(one));
    }
    U bits_;
};

/// An enumeration, or a truth, in the wider integer that its record has for it.
template <class E, class U> class stored {
  public:
    /// Without a value; `stored<E, U>{}` is 0.
    stored() = default;
    constexpr stored(E value) noexcept : raw_(static_cast<U>(value)) {}
    constexpr operator E() const noexcept { return static_cast<E>(raw_); }
    constexpr E get() const noexcept { return static_cast<E>(raw_); }

  private:
    U raw_;
};

/// The name of a symbol or scope: 1 to 31 bytes of printable ASCII. One that is longer is cut to
/// 32 bytes and then refused by the library.
class name {
  public:
    /// Without a value; `name{}` is empty.
    name() = default;
    name(std::string_view text) noexcept : bytes_{} {
        for (std::size_t i = 0; i < text.size() && i < sizeof bytes_; i++)
            bytes_[i] = static_cast<std::uint8_t>(text[i]);
    }
    name(const char *text) noexcept : name(std::string_view(text)) {}
    std::string_view view() const noexcept {
        std::size_t length = 0;
        while (length < sizeof bytes_ && bytes_[length] != 0) length++;
        return {reinterpret_cast<const char *>(bytes_), length};
    }
    /// With a zero at its end, as the library writes it.
    const char *c_str() const noexcept { return reinterpret_cast<const char *>(bytes_); }

  private:
    std::uint8_t bytes_[OMS_NAME_BYTES];
};

/// Elements in a row that belong to somebody else: what std::span is from C++20 on, made from it,
/// from arrays and from all that has data() and size(); a std::span can be made from it.
template <class T> class span {
  public:
    constexpr span() noexcept = default;
    constexpr span(T *data, std::size_t size) noexcept : data_(data), size_(size) {}
    template <std::size_t N> constexpr span(T (&array)[N]) noexcept : data_(array), size_(N) {}
    template <class C,
              class = std::enable_if_t<
                  !std::is_same_v<std::decay_t<C>, span> && !std::is_array_v<C> &&
                  std::is_convertible_v<
                      std::remove_pointer_t<decltype(std::declval<C &>().data())> (*)[],
                      T (*)[]>>,
              class = decltype(std::declval<C &>().size())>
    constexpr span(C &&from) noexcept : data_(from.data()), size_(from.size()) {}

    constexpr T *data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr T *begin() const noexcept { return data_; }
    constexpr T *end() const noexcept { return data_ + size_; }
    constexpr T &operator[](std::size_t i) const noexcept {
        assert(i < size_);
        return data_[i];
    }
    /// The first n, at most all.
    constexpr span first(std::size_t n) const noexcept { return {data_, n < size_ ? n : size_}; }

  private:
    T *data_ = nullptr;
    std::size_t size_ = 0;
};

// ---- enumerations: those of oms.h, each a type of its own

// [enumerations
/// What a call answers: 0 done, > 0 done with something to know, < 0 refused and nothing changed.
enum class status : std::int32_t {
    /// done
    ok = OMS_OK,
    /// taken whole; work is queued: call drain
    more = OMS_MORE,
    /// an identical request was taken before; its id is given
    exists = OMS_EXISTS,
    /// the report was known or changes nothing; it was counted
    ignored = OMS_IGNORED,
    /// a pointer is NULL
    e_null = OMS_E_NULL,
    /// a pointer is not aligned for its type (align for memory)
    e_align = OMS_E_ALIGN,
    /// memory, struct_size or record size is not what is needed
    e_size = OMS_E_SIZE,
    /// the memory holds no engine (or no breaker) that was initialised
    e_handle = OMS_E_HANDLE,
    /// header.kind is not of this door: OMS_REQUEST_INIT fills it in
    e_kind = OMS_E_KIND,
    /// an enumeration or flag field holds an unknown value
    e_enum = OMS_E_ENUM,
    /// a reserved field is not zero
    e_reserved = OMS_E_RESERVED,
    /// a value is out of its range, or a result would not fit
    e_range = OMS_E_RANGE,
    /// a configuration field is invalid: config_check names it
    e_config = OMS_E_CONFIG,
    /// no such order, position, trigger or record
    e_unknown = OMS_E_UNKNOWN,
    /// the id was of this engine, but its record is gone
    e_stale = OMS_E_STALE,
    /// the id carries another engine's tag
    e_foreign = OMS_E_FOREIGN,
    /// the order has ended, or the position is closed
    e_terminal = OMS_E_TERMINAL,
    /// a cancel, replace or trigger work is pending; try later
    e_pending = OMS_E_PENDING,
    /// the table is full: see table_get
    e_capacity = OMS_E_CAPACITY,
    /// no such symbol
    e_symbol = OMS_E_SYMBOL,
    /// no such scope
    e_scope = OMS_E_SCOPE,
    /// the reported quantity is not positive
    e_bad_qty = OMS_E_BAD_QTY,
    /// an id that is known came with other facts
    e_conflict = OMS_E_CONFLICT,
    /// a price the symbol cannot have, or a bid above the ask
    e_price = OMS_E_PRICE,
    /// not possible in the present state
    e_state = OMS_E_STATE,
    /// an aggregate differs from its recomputation: the report names it
    e_audit = OMS_E_AUDIT,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(status code) noexcept {
    return oms_status_name(static_cast<std::int32_t>(code));
}

/// The pre-trade checks, in their order; the bit of a verdict's mask is 1 << number.
enum class check : std::uint32_t {
    /// side, type, time in force, flags and prices fit together; qty > 0
    fields = OMS_CHECK_FIELDS,
    /// the symbol exists and is enabled
    symbol = OMS_CHECK_SYMBOL,
    /// the scope exists and is enabled, like those that it lies in
    scope = OMS_CHECK_SCOPE,
    /// the trading state lets this order through
    trading_state = OMS_CHECK_TRADING_STATE,
    /// the breaker is closed, or half-open with a probe left
    breaker = OMS_CHECK_BREAKER,
    /// the symbol's phase allows this type
    session = OMS_CHECK_SESSION,
    /// type and time in force are permitted
    permission = OMS_CHECK_PERMISSION,
    /// price on the tick grid, qty a multiple of the lot step
    increment = OMS_CHECK_INCREMENT,
    /// qty_min <= qty <= qty_max
    qty = OMS_CHECK_QTY,
    /// notional_min <= value <= notional_max
    notional = OMS_CHECK_NOTIONAL,
    /// the price is no further from the reference than the collar
    collar = OMS_CHECK_COLLAR,
    /// the reference price exists and is fresh
    reference_age = OMS_CHECK_REFERENCE_AGE,
    /// qty <= share of average daily volume
    adv = OMS_CHECK_ADV,
    /// position + working orders of this side + this one <= limit
    position = OMS_CHECK_POSITION,
    /// number and quantity of working orders <= limit
    open_orders = OMS_CHECK_OPEN_ORDERS,
    /// value of working orders, this one included, <= limit
    open_notional = OMS_CHECK_OPEN_NOTIONAL,
    /// value traded in this session and working <= limit
    gross = OMS_CHECK_GROSS,
    /// magnitude of bought less sold in this session, with working, <= limit
    net = OMS_CHECK_NET,
    /// margin of positions and working orders, at worst, <= credit
    credit = OMS_CHECK_CREDIT,
    /// value of positions and working orders over equity <= limit
    leverage = OMS_CHECK_LEVERAGE,
    /// exposure of the symbol's group, at worst, <= limit
    group = OMS_CHECK_GROUP,
    /// reserved: portfolio volatility after the trade
    portfolio = OMS_CHECK_PORTFOLIO,
    /// positions, open and to be opened by working orders, <= limit
    positions = OMS_CHECK_POSITIONS,
    /// new and replace requests in the last minute <= limit
    rate_minute = OMS_CHECK_RATE_MINUTE,
    /// new and replace requests in the last hour <= limit
    rate_hour = OMS_CHECK_RATE_HOUR,
    /// new and replace requests in the custom window <= limit
    rate_custom = OMS_CHECK_RATE_CUSTOM,
    /// requests as above for the symbol in its own window <= limit
    rate_symbol = OMS_CHECK_RATE_SYMBOL,
    /// no side executed too often at about the same price: reset by hand
    repeat = OMS_CHECK_REPEAT,
    /// orders of the same scope, symbol, side, price, qty <= limit
    duplicate = OMS_CHECK_DUPLICATE,
    /// client_id is not 0, not the engine's, unused; rising if so set
    client_id = OMS_CHECK_CLIENT_ID,
    /// no own resting order would be met, or what is met makes way
    self_trade = OMS_CHECK_SELF_TRADE,
    /// working sells - position: permitted, and <= located lots
    short_ = OMS_CHECK_SHORT,
    /// a reduce-only order and the working reducers <= position
    reduce_only = OMS_CHECK_REDUCE_ONLY,
    /// what the children of an order work and have executed <= its qty
    parent = OMS_CHECK_PARENT,
    /// new, replace and cancel requests over fills <= limit
    order_to_trade = OMS_CHECK_ORDER_TO_TRADE,
    /// the host's heartbeat is fresh
    heartbeat = OMS_CHECK_HEARTBEAT,
    /// room in the order, position and trigger tables
    capacity = OMS_CHECK_CAPACITY,
    /// every check holds
    none = OMS_CHECK_NONE,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(check code) noexcept {
    return oms_check_name(static_cast<std::uint32_t>(code));
}

/// Number of a request record: header.kind.
enum class request_kind : std::uint32_t {
    /// symbol_define
    symbol_define = OMS_REQUEST_SYMBOL_DEFINE,
    /// limits_set
    limits_set = OMS_REQUEST_LIMITS_SET,
    /// control
    control = OMS_REQUEST_CONTROL,
    /// cash_adjust
    cash_adjust = OMS_REQUEST_CASH_ADJUST,
    /// scope_limits_set
    scope_limits_set = OMS_REQUEST_SCOPE_LIMITS_SET,
    /// scope_define
    scope_define = OMS_REQUEST_SCOPE_DEFINE,
    /// scope_breaker_set
    scope_breaker_set = OMS_REQUEST_SCOPE_BREAKER_SET,
    /// phase_set
    phase_set = OMS_REQUEST_PHASE_SET,
    /// volume_set
    volume_set = OMS_REQUEST_VOLUME_SET,
    /// locate_set
    locate_set = OMS_REQUEST_LOCATE_SET,
    /// group_set
    group_set = OMS_REQUEST_GROUP_SET,
    /// bands_set
    bands_set = OMS_REQUEST_BANDS_SET,
    /// mass_cancel
    mass_cancel = OMS_REQUEST_MASS_CANCEL,
    /// simulation_set
    simulation_set = OMS_REQUEST_SIMULATION_SET,
    /// fees_set
    fees_set = OMS_REQUEST_FEES_SET,
    /// order_submit
    order_submit = OMS_REQUEST_ORDER_SUBMIT,
    /// order_cancel
    order_cancel = OMS_REQUEST_ORDER_CANCEL,
    /// order_replace
    order_replace = OMS_REQUEST_ORDER_REPLACE,
    /// order_extend
    order_extend = OMS_REQUEST_ORDER_EXTEND,
    /// order_adopt
    order_adopt = OMS_REQUEST_ORDER_ADOPT,
    /// trigger_arm
    trigger_arm = OMS_REQUEST_TRIGGER_ARM,
    /// trigger_move
    trigger_move = OMS_REQUEST_TRIGGER_MOVE,
    /// trigger_cancel
    trigger_cancel = OMS_REQUEST_TRIGGER_CANCEL,
    /// position_close
    position_close = OMS_REQUEST_POSITION_CLOSE,
    /// position_open
    position_open = OMS_REQUEST_POSITION_OPEN,
    /// position_exit
    position_exit = OMS_REQUEST_POSITION_EXIT,
    /// position_adopt
    position_adopt = OMS_REQUEST_POSITION_ADOPT,
    /// venue_report
    venue_report = OMS_REQUEST_VENUE_REPORT,
    /// quote
    quote = OMS_REQUEST_QUOTE,
    /// trade
    trade = OMS_REQUEST_TRADE,
    /// bar
    bar = OMS_REQUEST_BAR,
    /// timer
    timer = OMS_REQUEST_TIMER,
    /// drain
    drain = OMS_REQUEST_DRAIN,
    /// poll
    poll = OMS_REQUEST_POLL,
    /// reconcile_begin
    reconcile_begin = OMS_REQUEST_RECONCILE_BEGIN,
    /// reconcile_position
    reconcile_position = OMS_REQUEST_RECONCILE_POSITION,
    /// reconcile_order
    reconcile_order = OMS_REQUEST_RECONCILE_ORDER,
    /// reconcile_end
    reconcile_end = OMS_REQUEST_RECONCILE_END,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(request_kind code) noexcept {
    return oms_request_name(static_cast<std::uint32_t>(code));
}

/// Side of an order (FIX tag 54).
enum class side : std::uint8_t {
    /// buys
    buy = OMS_SIDE_BUY,
    /// sells
    sell = OMS_SIDE_SELL,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(side code) noexcept {
    return oms_side_name(static_cast<std::uint8_t>(code));
}

/// Type of an order (FIX tag 40: 1, 2, 3, 4, J, none, P).
enum class order_type : std::uint8_t {
    /// at the best price there is; price must be 0
    market = OMS_TYPE_MARKET,
    /// at price or better
    limit = OMS_TYPE_LIMIT,
    /// a market order once the price has gone against it to stop_price
    stop = OMS_TYPE_STOP,
    /// a limit order once the price has gone against it to stop_price
    stop_limit = OMS_TYPE_STOP_LIMIT,
    /// a market order once the price has come its way to stop_price
    take_profit = OMS_TYPE_TAKE_PROFIT,
    /// a limit order once the price has come so far
    take_profit_limit = OMS_TYPE_TAKE_PROFIT_LIMIT,
    /// a stop that follows the price at a distance
    trailing_stop = OMS_TYPE_TRAILING_STOP,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(order_type code) noexcept {
    return oms_order_type_name(static_cast<std::uint8_t>(code));
}

/// Who holds a stop, take-profit or trailing order until its trigger price.
enum class hold : std::uint8_t {
    /// this library: it is armed here and sent when it fires
    core = OMS_HOLD_CORE,
    /// the venue: it is sent as it is
    venue = OMS_HOLD_VENUE,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(hold code) noexcept {
    return oms_hold_name(static_cast<std::uint8_t>(code));
}

/// Time in force (FIX tag 59); it is carried to the venue, which enforces it.
enum class time_in_force : std::uint8_t {
    /// until the venue's day ends
    day = OMS_TIF_DAY,
    /// until cancelled
    gtc = OMS_TIF_GTC,
    /// what fills at once; the rest is cancelled
    ioc = OMS_TIF_IOC,
    /// all at once or nothing
    fok = OMS_TIF_FOK,
    /// until expire_at
    gtd = OMS_TIF_GTD,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(time_in_force code) noexcept {
    return oms_time_in_force_name(static_cast<std::uint8_t>(code));
}

/// Flags of an order request.
enum class order_flag : std::uint32_t {
    /// may only make a position smaller
    reduce_only = OMS_ORDER_REDUCE_ONLY,
    /// must rest: limit orders only, not IOC or FOK
    post_only = OMS_ORDER_POST_ONLY,
    /// reduces all that is not being closed; qty must be 0
    close_position = OMS_ORDER_CLOSE_POSITION,
    /// stays here: its children are sent, and name it as parent
    parent = OMS_ORDER_PARENT,
};
/// A set of order_flag.
using order_flags = flags<order_flag>;
template <> struct is_flag<order_flag> : std::true_type {};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(order_flag code) noexcept {
    return oms_order_flag_name(static_cast<std::uint32_t>(code));
}

/// Status of an order, computed from its facts.
enum class order_status : std::uint8_t {
    /// accepted here, not handed to the venue yet
    pending = OMS_STATUS_PENDING,
    /// handed out by poll, not acknowledged
    submitted = OMS_STATUS_SUBMITTED,
    /// acknowledged by the venue
    open = OMS_STATUS_OPEN,
    /// 0 < cum_qty < order_qty
    partially_filled = OMS_STATUS_PARTIALLY_FILLED,
    /// cum_qty >= order_qty
    filled = OMS_STATUS_FILLED,
    /// ended by a cancel, cum_qty kept
    cancelled = OMS_STATUS_CANCELLED,
    /// refused by the venue
    rejected = OMS_STATUS_REJECTED,
    /// ended by its time in force, cum_qty kept
    expired = OMS_STATUS_EXPIRED,
    /// could not be sent, or was refused here when its trigger fired
    failed = OMS_STATUS_FAILED,
    /// a cancel is on its way
    pending_cancel = OMS_STATUS_PENDING_CANCEL,
    /// a replace is on its way
    pending_replace = OMS_STATUS_PENDING_REPLACE,
    /// suspended by the venue
    suspended = OMS_STATUS_SUSPENDED,
    /// nothing more is executed today
    done_for_day = OMS_STATUS_DONE_FOR_DAY,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(order_status code) noexcept {
    return oms_order_status_name(static_cast<std::uint8_t>(code));
}

/// FIX OrdStatus (tag 39) as its ASCII character, by FIX precedence.
enum class fix_status : std::uint8_t {
    /// '0'
    new_ = OMS_FIX_NEW,
    /// '1'
    partially_filled = OMS_FIX_PARTIALLY_FILLED,
    /// '2'
    filled = OMS_FIX_FILLED,
    /// '3'
    done_for_day = OMS_FIX_DONE_FOR_DAY,
    /// '4'
    canceled = OMS_FIX_CANCELED,
    /// '6'
    pending_cancel = OMS_FIX_PENDING_CANCEL,
    /// '8'
    rejected = OMS_FIX_REJECTED,
    /// '9'
    suspended = OMS_FIX_SUSPENDED,
    /// 'A'
    pending_new = OMS_FIX_PENDING_NEW,
    /// 'C'
    expired = OMS_FIX_EXPIRED,
    /// 'E'
    pending_replace = OMS_FIX_PENDING_REPLACE,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(fix_status code) noexcept {
    return oms_fix_status_name(static_cast<std::uint8_t>(code));
}

/// Facts of an order (bits of order.facts).
enum class order_fact : std::uint32_t {
    /// NEW was handed out
    sent = OMS_FACT_SENT,
    /// the venue acknowledged it
    acked = OMS_FACT_ACKED,
    /// a cancel request is unanswered
    cancel_inflight = OMS_FACT_CANCEL_INFLIGHT,
    /// a replace request is unanswered
    replace_inflight = OMS_FACT_REPLACE_INFLIGHT,
    /// suspended by the venue
    suspended = OMS_FACT_SUSPENDED,
    /// done for the day: leaves are set aside, still reserved
    done_for_day = OMS_FACT_DONE_FOR_DAY,
    /// held here until its trigger fires
    armed = OMS_FACT_ARMED,
    /// its trigger price was reached: now a market or limit order
    triggered = OMS_FACT_TRIGGERED,
    /// this library's gate refused it when its trigger fired
    denied = OMS_FACT_DENIED,
};
/// A set of order_fact.
using order_facts = flags<order_fact>;
template <> struct is_flag<order_fact> : std::true_type {};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(order_fact code) noexcept {
    return oms_order_fact_name(static_cast<std::uint32_t>(code));
}

/// Marks that something remarkable leaves on an order (bits of order.marks).
enum class order_mark : std::uint32_t {
    /// its state at the venue is not certain
    in_doubt = OMS_MARK_IN_DOUBT,
    /// filled beyond its quantity
    overfill = OMS_MARK_OVERFILL,
    /// filled after it had ended
    late_fill = OMS_MARK_LATE_FILL,
    /// the venue traded or acknowledged it after its end
    resurrected = OMS_MARK_RESURRECTED,
    /// an execution was taken back
    busted = OMS_MARK_BUSTED,
    /// an execution was inferred from the venue's total
    gap = OMS_MARK_GAP,
    /// made for an execution of an order that was not in the table
    foreign = OMS_MARK_FOREIGN,
    /// filled without a price: its value is an estimate
    no_price = OMS_MARK_NO_PRICE,
    /// its timeout asked for the cancel
    timed_out = OMS_MARK_TIMED_OUT,
    /// passed while the breaker was half-open
    probe = OMS_MARK_PROBE,
};
/// A set of order_mark.
using order_marks = flags<order_mark>;
template <> struct is_flag<order_mark> : std::true_type {};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(order_mark code) noexcept {
    return oms_order_mark_name(static_cast<std::uint32_t>(code));
}

/// How an order ended.
enum class order_end : std::uint8_t {
    /// it lives, or is filled
    none = OMS_END_NONE,
    /// cancelled
    cancel = OMS_END_CANCEL,
    /// rejected by the venue
    reject = OMS_END_REJECT,
    /// expired
    expire = OMS_END_EXPIRE,
    /// could not be sent, or was refused here when its trigger fired
    fail = OMS_END_FAIL,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(order_end code) noexcept {
    return oms_order_end_name(static_cast<std::uint8_t>(code));
}

/// What a venue reports: venue_report.report.
enum class report_kind : std::uint8_t {
    /// the order is live at the venue
    ack = OMS_REPORT_ACK,
    /// the order is refused
    reject = OMS_REPORT_REJECT,
    /// an execution: exec_id, qty, price
    fill = OMS_REPORT_FILL,
    /// cancelled, asked for or not
    cancel_ack = OMS_REPORT_CANCEL_ACK,
    /// the cancel request is refused
    cancel_reject = OMS_REPORT_CANCEL_REJECT,
    /// the replace request is done
    replace_ack = OMS_REPORT_REPLACE_ACK,
    /// the replace request is refused
    replace_reject = OMS_REPORT_REPLACE_REJECT,
    /// ended by its time in force
    expire = OMS_REPORT_EXPIRE,
    /// an execution is taken back: ref_exec_id
    bust = OMS_REPORT_BUST,
    /// an execution is corrected: ref_exec_id, exec_id, qty, price
    correct = OMS_REPORT_CORRECT,
    /// the venue changed qty and price unasked; qty 0: neither
    restate = OMS_REPORT_RESTATE,
    /// suspended
    suspend = OMS_REPORT_SUSPEND,
    /// no longer suspended
    resume = OMS_REPORT_RESUME,
    /// nothing more is executed today
    done_for_day = OMS_REPORT_DONE_FOR_DAY,
    /// a stop that the venue holds was triggered
    triggered = OMS_REPORT_TRIGGERED,
    /// what the venue knows: order_status, venue_cum, venue_avg
    order_status = OMS_REPORT_ORDER_STATUS,
    /// the host: NEW definitely did not leave
    send_failed = OMS_REPORT_SEND_FAILED,
    /// the host: nobody knows whether NEW has left
    send_in_doubt = OMS_REPORT_SEND_IN_DOUBT,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(report_kind code) noexcept {
    return oms_report_name(static_cast<std::uint8_t>(code));
}

/// Why a venue reports it: venue_report.reason.
enum class reason : std::uint16_t {
    /// not given
    none = OMS_REASON_NONE,
    /// another reason
    other = OMS_REASON_OTHER,
    /// the venue does not know the order
    unknown_order = OMS_REASON_UNKNOWN_ORDER,
    /// too late: filled or ended at the venue
    too_late = OMS_REASON_TOO_LATE,
    /// the venue's self-trade prevention
    self_trade = OMS_REASON_SELF_TRADE,
    /// the price
    price = OMS_REASON_PRICE,
    /// the quantity
    quantity = OMS_REASON_QUANTITY,
    /// credit or margin
    credit = OMS_REASON_CREDIT,
    /// the market is closed or halted
    session = OMS_REASON_SESSION,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(reason code) noexcept {
    return oms_reason_name(static_cast<std::uint16_t>(code));
}

/// Liquidity of an execution.
enum class liquidity : std::uint8_t {
    /// not given
    unknown = OMS_LIQUIDITY_UNKNOWN,
    /// added
    maker = OMS_LIQUIDITY_MAKER,
    /// removed
    taker = OMS_LIQUIDITY_TAKER,
};

/// What the host must send to the venue: command.kind.
enum class command_kind : std::uint8_t {
    /// a new order
    new_ = OMS_COMMAND_NEW,
    /// cancel an order
    cancel = OMS_COMMAND_CANCEL,
    /// change quantity and price of an order
    replace = OMS_COMMAND_REPLACE,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(command_kind code) noexcept {
    return oms_command_name(static_cast<std::uint8_t>(code));
}

/// What happened: event.kind.
enum class event_kind : std::uint16_t {
    /// the gate refused a request: code = first check, mask
    order_denied = OMS_EVENT_ORDER_DENIED,
    /// an order changed: code = status, qty = cum, value = leaves
    order_status = OMS_EVENT_ORDER_STATUS,
    /// an execution: exec_id, qty, price, value = commission
    order_fill = OMS_EVENT_ORDER_FILL,
    /// a report that did not fit: code = anomaly
    order_anomaly = OMS_EVENT_ORDER_ANOMALY,
    /// a position opened: code = side, qty, price
    position_opened = OMS_EVENT_POSITION_OPENED,
    /// a position grew or shrank: code = side, qty, price
    position_changed = OMS_EVENT_POSITION_CHANGED,
    /// code = exit reason, value = PnL less commissions
    position_closed = OMS_EVENT_POSITION_CLOSED,
    /// a stop or target fired: code = kind, limit = level
    trigger_fired = OMS_EVENT_TRIGGER_FIRED,
    /// armed again: its close failed, or its slot is back
    trigger_rearmed = OMS_EVENT_TRIGGER_REARMED,
    /// a trigger is gone: code = kind, limit = level
    trigger_ended = OMS_EVENT_TRIGGER_ENDED,
    /// code = cause, limit, observed
    breaker_tripped = OMS_EVENT_BREAKER_TRIPPED,
    /// code = 1 by hand, 0 by itself
    breaker_reset = OMS_EVENT_BREAKER_RESET,
    /// code = new, observed = old; symbol, or UINT32_MAX: all
    trading_state = OMS_EVENT_TRADING_STATE,
    /// scope and symbol (UINT32_MAX: all): no live order, no position
    flat = OMS_EVENT_FLAT,
    /// a new session began: value = the last one's PnL
    session = OMS_EVENT_SESSION,
    /// cash came or went: value
    cash = OMS_EVENT_CASH,
    /// the limits of a symbol were set
    limits = OMS_EVENT_LIMITS,
    /// a close went out against checks: mask, code = first
    close_unchecked = OMS_EVENT_CLOSE_UNCHECKED,
    /// the caller's clock stepped back: value = nanoseconds
    clock_back = OMS_EVENT_CLOCK_BACK,
    /// a symbol was defined
    symbol = OMS_EVENT_SYMBOL,
    /// an order was taken over: code = status, qty = cum
    order_adopted = OMS_EVENT_ORDER_ADOPTED,
    /// a position was taken over: code = side, qty
    position_adopted = OMS_EVENT_POSITION_ADOPTED,
    /// an execution was taken back: exec_id, qty
    execution_busted = OMS_EVENT_EXECUTION_BUSTED,
    /// one was corrected: exec_id, qty, price
    execution_corrected = OMS_EVENT_EXECUTION_CORRECTED,
    /// it could not be sent: limit = retries, observed = this one
    send_retry = OMS_EVENT_SEND_RETRY,
    /// the limits of a scope, or of its breaker, were set
    scope_limits = OMS_EVENT_SCOPE_LIMITS,
    /// near its limit: mask a check's bit, code = it; mask 0: code = cause
    warn = OMS_EVENT_WARN,
    /// a scope was defined, or its flags were set: code = flags
    scope = OMS_EVENT_SCOPE,
    /// a symbol's phase: code = new, observed = old
    phase = OMS_EVENT_PHASE,
    /// a limit changed: code = field, limit new, observed old
    limit_changed = OMS_EVENT_LIMIT_CHANGED,
    /// the host is silent: orders are cancelled; limit, observed
    heartbeat = OMS_EVENT_HEARTBEAT,
    /// code = what differs, limit = ours, observed = the venue's
    difference = OMS_EVENT_DIFFERENCE,
    /// orders cancelled at once: code = flags, observed = how many
    mass_cancel = OMS_EVENT_MASS_CANCEL,
    /// located lots of a symbol: limit = new, observed = old
    locate = OMS_EVENT_LOCATE,
    /// average daily volume of a symbol: limit = new, observed = old
    volume = OMS_EVENT_VOLUME,
    /// a group: code = number, limit = new, observed = old, mask = flags
    group = OMS_EVENT_GROUP,
    /// the bands of a tick grid: code = how many, observed = before
    bands = OMS_EVENT_BANDS,
    /// code = cause, limit = probes, observed = wins
    breaker_half_open = OMS_EVENT_BREAKER_HALF_OPEN,
    /// an own resting order makes way: code = mode, qty, price
    self_trade = OMS_EVENT_SELF_TRADE,
    /// code 1: limits of scope `value` hold back a side; 0: let go
    repeat = OMS_EVENT_REPEAT,
    /// how a symbol (UINT32_MAX: all) is executed; code 1: fees
    simulation = OMS_EVENT_SIMULATION,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(event_kind code) noexcept {
    return oms_event_name(static_cast<std::uint16_t>(code));
}

/// What did not fit: code of event_kind::order_anomaly.
enum class anomaly : std::uint16_t {
    /// a report for an order that was not handed out yet
    before_send = OMS_ANOMALY_BEFORE_SEND,
    /// filled beyond its quantity
    overfill = OMS_ANOMALY_OVERFILL,
    /// an execution after the end
    late_fill = OMS_ANOMALY_LATE_FILL,
    /// life after a reject or failure
    resurrected = OMS_ANOMALY_RESURRECTED,
    /// the venue's view and ours differ
    in_doubt = OMS_ANOMALY_IN_DOUBT,
    /// a report that fits nothing outstanding; ignored
    unexpected = OMS_ANOMALY_UNEXPECTED,
    /// a reject of an order that was live
    reject_after_ack = OMS_ANOMALY_REJECT_AFTER_ACK,
    /// quantity and price changed by the venue unasked
    unsolicited = OMS_ANOMALY_UNSOLICITED,
    /// executions are missing: what the venue's total says was booked
    gap = OMS_ANOMALY_GAP,
    /// a bust or correction of an execution not kept: reconcile
    ref_evicted = OMS_ANOMALY_REF_EVICTED,
    /// an execution of an order that is not in the table
    foreign = OMS_ANOMALY_FOREIGN,
    /// an execution without a price: booked at an estimate
    no_price = OMS_ANOMALY_NO_PRICE,
    /// an alarm: a close of a flatten; the clock tries it again
    close_failed = OMS_ANOMALY_CLOSE_FAILED,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(anomaly code) noexcept {
    return oms_anomaly_name(static_cast<std::uint16_t>(code));
}

/// State of the breaker.
enum class breaker_state : std::uint8_t {
    /// trading
    closed = OMS_BREAKER_CLOSED,
    /// tripped
    open = OMS_BREAKER_OPEN,
    /// a few probes may pass: see half_open_probes
    half_open = OMS_BREAKER_HALF_OPEN,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(breaker_state code) noexcept {
    return oms_breaker_state_name(static_cast<std::uint8_t>(code));
}

/// Why the breaker tripped.
enum class cause : std::uint8_t {
    /// it has not
    none = OMS_CAUSE_NONE,
    /// loss since the session's start beyond the limit
    daily_loss = OMS_CAUSE_DAILY_LOSS,
    /// fall from the equity peak beyond the limit
    drawdown = OMS_CAUSE_DRAWDOWN,
    /// losing trades in a row
    consecutive_losses = OMS_CAUSE_CONSECUTIVE_LOSSES,
    /// orders in a window beyond the limit
    order_rate = OMS_CAUSE_ORDER_RATE,
    /// errors in a row
    system_error = OMS_CAUSE_SYSTEM_ERROR,
    /// by hand
    manual = OMS_CAUSE_MANUAL,
    /// the venue's books differ from ours by more than was agreed
    reconcile = OMS_CAUSE_RECONCILE,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(cause code) noexcept {
    return oms_cause_name(static_cast<std::uint8_t>(code));
}

/// Flags of the breaker's configuration.
enum class breaker_flag : std::uint32_t {
    /// never recovers by itself
    manual_reset = OMS_BREAKER_FLAG_MANUAL_RESET,
    /// equity leaves unrealised PnL out
    realised_only = OMS_BREAKER_FLAG_REALISED_ONLY,
    /// a trade of PnL 0 leaves the streak as it is
    break_even_keeps = OMS_BREAKER_FLAG_BREAK_EVEN_KEEPS,
    /// an order beyond the rate trips, besides being denied
    rate_trips = OMS_BREAKER_FLAG_RATE_TRIPS,
};
/// A set of breaker_flag.
using breaker_flags = flags<breaker_flag>;
template <> struct is_flag<breaker_flag> : std::true_type {};

/// Trading state of a scope, of a symbol, or of a symbol in a scope.
enum class trading_state : std::uint8_t {
    /// all orders
    active = OMS_TRADING_ACTIVE,
    /// what reduces a position
    reduce_only = OMS_TRADING_REDUCE_ONLY,
    /// orders that carry the reduce-only flag
    halted = OMS_TRADING_HALTED,
    /// nothing; every live order is cancelled
    killed = OMS_TRADING_KILLED,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(trading_state code) noexcept {
    return oms_trading_state_name(static_cast<std::uint8_t>(code));
}

/// What a control record does: control.action.
enum class control_action : std::uint32_t {
    /// value = trading state; KILLED as kill
    trading_state = OMS_CONTROL_TRADING_STATE,
    /// trip by hand; value = the caller's note
    breaker_trip = OMS_CONTROL_BREAKER_TRIP,
    /// reset by hand; value = the caller's note
    breaker_reset = OMS_CONTROL_BREAKER_RESET,
    /// a system error happened; value = the caller's code
    error_record = OMS_CONTROL_ERROR_RECORD,
    /// an operation succeeded: the error count is 0
    error_clear = OMS_CONTROL_ERROR_CLEAR,
    /// the host lives; see heartbeat_max
    heartbeat = OMS_CONTROL_HEARTBEAT,
    /// REPEAT lets it pass again; value = symbol, off: all
    repeat_reset = OMS_CONTROL_REPEAT_RESET,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(control_action code) noexcept {
    return oms_control_action_name(static_cast<std::uint32_t>(code));
}

/// Flags of a control record: control_action::trading_state has them.
enum class control_flag : std::uint32_t {
    /// of `symbol` alone
    symbol = OMS_CONTROL_FLAG_SYMBOL,
    /// with KILLED: positions are closed too
    flatten = OMS_CONTROL_FLAG_FLATTEN,
};
/// A set of control_flag.
using control_flags = flags<control_flag>;
template <> struct is_flag<control_flag> : std::true_type {};

/// Flags of a mass cancel.
enum class mass_cancel_flag : std::uint32_t {
    /// then positions are closed too
    flatten = OMS_MASS_CANCEL_FLATTEN,
};
/// A set of mass_cancel_flag.
using mass_cancel_flags = flags<mass_cancel_flag>;
template <> struct is_flag<mass_cancel_flag> : std::true_type {};

/// Kind of a trigger.
enum class trigger_kind : std::uint8_t {
    /// fires when the price falls (long) or rises (short) to it
    stop_loss = OMS_TRIGGER_STOP_LOSS,
    /// fires when the price rises (long) or falls (short) to it
    take_profit = OMS_TRIGGER_TAKE_PROFIT,
    /// a stop whose level follows the price
    trailing_stop = OMS_TRIGGER_TRAILING_STOP,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(trigger_kind code) noexcept {
    return oms_trigger_kind_name(static_cast<std::uint8_t>(code));
}

/// What a trigger does when it fires.
enum class trigger_action : std::uint8_t {
    /// an event, and it is done
    signal = OMS_ACTION_SIGNAL,
    /// a reduce-only market order that closes its quantity
    close = OMS_ACTION_CLOSE,
    /// sends the order that is held; made by order_submit
    release = OMS_ACTION_RELEASE,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(trigger_action code) noexcept {
    return oms_trigger_action_name(static_cast<std::uint8_t>(code));
}

/// State of a trigger.
enum class trigger_state : std::uint8_t {
    /// waits for its level
    armed = OMS_TRIGGER_STATE_ARMED,
    /// its close is under way
    fired = OMS_TRIGGER_STATE_FIRED,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(trigger_state code) noexcept {
    return oms_trigger_state_name(static_cast<std::uint8_t>(code));
}

/// Side of a position.
enum class position_side : std::uint8_t {
    /// bought
    long_ = OMS_POSITION_LONG,
    /// sold
    short_ = OMS_POSITION_SHORT,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(position_side code) noexcept {
    return oms_position_side_name(static_cast<std::uint8_t>(code));
}

/// Why a position closed.
enum class exit_reason : std::uint8_t {
    /// it is open
    none = OMS_EXIT_NONE,
    /// an order of the caller
    order = OMS_EXIT_ORDER,
    /// its stop
    stop_loss = OMS_EXIT_STOP_LOSS,
    /// its target
    take_profit = OMS_EXIT_TAKE_PROFIT,
    /// position_close
    manual = OMS_EXIT_MANUAL,
    /// an execution beyond its quantity
    reversal = OMS_EXIT_REVERSAL,
    /// position_exit without a reason
    hand = OMS_EXIT_HAND,
    /// its executions were taken back
    busted = OMS_EXIT_BUSTED,
    /// a trailing stop
    trailing_stop = OMS_EXIT_TRAILING_STOP,
    /// a kill, or a mass cancel, that closes positions
    flatten = OMS_EXIT_FLATTEN,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(exit_reason code) noexcept {
    return oms_exit_reason_name(static_cast<std::uint8_t>(code));
}

/// What the collar and the value of a market order refer to.
enum class reference : std::uint8_t {
    /// the ask for a buy, the bid for a sell
    opposite = OMS_REFERENCE_OPPOSITE,
    /// (bid + ask) / 2, rounded against the order's side
    mid = OMS_REFERENCE_MID,
    /// the last trade
    last = OMS_REFERENCE_LAST,
    /// the official close
    close = OMS_REFERENCE_CLOSE,
};

/// What a trade record is: trade.source.
enum class trade_source : std::uint8_t {
    /// a trade in the market
    last = OMS_TRADE_LAST,
    /// the official close; it does not move the last price
    close = OMS_TRADE_CLOSE,
    /// a mark price from outside; only what fires on marks looks at it
    mark = OMS_TRADE_MARK,
};

/// Which price fires the triggers of a symbol: symbol_define.trigger_source.
enum class trigger_source : std::uint8_t {
    /// the bid those that sell, the ask those that buy
    bid_ask = OMS_TRIGGER_SOURCE_BID_ASK,
    /// the last trade, both ways
    last = OMS_TRIGGER_SOURCE_LAST,
    /// the mark price, both ways
    mark = OMS_TRIGGER_SOURCE_MARK,
};

/// Flags of a symbol.
enum class symbol_flag : std::uint32_t {
    /// several positions; without it one net position
    hedged = OMS_SYMBOL_HEDGED,
    /// prices may be 0 or below
    negative_prices = OMS_SYMBOL_NEGATIVE_PRICES,
    /// positions are marked at the last trade, not at bid and ask
    mark_last = OMS_SYMBOL_MARK_LAST,
};
/// A set of symbol_flag.
using symbol_flags = flags<symbol_flag>;
template <> struct is_flag<symbol_flag> : std::true_type {};

/// Flags of a scope.
enum class scope_flag : std::uint32_t {
    /// nothing passes it (check SCOPE)
    disabled = OMS_SCOPE_DISABLED,
};
/// A set of scope_flag.
using scope_flags = flags<scope_flag>;
template <> struct is_flag<scope_flag> : std::true_type {};

/// Phase of a symbol's trading: see phase_set.
enum class phase : std::uint8_t {
    /// no order
    closed = OMS_PHASE_CLOSED,
    /// limit orders
    pre_open = OMS_PHASE_PRE_OPEN,
    /// limit orders, and what is held here until its price
    auction = OMS_PHASE_AUCTION,
    /// all types
    continuous = OMS_PHASE_CONTINUOUS,
    /// no order; cancels, as always
    halt = OMS_PHASE_HALT,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(phase code) noexcept {
    return oms_phase_name(static_cast<std::uint8_t>(code));
}

/// Flags of a symbol's limits.
enum class limit_flag : std::uint32_t {
    /// the collar also binds the passive side
    collar_both_sides = OMS_LIMIT_COLLAR_BOTH_SIDES,
    /// nothing trades in this symbol (check SYMBOL)
    disabled = OMS_LIMIT_DISABLED,
    /// a reduce-only order too large is made smaller, not denied
    reduce_clamp = OMS_LIMIT_REDUCE_CLAMP,
    /// a sale may open or enlarge a short (check SHORT)
    short_allowed = OMS_LIMIT_SHORT_ALLOWED,
    /// a short takes located lots: see locate_set
    locate_needed = OMS_LIMIT_LOCATE_NEEDED,
};
/// A set of limit_flag.
using limit_flags = flags<limit_flag>;
template <> struct is_flag<limit_flag> : std::true_type {};

/// What becomes of a symbol in group_set: flags.
enum class group_flag : std::uint32_t {
    /// the symbol joins the group and leaves the one it was in
    join = OMS_GROUP_JOIN,
    /// the symbol leaves the group
    leave = OMS_GROUP_LEAVE,
};
/// A set of group_flag.
using group_flags = flags<group_flag>;
template <> struct is_flag<group_flag> : std::true_type {};

/// What happens to an order that would cross a resting one of our own.
enum class self_trade : std::uint8_t {
    /// it is not looked at
    off = OMS_SELF_TRADE_OFF,
    /// it is denied
    reject_new = OMS_SELF_TRADE_REJECT_NEW,
    /// the resting ones that it would cross are cancelled
    cancel_old = OMS_SELF_TRADE_CANCEL_OLD,
    /// it is denied, and they are cancelled
    cancel_both = OMS_SELF_TRADE_CANCEL_BOTH,
    /// both are made smaller by what would trade between them
    decrement = OMS_SELF_TRADE_DECREMENT,
};

/// Unit of a limit and an observed value.
enum class unit : std::uint8_t {
    /// no number
    none = OMS_UNIT_NONE,
    /// a count, a state or a code
    count = OMS_UNIT_COUNT,
    /// lots
    lots = OMS_UNIT_LOTS,
    /// ticks
    ticks = OMS_UNIT_TICKS,
    /// money units
    money = OMS_UNIT_MONEY,
    /// nanoseconds
    nanos = OMS_UNIT_NANOS,
    /// parts per 10^9
    ratio = OMS_UNIT_RATIO,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(unit code) noexcept {
    return oms_unit_name(static_cast<std::uint8_t>(code));
}

/// A table of fixed capacity: see table_get.
enum class table_kind : std::uint32_t {
    /// orders, live and ended
    orders = OMS_TABLE_ORDERS,
    /// positions, open and closed
    positions = OMS_TABLE_POSITIONS,
    /// stops and targets
    triggers = OMS_TABLE_TRIGGERS,
    /// symbols
    symbols = OMS_TABLE_SYMBOLS,
    /// scopes, the root included
    scopes = OMS_TABLE_SCOPES,
    /// ring of executions that are recognised again
    executions = OMS_TABLE_EXECUTIONS,
    /// ring of events not polled yet
    events = OMS_TABLE_EVENTS,
    /// ring of request times for the rate windows of the root
    rate = OMS_TABLE_RATE,
    /// pairs of a scope below the root and a symbol
    books = OMS_TABLE_BOOKS,
    /// request times of each symbol: used, of the one with most
    symbol_rate = OMS_TABLE_SYMBOL_RATE,
    /// ring of accepted orders that are looked at for duplicates
    recent = OMS_TABLE_RECENT,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(table_kind code) noexcept {
    return oms_table_name(static_cast<std::uint32_t>(code));
}

/// The configuration field that config_check names.
enum class config_field : std::uint32_t {
    /// all fields are valid
    none = OMS_FIELD_NONE,
    /// struct_size: sizeof(config) of this or an older header
    struct_size = OMS_FIELD_STRUCT_SIZE,
    /// engine_tag: 0 to 4095
    engine_tag = OMS_FIELD_ENGINE_TAG,
    /// money_exp: -12 to 0
    money_exp = OMS_FIELD_MONEY_EXP,
    /// work_per_call: 1 to 65536
    work_per_call = OMS_FIELD_WORK_PER_CALL,
    /// capacity.orders: 1 to 16777215
    orders = OMS_FIELD_ORDERS,
    /// capacity.symbols: 1 to 65535
    symbols = OMS_FIELD_SYMBOLS,
    /// capacity.positions: capacity.symbols to 16777215
    positions = OMS_FIELD_POSITIONS,
    /// capacity.triggers: 0 to 16777215
    triggers = OMS_FIELD_TRIGGERS,
    /// capacity.events: 16 to 16777215
    events = OMS_FIELD_EVENTS,
    /// capacity.executions: 1 to 16777215
    executions = OMS_FIELD_EXECUTIONS,
    /// capacity.scopes: 1 to 65535
    scopes = OMS_FIELD_SCOPES,
    /// capacity.rate: at least every rate limit that is on, to 16777215
    rate = OMS_FIELD_RATE,
    /// starting_balance: > 0 while a ratio limit is on
    starting_balance = OMS_FIELD_STARTING_BALANCE,
    /// id_base: top bit 0
    id_base = OMS_FIELD_ID_BASE,
    /// breaker: a limit is -1 (off) or positive
    breaker_limits = OMS_FIELD_BREAKER_LIMITS,
    /// breaker: a rate is -1 (off) or positive, its window > 0
    breaker_rates = OMS_FIELD_BREAKER_RATES,
    /// breaker: session_offset is below one day
    breaker_times = OMS_FIELD_BREAKER_TIMES,
    /// breaker.flags: known bits only
    breaker_flags = OMS_FIELD_BREAKER_FLAGS,
    /// a reserved field is not zero
    reserved = OMS_FIELD_RESERVED,
    /// flags: known bits only
    flags = OMS_FIELD_FLAGS,
    /// retry: 0 <= delay <= cap, jitter 0 to 1000000000, max 0 to 64
    retry = OMS_FIELD_RETRY,
    /// breaker.probe_wins: 1 to half_open_probes, if any
    breaker_probes = OMS_FIELD_BREAKER_PROBES,
    /// breaker.probe_size: 1 to 1000000000
    breaker_probe_size = OMS_FIELD_BREAKER_PROBE_SIZE,
    /// breaker.warn_ratio: -1 (off) or 1 to 1000000000
    breaker_warn = OMS_FIELD_BREAKER_WARN,
    /// capacity.books: 0 to 16777215
    books = OMS_FIELD_BOOKS,
    /// capacity.symbol_rate: 0 to 65535
    symbol_rate = OMS_FIELD_SYMBOL_RATE,
    /// capacity.recent: 0 to 16777215
    recent = OMS_FIELD_RECENT,
    /// mode: mode
    mode = OMS_FIELD_MODE,
    /// messages: 0, or 2 x capacity.orders + 4 to 16777215
    messages = OMS_FIELD_MESSAGES,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(config_field code) noexcept {
    return oms_config_field_name(static_cast<std::uint32_t>(code));
}

/// Flags of the configuration.
enum class config_flag : std::uint32_t {
    /// a client id must exceed the last one accepted
    monotonic_ids = OMS_CONFIG_MONOTONIC_IDS,
    /// slippage and latency are measured; reports take the long way
    measure = OMS_CONFIG_MEASURE,
};
/// A set of config_flag.
using config_flags = flags<config_flag>;
template <> struct is_flag<config_flag> : std::true_type {};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(config_flag code) noexcept {
    return oms_config_flag_name(static_cast<std::uint32_t>(code));
}

/// A field of the limits of a symbol, from 64 on of a scope, from 128 on of its breaker.
enum class limit_field : std::uint32_t {
    /// smallest quantity
    qty_min = OMS_LIMIT_FIELD_QTY_MIN,
    /// largest quantity
    qty_max = OMS_LIMIT_FIELD_QTY_MAX,
    /// step of quantities
    qty_step = OMS_LIMIT_FIELD_QTY_STEP,
    /// step of prices
    price_step = OMS_LIMIT_FIELD_PRICE_STEP,
    /// smallest value
    notional_min = OMS_LIMIT_FIELD_NOTIONAL_MIN,
    /// largest value
    notional_max = OMS_LIMIT_FIELD_NOTIONAL_MAX,
    /// collar in ticks
    collar_ticks = OMS_LIMIT_FIELD_COLLAR_TICKS,
    /// collar as a share
    collar_ratio = OMS_LIMIT_FIELD_COLLAR_RATIO,
    /// oldest reference
    reference_age_max = OMS_LIMIT_FIELD_REFERENCE_AGE_MAX,
    /// largest long position
    long_max = OMS_LIMIT_FIELD_LONG_MAX,
    /// largest short position
    short_max = OMS_LIMIT_FIELD_SHORT_MAX,
    /// limit_flag bits
    flags = OMS_LIMIT_FIELD_FLAGS,
    /// reference
    reference = OMS_LIMIT_FIELD_REFERENCE,
    /// self_trade
    self_trade = OMS_LIMIT_FIELD_SELF_TRADE,
    /// working orders of a side
    open_orders_max = OMS_LIMIT_FIELD_OPEN_ORDERS_MAX,
    /// working lots of a side
    open_qty_max = OMS_LIMIT_FIELD_OPEN_QTY_MAX,
    /// positions
    positions_max = OMS_LIMIT_FIELD_POSITIONS_MAX,
    /// permitted types
    types = OMS_LIMIT_FIELD_TYPES,
    /// permitted times in force
    times_in_force = OMS_LIMIT_FIELD_TIMES_IN_FORCE,
    /// share of the average daily volume
    adv_ratio = OMS_LIMIT_FIELD_ADV_RATIO,
    /// value of working orders
    open_notional_max = OMS_LIMIT_FIELD_OPEN_NOTIONAL_MAX,
    /// value traded and working
    gross_max = OMS_LIMIT_FIELD_GROSS_MAX,
    /// value bought less sold
    net_max = OMS_LIMIT_FIELD_NET_MAX,
    /// margin of the worst case
    margin_ratio = OMS_LIMIT_FIELD_MARGIN_RATIO,
    /// requests in a window
    rate_max = OMS_LIMIT_FIELD_RATE_MAX,
    /// that window
    rate_window = OMS_LIMIT_FIELD_RATE_WINDOW,
    /// repeated executions in a window
    repeat_max = OMS_LIMIT_FIELD_REPEAT_MAX,
    /// that window
    repeat_window = OMS_LIMIT_FIELD_REPEAT_WINDOW,
    /// about the same price
    repeat_range = OMS_LIMIT_FIELD_REPEAT_RANGE,
    /// same orders in a window
    duplicate_max = OMS_LIMIT_FIELD_DUPLICATE_MAX,
    /// that window
    duplicate_window = OMS_LIMIT_FIELD_DUPLICATE_WINDOW,
    /// scope: working orders
    scope_open_orders_max = OMS_LIMIT_FIELD_SCOPE_OPEN_ORDERS_MAX,
    /// scope: positions
    scope_positions_max = OMS_LIMIT_FIELD_SCOPE_POSITIONS_MAX,
    /// scope: permitted types
    scope_types = OMS_LIMIT_FIELD_SCOPE_TYPES,
    /// scope: permitted times in force
    scope_times_in_force = OMS_LIMIT_FIELD_SCOPE_TIMES_IN_FORCE,
    /// scope: largest quantity
    scope_qty_max = OMS_LIMIT_FIELD_SCOPE_QTY_MAX,
    /// scope: largest value
    scope_notional_max = OMS_LIMIT_FIELD_SCOPE_NOTIONAL_MAX,
    /// scope: value of working orders
    scope_open_notional_max = OMS_LIMIT_FIELD_SCOPE_OPEN_NOTIONAL_MAX,
    /// scope: value traded and working
    scope_gross_max = OMS_LIMIT_FIELD_SCOPE_GROSS_MAX,
    /// scope: value bought less sold
    scope_net_max = OMS_LIMIT_FIELD_SCOPE_NET_MAX,
    /// scope: margin
    scope_credit_max = OMS_LIMIT_FIELD_SCOPE_CREDIT_MAX,
    /// scope: value over equity
    scope_leverage_max = OMS_LIMIT_FIELD_SCOPE_LEVERAGE_MAX,
    /// scope: requests for each fill
    scope_order_to_trade_max = OMS_LIMIT_FIELD_SCOPE_ORDER_TO_TRADE_MAX,
    /// scope: fewest requests that count
    scope_order_to_trade_min = OMS_LIMIT_FIELD_SCOPE_ORDER_TO_TRADE_MIN,
    /// scope: that window
    scope_order_to_trade_window = OMS_LIMIT_FIELD_SCOPE_ORDER_TO_TRADE_WINDOW,
    /// scope: age of the heartbeat
    scope_heartbeat_max = OMS_LIMIT_FIELD_SCOPE_HEARTBEAT_MAX,
    /// scope: cancels in a window
    scope_cancel_max = OMS_LIMIT_FIELD_SCOPE_CANCEL_MAX,
    /// scope: that window
    scope_cancel_window = OMS_LIMIT_FIELD_SCOPE_CANCEL_WINDOW,
    /// scope: share of a limit that warns
    scope_warn_ratio = OMS_LIMIT_FIELD_SCOPE_WARN_RATIO,
    /// breaker: daily loss, share
    breaker_daily_loss_ratio = OMS_LIMIT_FIELD_BREAKER_DAILY_LOSS_RATIO,
    /// breaker: daily loss
    breaker_daily_loss_money = OMS_LIMIT_FIELD_BREAKER_DAILY_LOSS_MONEY,
    /// breaker: drawdown, share
    breaker_drawdown_ratio = OMS_LIMIT_FIELD_BREAKER_DRAWDOWN_RATIO,
    /// breaker: drawdown
    breaker_drawdown_money = OMS_LIMIT_FIELD_BREAKER_DRAWDOWN_MONEY,
    /// breaker: loss of a streak
    breaker_streak_loss_money = OMS_LIMIT_FIELD_BREAKER_STREAK_LOSS_MONEY,
    /// breaker: custom window
    breaker_rate_window = OMS_LIMIT_FIELD_BREAKER_RATE_WINDOW,
    /// breaker: time to a recovery
    breaker_auto_reset_after = OMS_LIMIT_FIELD_BREAKER_AUTO_RESET_AFTER,
    /// breaker: time after it
    breaker_cooldown = OMS_LIMIT_FIELD_BREAKER_COOLDOWN,
    /// breaker: losses in a row
    breaker_consecutive_losses = OMS_LIMIT_FIELD_BREAKER_CONSECUTIVE_LOSSES,
    /// breaker: errors in a row
    breaker_consecutive_errors = OMS_LIMIT_FIELD_BREAKER_CONSECUTIVE_ERRORS,
    /// breaker: orders in a minute
    breaker_orders_per_minute = OMS_LIMIT_FIELD_BREAKER_ORDERS_PER_MINUTE,
    /// breaker: orders in an hour
    breaker_orders_per_hour = OMS_LIMIT_FIELD_BREAKER_ORDERS_PER_HOUR,
    /// breaker: orders in the window
    breaker_orders_per_window = OMS_LIMIT_FIELD_BREAKER_ORDERS_PER_WINDOW,
    /// breaker: recoveries in a session
    breaker_max_auto_resets = OMS_LIMIT_FIELD_BREAKER_MAX_AUTO_RESETS,
    /// breaker: breaker_flag bits
    breaker_flags = OMS_LIMIT_FIELD_BREAKER_FLAGS,
    /// breaker: probes
    breaker_half_open_probes = OMS_LIMIT_FIELD_BREAKER_HALF_OPEN_PROBES,
    /// breaker: wins that close it
    breaker_probe_wins = OMS_LIMIT_FIELD_BREAKER_PROBE_WINS,
    /// breaker: share for a probe
    breaker_probe_size = OMS_LIMIT_FIELD_BREAKER_PROBE_SIZE,
    /// breaker: share of a limit that warns
    breaker_warn_ratio = OMS_LIMIT_FIELD_BREAKER_WARN_RATIO,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(limit_field code) noexcept {
    return oms_limit_field_name(static_cast<std::uint32_t>(code));
}

/// What differs from the venue's books: code of event_kind::difference.
enum class difference : std::uint32_t {
    /// the round is over: limit = rows, observed = differences
    none = OMS_DIFFERENCE_NONE,
    /// net lots of a symbol
    net_qty = OMS_DIFFERENCE_NET_QTY,
    /// long lots of a hedged symbol
    long_qty = OMS_DIFFERENCE_LONG_QTY,
    /// short lots of a hedged symbol
    short_qty = OMS_DIFFERENCE_SHORT_QTY,
    /// long lots of a symbol that the venue did not mention
    missing_long = OMS_DIFFERENCE_MISSING_LONG,
    /// short lots of a symbol that the venue did not mention
    missing_short = OMS_DIFFERENCE_MISSING_SHORT,
    /// average price of the same lots; no tolerance counts it
    average_price = OMS_DIFFERENCE_AVERAGE_PRICE,
    /// lots open there: an order that is not known here
    unknown_order = OMS_DIFFERENCE_UNKNOWN_ORDER,
    /// lots open there: an order that has ended here
    ended_here = OMS_DIFFERENCE_ENDED_HERE,
    /// lots reserved here: an order that has ended at the venue
    ended_there = OMS_DIFFERENCE_ENDED_THERE,
    /// lots reserved here: the venue has it, NEW was not handed out
    not_sent = OMS_DIFFERENCE_NOT_SENT,
    /// symbol of an order
    symbol = OMS_DIFFERENCE_SYMBOL,
    /// side of an order
    side = OMS_DIFFERENCE_SIDE,
    /// quantity of a live order, old or new of a replace in flight
    quantity = OMS_DIFFERENCE_QUANTITY,
    /// price of a live order, old or new of a replace in flight
    price = OMS_DIFFERENCE_PRICE,
    /// lots executed: more at the venue
    fill_missed = OMS_DIFFERENCE_FILL_MISSED,
    /// lots executed: more here
    fill_extra = OMS_DIFFERENCE_FILL_EXTRA,
    /// lots reserved here: an order the venue did not mention
    missing_order = OMS_DIFFERENCE_MISSING_ORDER,
    /// the same, never acknowledged; no tolerance counts it
    in_doubt = OMS_DIFFERENCE_IN_DOUBT,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(difference code) noexcept {
    return oms_difference_name(static_cast<std::uint32_t>(code));
}

/// What a round of reconciliation is about; 0: positions and orders of all symbols and venues.
enum class reconcile_flag : std::uint32_t {
    /// what is not mentioned counts for `symbol` only
    one_symbol = OMS_RECONCILE_ONE_SYMBOL,
    /// orders that are not mentioned count for `venue` only
    one_venue = OMS_RECONCILE_ONE_VENUE,
    /// positions are not given
    no_positions = OMS_RECONCILE_NO_POSITIONS,
    /// orders are not given
    no_orders = OMS_RECONCILE_NO_ORDERS,
};
/// A set of reconcile_flag.
using reconcile_flags = flags<reconcile_flag>;
template <> struct is_flag<reconcile_flag> : std::true_type {};

/// Where a round of reconciliation stands.
enum class reconcile_state : std::uint8_t {
    /// there was none yet
    none = OMS_RECONCILE_STATE_NONE,
    /// positions and orders are given
    rows = OMS_RECONCILE_STATE_ROWS,
    /// what was not mentioned is looked for
    ending = OMS_RECONCILE_STATE_ENDING,
    /// it is over
    done = OMS_RECONCILE_STATE_DONE,
};

/// The aggregate that audit found to differ.
enum class audit_item : std::uint32_t {
    /// none
    none = OMS_AUDIT_NONE,
    /// reserved buy lots of a symbol
    working_buy = OMS_AUDIT_WORKING_BUY,
    /// reserved sell lots of a symbol
    working_sell = OMS_AUDIT_WORKING_SELL,
    /// number of live orders
    live_orders = OMS_AUDIT_LIVE_ORDERS,
    /// number of ended orders that may be evicted
    ended_orders = OMS_AUDIT_ENDED_ORDERS,
    /// number of orders with a command waiting
    commands = OMS_AUDIT_COMMANDS,
    /// an order is not found by its client id
    client_index = OMS_AUDIT_CLIENT_INDEX,
    /// long lots of a symbol
    long_qty = OMS_AUDIT_LONG_QTY,
    /// short lots of a symbol
    short_qty = OMS_AUDIT_SHORT_QTY,
    /// entry cost of a symbol's longs
    long_cost = OMS_AUDIT_LONG_COST,
    /// entry cost of a symbol's shorts
    short_cost = OMS_AUDIT_SHORT_COST,
    /// unrealised PnL of the account
    unrealised = OMS_AUDIT_UNREALISED,
    /// lots of a position that are being closed
    closing = OMS_AUDIT_CLOSING,
    /// number of open positions
    open_positions = OMS_AUDIT_OPEN_POSITIONS,
    /// orders that hold room for a position
    opening_orders = OMS_AUDIT_OPENING_ORDERS,
    /// number of triggers of a position
    triggers = OMS_AUDIT_TRIGGERS,
    /// an armed trigger does not stand in its queue
    trigger_queue = OMS_AUDIT_TRIGGER_QUEUE,
    /// a position is not found by its tag
    tag_index = OMS_AUDIT_TAG_INDEX,
    /// an execution is not found by its id
    executions = OMS_AUDIT_EXECUTIONS,
    /// order slots that triggers hold
    order_slots = OMS_AUDIT_ORDER_SLOTS,
    /// an order's cum_qty and its value disagree
    cum_qty = OMS_AUDIT_CUM_QTY,
    /// realised PnL of the account against its symbols'
    realised = OMS_AUDIT_REALISED,
    /// commissions of the account against its symbols'
    commission = OMS_AUDIT_COMMISSION,
    /// number of working orders of a symbol or in all
    working_orders = OMS_AUDIT_WORKING_ORDERS,
    /// positions that are open or may be opened
    claims = OMS_AUDIT_CLAIMS,
    /// list of reduce-only orders of a position
    reducers = OMS_AUDIT_REDUCERS,
    /// an order held here and its trigger do not match
    held_orders = OMS_AUDIT_HELD_ORDERS,
    /// room reserved for the legs of brackets
    bracket_legs = OMS_AUDIT_BRACKET_LEGS,
    /// an order does not stand in the queue of deadlines
    deadlines = OMS_AUDIT_DEADLINES,
    /// reduce-only orders could flip a position
    excess = OMS_AUDIT_EXCESS,
    /// counts of closed positions
    statistics = OMS_AUDIT_STATISTICS,
    /// of two orders that cancel each other only one knows
    links = OMS_AUDIT_LINKS,
    /// prices of a symbol that are taken to mean nothing
    watch = OMS_AUDIT_WATCH,
    /// what a tick of a symbol is worth
    weights = OMS_AUDIT_WEIGHTS,
    /// equity as the breaker knows it
    equity = OMS_AUDIT_EQUITY,
    /// ranges that plain orders are judged by
    folds = OMS_AUDIT_FOLDS,
    /// a trigger that has fired waits for nothing
    fired_triggers = OMS_AUDIT_FIRED_TRIGGERS,
    /// orders or positions of the half-open breaker's probes
    probes = OMS_AUDIT_PROBES,
    /// what the orders of a scope have reserved in a symbol
    book_orders = OMS_AUDIT_BOOK_ORDERS,
    /// what the positions of a scope add up to in a symbol
    book_positions = OMS_AUDIT_BOOK_POSITIONS,
    /// what a scope claims in a symbol
    book_claims = OMS_AUDIT_BOOK_CLAIMS,
    /// working orders and claims of a scope
    scope_counts = OMS_AUDIT_SCOPE_COUNTS,
    /// the account of a scope against its books
    scope_account = OMS_AUDIT_SCOPE_ACCOUNT,
    /// value of a symbol's working orders
    working_value = OMS_AUDIT_WORKING_VALUE,
    /// value of a symbol's executions
    traded_value = OMS_AUDIT_TRADED_VALUE,
    /// what a symbol, or all of them, come to in money
    values = OMS_AUDIT_VALUES,
    /// members and exposure of a group of symbols
    groups = OMS_AUDIT_GROUPS,
    /// request times of a symbol go back
    symbol_rate = OMS_AUDIT_SYMBOL_RATE,
    /// an accepted order is not found among those like it
    recent = OMS_AUDIT_RECENT,
    /// lots of an order's children, working and executed
    children = OMS_AUDIT_CHILDREN,
    /// a resting order does not stand where its price says
    resting = OMS_AUDIT_RESTING,
    /// what is left of a place that is killed or cleared
    kills = OMS_AUDIT_KILLS,
    /// the simulated venue, or what it works for an order
    venue = OMS_AUDIT_VENUE,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(audit_item code) noexcept {
    return oms_audit_item_name(static_cast<std::uint32_t>(code));
}

/// A model of slippage: slippage.model.
enum class slippage_model : std::uint8_t {
    /// share: the same for every order
    fixed = OMS_SLIPPAGE_FIXED,
    /// factor x p, p at most participation_max; without a volume FIXED
    volume = OMS_SLIPPAGE_VOLUME,
    /// half the spread
    spread = OMS_SLIPPAGE_SPREAD,
    /// half the spread + impact x p + noise
    realistic = OMS_SLIPPAGE_REALISTIC,
    /// factor x p^2, p at most participation_max
    volume_share = OMS_SLIPPAGE_VOLUME_SHARE,
    /// factor x volatility x the root of p
    square_root = OMS_SLIPPAGE_SQUARE_ROOT,
    /// Almgren and others 2005: a temporary and a permanent part
    almgren = OMS_SLIPPAGE_ALMGREN,
    /// a walk of the price levels that are given: slippage_depth
    depth = OMS_SLIPPAGE_DEPTH,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(slippage_model code) noexcept {
    return oms_slippage_model_name(static_cast<std::uint8_t>(code));
}

/// Flags of an order whose price is asked for: slippage_order.flags.
enum class slippage_flag : std::uint32_t {
    /// bid and ask are given: their mid is the reference, price is not read
    quoted = OMS_SLIPPAGE_FLAG_QUOTED,
    /// limit is given: the price is not beyond it
    limited = OMS_SLIPPAGE_FLAG_LIMITED,
};
/// A set of slippage_flag.
using slippage_flags = flags<slippage_flag>;
template <> struct is_flag<slippage_flag> : std::true_type {};

/// What is said of the size of an order: order_size.code.
enum class size_code : std::uint32_t {
    /// the size passes
    ok = OMS_SIZE_OK,
    /// too large: p is above participation_max
    too_large = OMS_SIZE_TOO_LARGE,
    /// slippage too high: the estimate is too large
    slippage_too_high = OMS_SIZE_SLIPPAGE_TOO_HIGH,
    /// no market volume
    no_volume = OMS_SIZE_NO_VOLUME,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(size_code code) noexcept {
    return oms_size_code_name(static_cast<std::uint32_t>(code));
}

/// Where a limit order joins those that rest at its price in the simulated venue.
enum class queue : std::uint32_t {
    /// behind all that is displayed there
    back = OMS_QUEUE_BACK,
    /// before all others
    front = OMS_QUEUE_FRONT,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(queue code) noexcept {
    return oms_queue_name(static_cast<std::uint32_t>(code));
}

/// Where commands go: config.mode.
enum class mode : std::uint32_t {
    /// to the host, by poll; reports come by venue_report
    live = OMS_MODE_LIVE,
    /// to the simulated venue, which follows live quotes
    paper = OMS_MODE_PAPER,
    /// to the simulated venue, which follows given quotes
    backtest = OMS_MODE_BACKTEST,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(mode code) noexcept {
    return oms_mode_name(static_cast<std::uint32_t>(code));
}

/// A named schedule of fees.
enum class fee_plan : std::uint32_t {
    /// no fees
    free = OMS_FEES_FREE,
    /// 0.1 % for maker and taker
    standard = OMS_FEES_STANDARD,
    /// 0.09 % for maker and taker
    vip1 = OMS_FEES_VIP1,
    /// 0.08 % for maker and taker
    vip2 = OMS_FEES_VIP2,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(fee_plan code) noexcept {
    return oms_fee_plan_name(static_cast<std::uint32_t>(code));
}

/// The field that slippage_check or fees_check names.
enum class sim_field : std::uint32_t {
    /// all fields are valid
    none = OMS_SIM_FIELD_NONE,
    /// model: slippage_model
    model = OMS_SIM_FIELD_MODEL,
    /// share: 0 to 10^9
    share = OMS_SIM_FIELD_SHARE,
    /// factor: 0 to 10^12
    factor = OMS_SIM_FIELD_FACTOR,
    /// participation_max: 0 to 10^9
    participation_max = OMS_SIM_FIELD_PARTICIPATION_MAX,
    /// spread: 0 to 10^9
    spread = OMS_SIM_FIELD_SPREAD,
    /// impact: 0 to 10^12
    impact = OMS_SIM_FIELD_IMPACT,
    /// noise: 0 to 10^9
    noise = OMS_SIM_FIELD_NOISE,
    /// volatility: 0 to 10^12
    volatility = OMS_SIM_FIELD_VOLATILITY,
    /// days: 1 to 10^12
    days = OMS_SIM_FIELD_DAYS,
    /// a reserved field of slippage is not zero
    slippage_reserved = OMS_SIM_FIELD_SLIPPAGE_RESERVED,
    /// maker, also of a tier: -10^9 to 10^9
    maker = OMS_SIM_FIELD_MAKER,
    /// taker, also of a tier: -10^9 to 10^9
    taker = OMS_SIM_FIELD_TAKER,
    /// minimum: -1 (none) or 0 and more
    minimum = OMS_SIM_FIELD_MINIMUM,
    /// maximum: -1 (none) or 0 and more
    maximum = OMS_SIM_FIELD_MAXIMUM,
    /// tier_count: 0 to 8
    tier_count = OMS_SIM_FIELD_TIER_COUNT,
    /// volumes of tiers: above 0, rising; unused tiers are 0
    tier_volume = OMS_SIM_FIELD_TIER_VOLUME,
    /// a reserved field of fees is not zero
    fees_reserved = OMS_SIM_FIELD_FEES_RESERVED,
};
/// Its name, in capitals; "?" for a value that has none.
inline const char *to_string(sim_field code) noexcept {
    return oms_sim_field_name(static_cast<std::uint32_t>(code));
}

/// Checks, as a verdict's mask has them.
using check_set = set_of<check, std::uint64_t>;
// enumerations]

/// Two flags make a set.
template <class E, std::enable_if_t<is_flag<E>::value, int> = 0>
constexpr flags<E> operator|(E a, E b) noexcept {
    return flags<E>(a) | flags<E>(b);
}

/// What a status means, in a sentence.
inline const char *text(status code) noexcept {
    return oms_status_text(static_cast<std::int32_t>(code));
}
/// What a check asks for, in a sentence.
inline const char *text(check code) noexcept {
    return oms_check_text(static_cast<std::uint32_t>(code));
}

// ---- records: those of oms.h, with types that fit

namespace detail {

/// The C record of a record.
template <class T> struct c_type;

template <class Kind> inline oms_id_t *raw(id<Kind> *ids) noexcept {
    return reinterpret_cast<oms_id_t *>(ids);
}
template <class T> inline const typename c_type<T>::type *raw(const T *record) noexcept {
    return reinterpret_cast<const typename c_type<T>::type *>(record);
}
template <class T> inline typename c_type<T>::type *raw(T *record) noexcept {
    return reinterpret_cast<typename c_type<T>::type *>(record);
}

} // namespace detail

// The same bytes in the same places: a pointer to one is a pointer to the other.
#define OMS_HPP_SAME(cpp, c)                                                                       \
    static_assert(sizeof(cpp) == sizeof(c) && alignof(cpp) == alignof(c), #cpp);                   \
    static_assert(std::is_standard_layout_v<cpp> && std::is_trivially_copyable_v<cpp>, #cpp)
#define OMS_HPP_PLACE(cpp, c, field)                                                               \
    static_assert(offsetof(cpp, field) == offsetof(c, field) &&                                    \
                      sizeof(cpp::field) == sizeof(c::field),                                      \
                  #cpp "." #field)

// [records
/// Limits of a breaker. -1 (off) switches a limit off. `config_init` and `breaker_config_init` fill
/// in the defaults that each field names.
struct breaker_config {
    /// Trips when the loss since the session's start is beyond this share of the equity then, parts
    /// per 10^9. Default 5 %.
    oms::ratio daily_loss_ratio{};
    /// The same in money units. Default off.
    oms::money daily_loss_money{};
    /// Trips when the fall from the equity peak is beyond this share of it, parts per 10^9. Default
    /// 15 %.
    oms::ratio drawdown_ratio{};
    /// The same in money units. Default off.
    oms::money drawdown_money{};
    /// Trips when the trades of the current losing streak have lost this much, money units. Default
    /// off.
    oms::money streak_loss_money{};
    /// Length of the custom rate window, nanoseconds. Default one second.
    oms::nanos rate_window{};
    /// Recovers by itself this long after the trip, nanoseconds. Default 60 minutes.
    oms::nanos auto_reset_after{};
    /// After a recovery by itself, a trip within this time is latched until a reset by hand,
    /// nanoseconds. Default 15 minutes.
    oms::nanos cooldown{};
    /// A session begins this long after midnight of the caller's clock, nanoseconds, below one day.
    /// Default 0.
    oms::nanos session_offset{};
    /// Trips at this many losing trades in a row. Default 5.
    std::int32_t consecutive_losses{};
    /// Trips at this many errors in a row. Default 3.
    std::int32_t consecutive_errors{};
    /// Orders allowed in any minute. Default 10.
    std::int32_t orders_per_minute{};
    /// Orders allowed in any hour. Default 100.
    std::int32_t orders_per_hour{};
    /// Orders allowed in any rate_window. Default off.
    std::int32_t orders_per_window{};
    /// Recoveries by itself in one session. Default 1.
    std::uint32_t max_auto_resets{};
    /// breaker_flag bits. Default 0.
    oms::flags<oms::breaker_flag> flags{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Orders that pass while it is half-open, after a recovery by itself. 0: it closes at once.
    /// Default 0.
    std::uint32_t half_open_probes{};
    /// Of them, positions closed with a profit that close it, 1 to half_open_probes. Default 1.
    std::uint32_t probe_wins{};
    /// Share of the largest quantity and position that a probe may have, parts per 10^9, 1 to 10^9;
    /// rounded down, but at least a lot. Default 10 %.
    oms::ratio probe_size{};
    /// Share of a limit of this breaker, parts per 10^9, 1 to 10^9, from which on event_kind::warn
    /// tells that it is near. off: never. Default 80 %.
    oms::ratio warn_ratio{};
    /// Zero.
    std::uint64_t reserved[4]{};
};

/// One trip: `trip_get`, `breaker_trip_get`.
struct trip {
    /// When it tripped, nanoseconds.
    oms::nanos at;
    /// When it was reset, nanoseconds; 0 while it is open.
    oms::nanos reset_at;
    /// Limit, in `unit`.
    std::int64_t limit;
    /// Observed value, in `unit`; for a trip by hand the caller's note.
    std::int64_t observed;
    /// Scope number.
    oms::scope_id scope;
    /// cause.
    oms::cause cause;
    /// unit of limit and observed.
    oms::unit unit;
    /// 1 when only a reset by hand ends it.
    bool latched;
    /// 1 when it was reset by hand.
    bool by_hand;
    /// 0.
    std::uint64_t reserved[3];
};

/// What a breaker says of itself: `breaker_status`, `risk_get`.
struct breaker_status {
    /// Equity, money units; 0 before it is known.
    oms::money equity;
    /// Highest equity, money units.
    oms::money peak;
    /// Equity at the session's start, money units.
    oms::money session_equity;
    /// Equity less the session's start, money units.
    oms::money session_pnl;
    /// Loss of the current losing streak, money units, as a positive number.
    oms::money streak_loss;
    /// (peak - equity) / peak, parts per 10^9, rounded up.
    oms::ratio drawdown;
    /// Largest drawdown so far, parts per 10^9.
    oms::ratio drawdown_max;
    /// When it tripped last, nanoseconds; 0 if never.
    oms::nanos tripped_at;
    /// When it was reset last, nanoseconds; 0 if never.
    oms::nanos reset_at;
    /// Losing trades in a row.
    std::uint32_t consecutive_losses;
    /// Errors in a row.
    std::uint32_t consecutive_errors;
    /// Trips in this session.
    std::uint32_t session_trips;
    /// Recoveries by itself in this session.
    std::uint32_t session_auto_resets;
    /// Trips kept in the history.
    std::uint32_t trips;
    /// Orders in the last minute.
    std::uint32_t orders_last_minute;
    /// Orders in the last hour.
    std::uint32_t orders_last_hour;
    /// breaker_state.
    oms::breaker_state state;
    /// cause of the last trip.
    oms::cause cause;
    /// 1 when only a reset by hand ends the trip.
    bool latched;
    /// 1 when orders may pass.
    bool operational;
    /// Orders that may still be sent while it is half-open.
    std::uint32_t probes_left;
    /// Of the probes: orders that live, and positions that are open.
    std::uint32_t probes_open;
    /// Of the probes: positions closed with a profit.
    std::uint32_t probe_wins;
    /// Limits that are at warn_ratio or beyond now: bits 1 << cause.
    oms::set_of<oms::cause, std::uint32_t> warned;
    /// 0.
    std::uint64_t reserved[3];
};

/// What the gate says of a request. A denial is not an error: the call succeeded.
struct verdict {
    /// All failing checks: bits 1 << check. 0: accepted.
    oms::check_set mask;
    /// Limit of the first failing check, in `unit`.
    std::int64_t limit;
    /// Value observed by the first failing check, in `unit`.
    std::int64_t observed;
    /// check of the first failing check; check::none when accepted.
    oms::check first;
    /// The scope whose limit failed.
    oms::scope_id scope;
    /// 1 when denied, 0 when accepted.
    oms::stored<bool, std::uint32_t> denied;
    /// unit of limit and observed.
    oms::unit unit;
    /// 0.
    std::uint8_t reserved0[3];
    /// 0.
    std::uint64_t reserved[3];
};

/// The answer to any record.
struct answer {
    /// The gate's word, for records that it judges.
    oms::verdict verdict;
    /// The order, position or trigger that was made or concerned; 0 for none.
    oms::record_id id;
    /// The symbol that was defined.
    oms::symbol_id symbol;
    /// Commands a poll took out; they are dropped.
    std::uint32_t commands;
    /// Events a poll took out; they are dropped.
    std::uint32_t events;
    /// The scope that was defined.
    oms::scope_id scope;
    /// Orders that a mass cancel has cancelled.
    std::uint32_t orders;
    /// 0.
    std::uint32_t reserved;
};

/// Head of every request record. `request_init` fills in kind and size.
struct request_header {
    /// request_kind: which record this is. Permanent.
    oms::request_kind kind{};
    /// sizeof the record, in bytes.
    std::uint32_t size{};
    /// The caller's time in nanoseconds. A step back counts as no time passed.
    oms::nanos now{};
};

/// Best bid and ask: `quote`. A fact: marks, breaker and triggers follow it.
struct quote {
    /// kind = request_kind::quote.
    oms::request_header header{oms::request_kind::quote,
                               sizeof(oms_quote_t), {}};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Best bid, ticks.
    oms::ticks bid{};
    /// Best ask, ticks, not below the bid.
    oms::ticks ask{};
    /// Quantity at the bid, lots; 0 when unknown.
    oms::lots bid_qty{};
    /// Quantity at the ask, lots; 0 when unknown.
    oms::lots ask_qty{};
    /// Zero.
    std::uint64_t reserved[1]{};
    /// Sets header.now.
    quote &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// What a venue says of an order: `venue_report`. A fact: it is taken in any state.
struct venue_report {
    /// kind = request_kind::venue_report.
    oms::request_header header{oms::request_kind::venue_report,
                               sizeof(oms_venue_report_t), {}};
    /// The order; 0 when client_id names it.
    oms::order_id order{};
    /// The caller's id of the order, read when order is 0.
    oms::client_order_id client_id{};
    /// Fill, correct: the venue's execution id as a number, not 0. It is applied once.
    oms::execution_id exec_id{};
    /// Bust, correct: the execution that is taken back or corrected, not 0. While it is kept, order
    /// and client_id may both be 0.
    oms::execution_id ref_exec_id{};
    /// Cancel and replace answers: the request's id, or 0 for the one outstanding.
    std::uint64_t request_id{};
    /// A fill of an order that is not in the table: the position it belongs to; 0 when not known.
    oms::position_id position{};
    /// Fill: lots of this execution, 1 to 2^60. Correct: its new lots. Replace ack, restate: the
    /// new total, 0 for none given.
    oms::lots qty{};
    /// Fill, correct: price in ticks; 0 for a symbol that cannot have it is taken as not given.
    /// Replace ack, restate: the new limit price, read when qty is not 0. Order status: the last
    /// price, 0 for not given.
    oms::ticks price{};
    /// Fill, order status: the venue's total of executed lots after this report; 0 for not given.
    oms::lots venue_cum{};
    /// Fill, order status: the venue's average price, whole ticks.
    oms::ticks venue_avg{};
    /// The venue's average price: the rest, parts per 10^9 of a tick, 0 to 10^9 - 1. With venue_avg
    /// 0 too: not given.
    std::int64_t venue_avg_frac{};
    /// Fill, correct: commission in money units; a rebate is negative.
    oms::money commission{};
    /// Symbol number, read when side is given.
    oms::symbol_id symbol{};
    /// The caller's venue number, kept with an order that is made for a fill.
    oms::venue_id venue{};
    /// report_kind.
    oms::report_kind report{};
    /// Fill: liquidity; not kept.
    oms::liquidity liquidity{};
    /// reason. UNKNOWN_ORDER on a cancel reject puts the order in doubt. Kept with the order when
    /// the report ends it.
    oms::reason reason{};
    /// side of the order, 0 for not given. A fill of an order that is not in the table is booked
    /// only with side and symbol.
    oms::side side{};
    /// Order status: order_status at the venue, from SUBMITTED on without FAILED; otherwise 0.
    oms::order_status order_status{};
    /// Zero.
    std::uint8_t reserved0[2]{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    venue_report &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Asks for a new order: `order_check` and `order_submit`.
struct order_submit {
    /// kind = request_kind::order_submit.
    oms::request_header header{oms::request_kind::order_submit,
                               sizeof(oms_order_submit_t), {}};
    /// The caller's order id: not 0, top bit 0, not carried by any order in the table. Never use
    /// one again: a late report by client id would reach the newer order.
    oms::client_order_id client_id{};
    /// The caller's mark; 0 for none. A position opened by the order is found by it.
    std::uint64_t tag{};
    /// Position to reduce or enlarge. 0: the net position, or with symbol_flag::hedged a new one.
    oms::position_id position{};
    /// Order this one is a part of; 0 for none. Handed out with the command. What all orders that
    /// name a parent work and have executed is at most its quantity (check PARENT); one with
    /// order_flag::parent must live, and be of the same symbol and side.
    oms::order_id parent{};
    /// A live order of the symbol: when one of the two is executed the other is cancelled (one
    /// cancels the other); 0 for none.
    oms::order_id linked{};
    /// Quantity in lots, 1 to 2^60; 0 with order_flag::close_position.
    oms::lots qty{};
    /// Limit price in ticks for order_type::limit, order_type::stop_limit and
    /// order_type::take_profit_limit; otherwise 0.
    oms::ticks price{};
    /// Trigger price in ticks for order_type::stop, order_type::stop_limit, order_type::take_profit
    /// and order_type::take_profit_limit; otherwise 0. Not reached yet: a buy stop above the ask, a
    /// sell stop below the bid, a take-profit the other way round.
    oms::ticks stop_price{};
    /// order_type::trailing_stop: distance in ticks, 1 to 2^60, or 0 with trail_ratio.
    oms::ticks trail_offset{};
    /// order_type::trailing_stop: distance as parts per 10^9 of the best price, below 10^9, rounded
    /// up to ticks, or 0 with trail_offset.
    oms::ratio trail_ratio{};
    /// Bracket: level in ticks of a stop-loss for what the order opens; 0 for none.
    oms::ticks stop_loss{};
    /// Bracket: level in ticks of a take-profit for what the order opens; 0 for none.
    oms::ticks take_profit{};
    /// With time_in_force::gtd: when it expires, in nanoseconds, after now; otherwise 0.
    oms::nanos expire_at{};
    /// When it is given up: timer then cancels what is left, in nanoseconds, after now; 0 for
    /// never. See order_extend.
    oms::nanos timeout_at{};
    /// Symbol number, from `symbol_define`.
    oms::symbol_id symbol{};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// The caller's venue number, handed out with the command.
    oms::venue_id venue{};
    /// order_flag bits.
    oms::flags<oms::order_flag> flags{};
    /// side.
    oms::side side{};
    /// order_type.
    oms::order_type order_type{};
    /// time_in_force.
    oms::time_in_force time_in_force{};
    /// hold: who waits for the trigger price. hold::core (0) for market and limit orders.
    oms::hold hold{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Zero.
    std::uint64_t reserved[8]{};
    /// Sets header.now.
    order_submit &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Says in which phase a symbol trades, or all of them: `phase_set`. A symbol begins in
/// phase::continuous.
struct phase_set {
    /// kind = request_kind::phase_set.
    oms::request_header header{oms::request_kind::phase_set,
                               sizeof(oms_phase_set_t), {}};
    /// Symbol number; UINT32_MAX: every symbol that is defined.
    oms::symbol_id symbol{};
    /// phase.
    oms::phase phase{};
    /// Zero.
    std::uint8_t reserved0[3]{};
    /// Zero.
    std::uint64_t reserved[3]{};
    /// Sets header.now.
    phase_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Says what is traded of a symbol on an average day: `volume_set`.
struct volume_set {
    /// kind = request_kind::volume_set.
    oms::request_header header{oms::request_kind::volume_set,
                               sizeof(oms_volume_set_t), {}};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Average daily volume, lots; off: it is not known.
    oms::lots volume{};
    /// Zero.
    std::uint64_t reserved[2]{};
    /// Sets header.now.
    volume_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Says how many lots of a symbol are located for shorts: `locate_set`.
struct locate_set {
    /// kind = request_kind::locate_set.
    oms::request_header header{oms::request_kind::locate_set,
                               sizeof(oms_locate_set_t), {}};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Scope number; 0 is the root: for all shorts of the symbol.
    oms::scope_id scope{};
    /// All that is located, what is short already included, lots.
    oms::lots qty{};
    /// Zero.
    std::uint64_t reserved[2]{};
    /// Sets header.now.
    locate_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Says which steps the prices of a symbol have, band by band: `bands_set`.
struct bands_set {
    /// kind = request_kind::bands_set.
    oms::request_header header{oms::request_kind::bands_set,
                               sizeof(oms_bands_set_t), {}};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// How many bands, 0 to 8; 0: price_step of the limits holds for every price.
    std::uint32_t count{};
    /// Lowest price of each band, ticks, rising; it belongs to the band. Below the first one
    /// price_step of the limits holds. Zero beyond `count`.
    oms::ticks from[8]{};
    /// Prices of the band are multiples of it, ticks, > 0. Zero beyond `count`.
    oms::ticks step[8]{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    bands_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// What was said of a symbol besides its limits and prices: `conditions_get`.
struct conditions {
    /// phase.
    oms::stored<oms::phase, std::uint32_t> phase;
    /// Bands of the tick grid.
    std::uint32_t count;
    /// Average daily volume, lots; off when it is not known.
    oms::lots volume;
    /// Lots located for shorts in all; of a scope: book_get.
    oms::lots located;
    /// Lowest price of each band, ticks.
    oms::ticks from[8];
    /// Step of each band, ticks.
    oms::ticks step[8];
    /// 0.
    std::uint64_t reserved[4];
};

/// A 128-bit integer as it crosses the ABI: value = hi × 2^64 + lo.
struct int128 {
    /// Upper half, signed.
    std::int64_t hi;
    /// Lower half.
    std::uint64_t lo;
};

/// What came of the orders of a scope and those in it: `execution_stats_get`.
///
/// Orders that were handed out count, by what they have come to as far as is known: one that a late
/// execution brings back to life, or that a bust leaves without any, counts anew.
struct execution_stats {
    /// Scope number; 0 is the root.
    oms::scope_id scope;
    /// 1 when times and prices are measured: config_flag::measure, and in every mode but LIVE. The
    /// fields from `acks` on are 0 otherwise.
    oms::stored<bool, std::uint32_t> measured;
    /// Orders handed out; handed out again after a failure counts once. Orders that were taken over
    /// are not among them, but count when they end.
    std::uint64_t sent;
    /// Orders that have ended with something executed, in full or in part.
    std::uint64_t executed;
    /// Orders that have ended with nothing executed against the caller's wish: rejected by the
    /// venue, not sent (retries spent), expired; IOC and FOK orders that were cancelled.
    std::uint64_t failed;
    /// All others that have ended with nothing executed: cancelled, by whom it may be.
    std::uint64_t cancelled;
    /// executed / (executed + failed), parts per 10^9, floored; 0 without any.
    oms::ratio success_rate;
    /// Times that an order was to be sent again because it had not left: event_kind::send_retry.
    std::uint64_t retries;
    /// Times that nobody knew whether an order had left: report_kind::send_in_doubt.
    std::uint64_t in_doubt;
    /// Orders of which the venue has said that it has them; an execution says so too.
    std::uint64_t acks;
    /// Time from the submission to that, on average, nanoseconds of the caller's clock, floored; of
    /// an order that was held here from when it was handed out.
    oms::nanos ack_average;
    /// The longest of these times.
    oms::nanos ack_worst;
    /// Orders that have ended with something executed, each end counted: `executed` as it was told.
    std::uint64_t ends;
    /// Time from the submission, likewise, to the end: the last execution, or what ended an order
    /// that was executed in part; on average, nanoseconds, floored.
    oms::nanos end_average;
    /// The longest of these times.
    oms::nanos end_worst;
    /// Executions of orders whose symbol was quoted when they were handed out for the first time.
    std::uint64_t executions;
    /// Σ slippage in 1 / common_den money units: of each execution qty × (price - arrival price) of
    /// a buy, qty × (arrival price - price) of a sell, exact: what was paid beyond the arrival
    /// price, negative when it was less. The arrival price is the best price of the other side (a
    /// buy's ask, a sell's bid) when the order was handed out for the first time. What is busted or
    /// corrected is taken out while its order is kept.
    oms::int128 slippage_exact;
    /// The same, money units, floored.
    oms::money slippage;
    /// An execution on average, money units, floored.
    oms::money slippage_average;
    /// The most that one execution paid, money units, floored; 0 when none did.
    oms::money slippage_worst;
    /// Slippage as a share of the value at the arrival prices, parts per 10^9, floored.
    oms::ratio slippage_ratio;
    /// Denominator of the common unit of all symbols.
    std::int64_t common_den;
    /// 0.
    std::uint64_t reserved[7];
};

/// What was paid beyond the arrival prices in a symbol: `shortfall_get`. How it is measured:
/// execution_stats.slippage_exact.
struct shortfall {
    /// Executions.
    std::uint64_t executions;
    /// Lots executed, at most 2^63 - 1.
    std::int64_t lots;
    /// Σ slippage, lots × ticks, exact.
    oms::int128 slippage_exact;
    /// Σ lots × arrival price, without sign, lots × ticks, exact.
    oms::int128 arrival_exact;
    /// Slippage of a lot on average: whole ticks, rounded down.
    oms::ticks average;
    /// The rest, parts per 10^9 of a tick.
    std::int64_t average_frac;
    /// The most that an execution paid a lot, ticks; 0 when none did.
    oms::ticks worst;
    /// Σ slippage, money units, floored.
    oms::money slippage;
    /// Slippage as a share of the value at the arrival prices, parts per 10^9, floored.
    oms::ratio ratio;
    /// Symbol number.
    oms::symbol_id symbol;
    /// 1 when it is measured: config_flag::measure, and in every mode but LIVE; 0: all is 0.
    oms::stored<bool, std::uint32_t> measured;
    /// 0.
    std::uint64_t reserved[4];
};

/// A model of slippage and its parameters: `slippage_init` fills in the defaults. Fields that the
/// model does not name are not read by `slippage_price`, but they are checked by `slippage_check`.
/// Ratios are parts per 10^9. p is the participation: size / volume of the order that is asked
/// about.
struct slippage {
    /// FIXED: the share of the price that every order pays. VOLUME: the same without a volume. 0 to
    /// 10^9. Default 0.05 %.
    oms::ratio share{};
    /// What p (VOLUME), its square (VOLUME_SHARE) or the volatility × root of p (SQUARE_ROOT) is
    /// multiplied by, 0 to 10^12. Default 0.1; SQUARE_ROOT: 1.
    oms::ratio factor{};
    /// Participation beyond which VOLUME and VOLUME_SHARE grow no more, that order_size_check
    /// refuses beyond, and share of a bar that slippage_fill_max lets be filled. 0 to 10^9. Default
    /// 5 %; VOLUME_SHARE: 2.5 %.
    oms::ratio participation_max{};
    /// SPREAD, REALISTIC and the estimate of the worst case: ask - bid as a share of their mid,
    /// where no quotes are given. 0 to 10^9. Default 0.02 %.
    oms::ratio spread{};
    /// REALISTIC and the estimate of the worst case: what p is multiplied by, 0 to 10^12. Default
    /// 0.05.
    oms::ratio impact{};
    /// REALISTIC: standard deviation of the noise as a share of the price, 0 to 10^9; 0 switches it
    /// off. Default 0.02 %.
    oms::ratio noise{};
    /// SQUARE_ROOT, ALMGREN: volatility of a day, 0 to 10^12. Default 2 %.
    oms::ratio volatility{};
    /// ALMGREN: how long the order is worked, in days (a day is 10^9), 1 to 10^12. Default a day.
    oms::ratio days{};
    /// ALMGREN: the shares outstanding, in the units of the order's volume. 0, the default,
    /// switches the permanent part off.
    std::uint64_t outstanding{};
    /// Seed of the noise. Default 24301.
    std::uint64_t seed{};
    /// slippage_model.
    oms::slippage_model model{};
    /// Zero.
    std::uint8_t reserved0[7]{};
    /// Zero.
    std::uint64_t reserved[3]{};
};

/// Says how the simulated venue executes the orders of a symbol, but for the fees:
/// `simulation_set`. simulation_init fills in what holds while nothing was set: at once and whole,
/// at the best price of the other side.
struct simulation_set {
    /// kind = request_kind::simulation_set.
    oms::request_header header{oms::request_kind::simulation_set,
                               sizeof(oms_simulation_set_t), {}};
    /// Symbol number; UINT32_MAX: all symbols that have no settings of their own.
    oms::symbol_id symbol{};
    /// queue: where a limit order joins those that rest at its price.
    oms::queue queue{};
    /// How long a command takes to the venue, nanoseconds.
    oms::nanos latency_out{};
    /// How long a report takes back, nanoseconds.
    oms::nanos latency_in{};
    /// The most that is added to either, nanoseconds; how much follows from config.seed and the
    /// number of the message.
    oms::nanos latency_jitter{};
    /// Share of the displayed quantity that all orders of a side get from one quote, parts per
    /// 10^9, 0 to 10^9; off: as much as they want.
    oms::ratio fill_ratio{};
    /// Share of new orders that the venue rejects, parts per 10^9: for tests.
    oms::ratio reject_ratio{};
    /// Share of new orders that do not leave and are tried again, parts per 10^9: for tests.
    oms::ratio fail_ratio{};
    /// Share of new orders of which nobody knows at first whether they left, parts per 10^9.
    oms::ratio doubt_ratio{};
    /// Value traded in 24 hours, whole units of the account's currency; 0: not known.
    std::uint64_t volume_24h{};
    /// What takers pay: any model but slippage_model::depth; slippage_model::square_root and
    /// slippage_model::almgren need volume_24h.
    oms::slippage slippage{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    simulation_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// The rates of those who have traded so much in 30 days.
struct fee_tier {
    /// Volume from which on the tier holds, in the units of the volume that `fee` is given; above
    /// 0.
    std::uint64_t volume{};
    /// As in the schedule.
    oms::ratio maker{};
    /// As in the schedule.
    oms::ratio taker{};
};

/// The fee of an execution: |value| × rate + per_lot × |lots|, at most `maximum`, at least
/// `minimum`. A positive fee is paid by the trader, a negative one (a rebate) to the trader.
/// `fees_init` fills in a named schedule.
struct fees {
    /// Share of the value charged for adding liquidity, parts per 10^9, -10^9 to 10^9; negative for
    /// a rebate.
    oms::ratio maker{};
    /// The same for removing it.
    oms::ratio taker{};
    /// Charged for each lot on top of the share, money units; negative for a rebate.
    oms::money per_lot{};
    /// Least fee of one execution, money units, 0 and more; 0: no rebates. off: none. It wins over
    /// the maximum.
    oms::money minimum{};
    /// Greatest fee of one execution, money units, 0 and more; off: none.
    oms::money maximum{};
    /// Rates in place of maker and taker from a 30-day volume on; volumes rise. Unused ones are 0.
    oms::fee_tier tiers[8]{};
    /// How many tiers there are.
    std::uint32_t tier_count{};
    /// Zero.
    std::uint32_t reserved{};
};

/// Says what the simulated venue charges for executions in a symbol: `fees_set`. Whatever was not
/// set is free.
struct fees_set {
    /// kind = request_kind::fees_set.
    oms::request_header header{oms::request_kind::fees_set,
                               sizeof(oms_fees_set_t), {}};
    /// Symbol number; UINT32_MAX: all symbols that have no fees of their own.
    oms::symbol_id symbol{};
    /// Zero.
    std::uint32_t reserved0{};
    /// The schedule; volumes of its tiers are whole units of the account's currency, traded in all
    /// symbols in 30 days.
    oms::fees fees{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    fees_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// How many records each table holds.
struct capacity {
    /// Orders, live and ended: 1 to 16777215. Default 1024.
    std::uint32_t orders{};
    /// Symbols: 1 to 65535. Default 16.
    std::uint32_t symbols{};
    /// Positions, open and closed: at least `symbols`, to 16777215. Default 256.
    std::uint32_t positions{};
    /// Stops and targets: 0 to 16777215. Default 256.
    std::uint32_t triggers{};
    /// Events waiting to be polled: 16 to 16777215. Default 1024.
    std::uint32_t events{};
    /// Executions recognised when they are reported again: 1 to 16777215. Default 1024.
    std::uint32_t executions{};
    /// Scopes, the root included: 1 to 65535. Default 8.
    std::uint32_t scopes{};
    /// Request times for the rate windows of each scope: at least the largest rate limit. Default
    /// 128.
    std::uint32_t rate{};
    /// Books: pairs of a scope below the root and a symbol that it trades, or has limits in: 0 to
    /// 16777215. Default 64.
    std::uint32_t books{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Request times of each symbol, at least the largest rate limit of a symbol: 0 to 65535.
    /// Memory: `symbols` × `symbol_rate` times. Default 32.
    std::uint32_t symbol_rate{};
    /// Accepted orders that are looked at for duplicates, at least as many as are accepted in a
    /// `duplicate_window`: 0 to 16777215. Default 128.
    std::uint32_t recent{};
};

/// Settings of the retries. The n-th retry waits min(cap, delay × 2^n), n from 0, and a jitter.
struct retry_config {
    /// The first wait, nanoseconds. Default 100 ms.
    oms::nanos delay{};
    /// The longest wait without jitter, nanoseconds, not below `delay`. Default 30 s.
    oms::nanos cap{};
    /// The jitter added is from 0 to this share of the wait, parts per 10^9, 0 to 10^9. It follows
    /// from hash_seed, client id and number of the retry. Default 0.1.
    oms::ratio jitter{};
    /// Retries after the first send, 0 to 64. Default 3.
    std::uint32_t max{};
    /// Zero.
    std::uint32_t reserved0{};
};

/// Configuration of an engine. `config_init` fills in the defaults.
struct config {
    /// sizeof(config): lets the struct grow at the end.
    std::uint32_t struct_size{};
    /// Marks the ids of this engine, 0 to 4095: another engine's ids are told apart. Default 0.
    std::uint32_t engine_tag{};
    /// Money is in account currency × 10^money_exp, -12 to 0. Default -6.
    std::int32_t money_exp{};
    /// Most trigger fires and other units of queued work one call does, 1 to 65536. Default 64.
    std::uint32_t work_per_call{};
    /// Capacities of the tables.
    oms::capacity capacity{};
    /// Balance at the start, money units; > 0 while a ratio limit of the breaker is on.
    oms::money starting_balance{};
    /// Stirs the hash indices; any value. Default 0.
    std::uint64_t hash_seed{};
    /// First client id of engine-made orders, which also get the top bit; below 2^63. Default 1.
    std::uint64_t id_base{};
    /// Limits of the breaker and the rate windows.
    oms::breaker_config breaker{};
    /// How often and when an order is handed out again that could not be sent.
    oms::retry_config retry{};
    /// config_flag bits.
    oms::flags<oms::config_flag> flags{};
    /// mode: where commands go. Default mode::live.
    oms::mode mode{};
    /// In the simulated modes: messages between here and the venue that may be in flight at once; 0
    /// (the default): 2 × capacity.orders + 64. With few of them resting orders are filled only as
    /// messages arrive; no report is lost.
    std::uint32_t messages{};
    /// Zero.
    std::uint32_t reserved0{};
    /// In the simulated modes: what latency and faults are drawn by; any value. Default 0.
    std::uint64_t seed{};
    /// Zero.
    std::uint64_t reserved[6]{};
};

/// Sets all limits of a symbol: `limits_set`. May change while trading.
///
/// In every field off (-1) means no limit, and 0 a limit of zero: a record that is left empty lets
/// nothing trade.
struct limits_set {
    /// kind = request_kind::limits_set.
    oms::request_header header{oms::request_kind::limits_set,
                               sizeof(oms_limits_set_t), {}};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// Smallest quantity, lots.
    oms::lots qty_min{};
    /// Largest quantity, lots.
    oms::lots qty_max{};
    /// Quantities are multiples of it, lots; 0 and 1 alike mean every lot.
    oms::lots qty_step{};
    /// Prices are multiples of it, ticks; 0 and 1 alike mean every tick.
    oms::ticks price_step{};
    /// Smallest value of an order, money units. Reduce-only orders are exempt.
    oms::money notional_min{};
    /// Largest value of an order, money units. A market order without a reference price has no
    /// known value: it is denied unless there is no limit.
    oms::money notional_max{};
    /// Collar: distance from the reference in ticks. Of the two collars the wider one that is not
    /// off binds; with both off there is none. To use one, leave the other 0 or off.
    oms::ticks collar_ticks{};
    /// Collar: distance from the reference as parts per 10^9 of it, floored to ticks.
    oms::ratio collar_ratio{};
    /// Oldest reference price that counts, nanoseconds.
    std::int64_t reference_age_max{};
    /// Largest worst-case long position, lots.
    oms::lots long_max{};
    /// Largest worst-case short position, lots, as a positive number.
    oms::lots short_max{};
    /// limit_flag bits.
    oms::flags<oms::limit_flag> flags{};
    /// reference: what collar, value of market orders and age refer to.
    oms::reference reference{};
    /// self_trade: what happens when an order would cross a resting one of our own.
    oms::self_trade self_trade{};
    /// Zero.
    std::uint8_t reserved0[2]{};
    /// Most working orders of one side.
    std::int64_t open_orders_max{};
    /// Most lots that working orders of one side may have, lots.
    oms::lots open_qty_max{};
    /// Most positions, open ones and those that working orders may open.
    std::int64_t positions_max{};
    /// Types of orders that are permitted: bits 1 << order_type; every bit set permits all.
    oms::set_of<oms::order_type, std::uint32_t> types{};
    /// Times in force that are permitted: bits 1 << time_in_force; every bit set permits all.
    oms::set_of<oms::time_in_force, std::uint32_t> times_in_force{};
    /// Largest quantity of an order as parts per 10^9 of the average daily volume.
    oms::ratio adv_ratio{};
    /// Largest value of working orders of both sides, this one included, money units.
    oms::money open_notional_max{};
    /// Largest value traded in this session and working, money units.
    oms::money gross_max{};
    /// Largest magnitude of the value bought less the value sold in this session, with the working
    /// orders of the order's side, money units.
    oms::money net_max{};
    /// Margin that the worst case of position and working orders takes of a scope's credit, parts
    /// per 10^9 of its value; below the root the larger one of the symbol's and of the scope's own.
    /// off: it takes none.
    oms::ratio margin_ratio{};
    /// Most new and replace requests in any `rate_window`: at most capacity.symbol_rate.
    std::int64_t rate_max{};
    /// Length of that window, nanoseconds, > 0 while there is a limit.
    oms::nanos rate_window{};
    /// The same side of one scope, executed at about the same price so often in `repeat_window`, is
    /// held until an operator's word: see control_action::repeat_reset. At most 16.
    std::int64_t repeat_max{};
    /// Length of that window, nanoseconds, > 0 while there is a limit.
    oms::nanos repeat_window{};
    /// How far apart about the same price is, ticks; off: any distance.
    oms::ticks repeat_range{};
    /// Most new orders of the same scope, side, price and quantity in any `duplicate_window`: at
    /// most 16, and at most capacity.recent.
    std::int64_t duplicate_max{};
    /// Length of that window, nanoseconds, > 0 while there is a limit.
    oms::nanos duplicate_window{};
    /// Zero.
    std::uint64_t reserved[8]{};
    /// Sets header.now.
    limits_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Sets all limits of a scope, over all its symbols: `scope_limits_set`. off (-1) means no limit,
/// and 0 a limit of zero; `scope_limits_off` fills in off everywhere.
struct scope_limits_set {
    /// kind = request_kind::scope_limits_set.
    oms::request_header header{oms::request_kind::scope_limits_set,
                               sizeof(oms_scope_limits_set_t), {}};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Most working orders, of both sides.
    std::int64_t open_orders_max{};
    /// Most positions, open ones and those that working orders may open.
    std::int64_t positions_max{};
    /// Types of orders that are permitted: bits 1 << order_type; every bit set permits all.
    oms::set_of<oms::order_type, std::uint32_t> types{};
    /// Times in force that are permitted: bits 1 << time_in_force; every bit set permits all.
    oms::set_of<oms::time_in_force, std::uint32_t> times_in_force{};
    /// Largest quantity of an order, lots.
    oms::lots qty_max{};
    /// Largest value of an order, money units.
    oms::money notional_max{};
    /// Largest value of working orders of both sides, this one included, money units.
    oms::money open_notional_max{};
    /// Largest value traded in this session and working, money units.
    oms::money gross_max{};
    /// Largest magnitude of the value bought less the value sold in this session, with the working
    /// orders of the order's side, money units.
    oms::money net_max{};
    /// Credit: the margin that positions and working orders take at most, money units.
    oms::money credit_max{};
    /// Largest value of positions and working orders over equity, parts per 10^9.
    oms::ratio leverage_max{};
    /// Most requests (new, replace, cancel) for each fill, parts per 10^9.
    oms::ratio order_to_trade_max{};
    /// With fewer requests than this the ratio is not looked at.
    std::int64_t order_to_trade_min{};
    /// Window of that ratio, nanoseconds; 0: the session.
    oms::nanos order_to_trade_window{};
    /// The host's heartbeat is this old at most, nanoseconds: see control_action::heartbeat.
    std::int64_t heartbeat_max{};
    /// More cancel requests than this in any `cancel_window` warn. They are never refused.
    std::int64_t cancel_max{};
    /// Length of that window, nanoseconds, > 0 while there is a limit.
    oms::nanos cancel_window{};
    /// Share of a limit, parts per 10^9, from which on event_kind::warn tells that it is near, when
    /// an order that was accepted brings it there: POSITION, OPEN_ORDERS, those in money, GROUP,
    /// POSITIONS, rates, SHORT, ORDER_TO_TRADE; QTY, NOTIONAL, COLLAR, ADV and DUPLICATE of the
    /// order itself; of the scope and of symbols in it. Each check is told once for each symbol and
    /// scope until an order finds it below again. REPEAT is told by an execution, HEARTBEAT by the
    /// clock. off: never.
    oms::ratio warn_ratio{};
    /// Zero.
    std::uint64_t reserved[8]{};
    /// Sets header.now.
    scope_limits_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Sets the limit of a group of symbols (a sector, a cluster), and who belongs to it: `group_set`.
struct group_set {
    /// kind = request_kind::group_set.
    oms::request_header header{oms::request_kind::group_set,
                               sizeof(oms_group_set_t), {}};
    /// Number of the group: 1 to capacity.symbols.
    std::uint32_t group{};
    /// Symbol number; read with group_flag::join and group_flag::leave, else 0.
    oms::symbol_id symbol{};
    /// Largest exposure of the group, money units: Σ over its symbols of the worst case of position
    /// and working orders. off (-1): no limit. 0: nothing that enlarges it passes.
    oms::money max{};
    /// group_flag: at most one of JOIN and LEAVE. 0: only the limit is set.
    oms::flags<oms::group_flag> flags{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Zero.
    std::uint64_t reserved[3]{};
    /// Sets header.now.
    group_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// mantissa × 10^exponent, for tick sizes, lot sizes, multipliers and conversions.
struct decimal {
    /// Digits: > 0 wherever a symbol carries one.
    std::int64_t mantissa{};
    /// Power of ten, -18 to 18.
    std::int32_t exponent{};
    /// Zero.
    std::uint32_t reserved{};
};

/// Defines a symbol: `symbol_define`. Its limits are separate: without them nothing trades, as all
/// of them are 0 (an order is denied by PERMISSION with limit 0).
struct symbol_define {
    /// kind = request_kind::symbol_define.
    oms::request_header header{oms::request_kind::symbol_define,
                               sizeof(oms_symbol_define_t), {}};
    /// Name: 1 to 31 bytes of printable ASCII, the rest zero. Unique.
    oms::name name{};
    /// Size of a tick in quote currency, > 0.
    oms::decimal tick_size{};
    /// Size of a lot in units of the instrument, > 0.
    oms::decimal lot_size{};
    /// Contract multiplier, > 0; 1 for spot.
    oms::decimal multiplier{};
    /// Account currency for one unit of quote currency, > 0; 1 when they are the same.
    oms::decimal conversion{};
    /// symbol_flag bits.
    oms::flags<oms::symbol_flag> flags{};
    /// trigger_source: which price fires triggers and held orders.
    oms::trigger_source trigger_source{};
    /// Zero.
    std::uint8_t reserved0[3]{};
    /// Zero.
    std::uint64_t reserved[16]{};
    /// Sets header.now.
    symbol_define &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// A trade in the market, the official close, or a mark price: `trade`.
struct trade {
    /// kind = request_kind::trade.
    oms::request_header header{oms::request_kind::trade,
                               sizeof(oms_trade_t), {}};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// trade_source.
    oms::trade_source source{};
    /// Zero.
    std::uint8_t reserved0[3]{};
    /// Price, ticks.
    oms::ticks price{};
    /// Quantity, lots; 0 when unknown.
    oms::lots qty{};
    /// Zero.
    std::uint64_t reserved[3]{};
    /// Sets header.now.
    trade &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// A bar of a symbol, in PAPER and BACKTEST: `bar`. The prices are bids; the ask is `spread` above
/// them.
struct bar {
    /// kind = request_kind::bar. header.now: when the bar is over.
    oms::request_header header{oms::request_kind::bar,
                               sizeof(oms_bar_t), {}};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Zero.
    std::uint32_t reserved0{};
    /// First price, ticks.
    oms::ticks open{};
    /// Highest price, ticks; not below any other.
    oms::ticks high{};
    /// Lowest price, ticks; not above any other.
    oms::ticks low{};
    /// Last price, ticks.
    oms::ticks close{};
    /// What was traded in it, lots; 0 when unknown. A quarter of it is offered on each side at each
    /// of the four prices.
    oms::lots volume{};
    /// Ticks from bid to ask, >= 0. With 0 the prices are those of trades: a limit order that rests
    /// must be passed by one tick to be filled.
    oms::ticks spread{};
    /// When it begins, nanoseconds: not before the engine's clock, not after header.now.
    oms::nanos begin{};
    /// Zero.
    std::uint64_t reserved[2]{};
    /// Sets header.now.
    bar &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Time passes: `timer`. Sessions roll, the breaker recovers, orders time out and are sent again
/// when due.
struct timer {
    /// kind = request_kind::timer.
    oms::request_header header{oms::request_kind::timer,
                               sizeof(oms_timer_t), {}};
    /// Zero.
    std::uint64_t reserved[2]{};
    /// Sets header.now.
    timer &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Goes on with queued work: `drain`.
struct drain {
    /// kind = request_kind::drain.
    oms::request_header header{oms::request_kind::drain,
                               sizeof(oms_drain_t), {}};
    /// Zero.
    std::uint64_t reserved[2]{};
    /// Sets header.now.
    drain &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// An operator's or the host's word: `control`.
struct control {
    /// kind = request_kind::control.
    oms::request_header header{oms::request_kind::control,
                               sizeof(oms_control_t), {}};
    /// control_action.
    oms::control_action action{};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// As the action says.
    std::int64_t value{};
    /// With control_flag::symbol the symbol; otherwise 0.
    oms::symbol_id symbol{};
    /// control_flag bits.
    oms::flags<oms::control_flag> flags{};
    /// Zero.
    std::uint64_t reserved[3]{};
    /// Sets header.now.
    control &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// A deposit (> 0) or withdrawal (< 0): `cash_adjust`.
struct cash_adjust {
    /// kind = request_kind::cash_adjust.
    oms::request_header header{oms::request_kind::cash_adjust,
                               sizeof(oms_cash_adjust_t), {}};
    /// Money units; moves equity, session start and peak alike.
    oms::money amount{};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    cash_adjust &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Many orders are cancelled: `mass_cancel`.
struct mass_cancel {
    /// kind = request_kind::mass_cancel.
    oms::request_header header{oms::request_kind::mass_cancel,
                               sizeof(oms_mass_cancel_t), {}};
    /// Of this scope and all below it; 0: of all.
    oms::scope_id scope{};
    /// Of this symbol; UINT32_MAX: of all.
    oms::symbol_id symbol{};
    /// Of this side, side: its orders and, with FLATTEN, what they have opened (side::buy: longs);
    /// 0: of both.
    oms::stored<oms::side, std::uint32_t> side{};
    /// mass_cancel_flag bits.
    oms::flags<oms::mass_cancel_flag> flags{};
    /// Zero.
    std::uint64_t reserved[2]{};
    /// Sets header.now.
    mass_cancel &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Takes commands and events out: `poll`.
struct poll {
    /// kind = request_kind::poll.
    oms::request_header header{oms::request_kind::poll,
                               sizeof(oms_poll_t), {}};
    /// At most this many commands: the length of the array given.
    std::uint32_t max_commands{};
    /// At most this many events: the length of the array given.
    std::uint32_t max_events{};
    /// Zero.
    std::uint64_t reserved[1]{};
    /// Sets header.now.
    poll &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// What the host must send to the venue. Handed out once, by `poll`.
struct command {
    /// Number of this command, from 1, without gaps.
    std::uint64_t sequence;
    /// When it was handed out, nanoseconds.
    oms::nanos at;
    /// The order.
    oms::order_id order;
    /// Its client id; engine-made orders have the top bit set.
    oms::client_order_id client_id;
    /// Cancel, replace: the request's id.
    std::uint64_t request_id;
    /// The order's mark.
    std::uint64_t tag;
    /// The position the order belongs to; 0 for a net or a new one.
    oms::position_id position;
    /// The order's parent; 0 for none.
    oms::order_id parent;
    /// New: quantity. Replace: new total quantity. Lots.
    oms::lots qty;
    /// New: limit price, 0 at the market. Replace: new limit price. Ticks.
    oms::ticks price;
    /// New: trigger price of a stop that the venue holds, otherwise 0. Replace: the new one. Ticks.
    oms::ticks stop_price;
    /// New, of a trailing stop that the venue holds: distance in ticks; otherwise 0.
    oms::ticks trail_offset;
    /// New, of a trailing stop that the venue holds: distance, parts per 10^9; otherwise 0.
    oms::ratio trail_ratio;
    /// New, with time_in_force::gtd: when it expires, nanoseconds.
    oms::nanos expire_at;
    /// Symbol number.
    oms::symbol_id symbol;
    /// Scope number.
    oms::scope_id scope;
    /// The venue number of the order.
    oms::venue_id venue;
    /// order_flag bits.
    oms::flags<oms::order_flag> flags;
    /// command_kind.
    oms::command_kind kind;
    /// side.
    oms::side side;
    /// order_type: of a stop that was held here what it is now, order_type::market or
    /// order_type::limit.
    oms::order_type order_type;
    /// time_in_force.
    oms::time_in_force time_in_force;
    /// 0.
    std::uint32_t reserved0;
    /// 0.
    std::uint64_t reserved[3];
};

/// Something that happened. Which fields say something depends on the kind: event_kind.
struct event {
    /// Number of this event, from 0, without gaps: a jump tells how many were lost.
    std::uint64_t sequence;
    /// When, nanoseconds.
    oms::nanos at;
    /// The order; 0 for none.
    oms::order_id order;
    /// The position; 0 for none.
    oms::position_id position;
    /// The trigger; 0 for none.
    oms::trigger_id trigger;
    /// Client id of the order or of the refused request; 0 in OMS_EVENT_TRIGGER_*, where `order`
    /// names it.
    oms::client_order_id client_id;
    /// The caller's mark of the order, position or trigger.
    std::uint64_t tag;
    /// Failing checks: bits 1 << check.
    oms::check_set mask;
    /// Price, ticks.
    oms::ticks price;
    /// Quantity, lots.
    oms::lots qty;
    /// Money units, or what the kind says.
    oms::money value;
    /// Limit that was reached, in `unit`.
    std::int64_t limit;
    /// Value that was observed, in `unit`.
    std::int64_t observed;
    /// Symbol number.
    oms::symbol_id symbol;
    /// Scope number.
    oms::scope_id scope;
    /// As the kind says.
    std::uint32_t code;
    /// event_kind.
    oms::event_kind kind;
    /// side of the order, for a trigger of the order that closes; 0 for none.
    oms::side side;
    /// unit of limit and observed.
    oms::unit unit;
    /// Events of executions: the venue's id; 0 for one that was inferred, and for other events.
    oms::execution_id exec_id;
    /// `code` as the enumeration that its kind says.
    template <class E> E code_as() const noexcept {
        return static_cast<E>(code);
    }
};

/// What a poll handed out.
struct polled {
    /// Commands handed out.
    std::uint32_t commands;
    /// Events handed out.
    std::uint32_t events;
    /// Events lost since the start because nobody took them.
    std::uint64_t events_lost;
    /// 1 when commands are left: poll again.
    oms::stored<bool, std::uint32_t> more_commands;
    /// 1 when events are left: poll again.
    oms::stored<bool, std::uint32_t> more_events;
    /// 0.
    std::uint64_t reserved[2];
};

/// Asks to cancel an order: `order_cancel`. Never refused by risk.
struct order_cancel {
    /// kind = request_kind::order_cancel.
    oms::request_header header{oms::request_kind::order_cancel,
                               sizeof(oms_order_cancel_t), {}};
    /// The order; 0 when client_id names it.
    oms::order_id order{};
    /// The caller's id of the order, read when order is 0.
    oms::client_order_id client_id{};
    /// The caller's id of this cancel request: not 0, top bit 0, used once; this is not checked.
    /// The same id again, while it is in flight, is ignored.
    std::uint64_t request_id{};
    /// Zero.
    std::uint64_t reserved[3]{};
    /// Sets header.now.
    order_cancel &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Asks to change quantity and price of an order: `order_replace`.
struct order_replace {
    /// kind = request_kind::order_replace.
    oms::request_header header{oms::request_kind::order_replace,
                               sizeof(oms_order_replace_t), {}};
    /// The order; 0 when client_id names it.
    oms::order_id order{};
    /// The caller's id of the order, read when order is 0.
    oms::client_order_id client_id{};
    /// The caller's id of this replace request: not 0, top bit 0, used once; this is not checked.
    std::uint64_t request_id{};
    /// New total quantity in lots, filled part included, 1 to 2^60.
    oms::lots qty{};
    /// New limit price in ticks; 0 for orders without one.
    oms::ticks price{};
    /// New trigger price in ticks, while it has not been reached; 0 for orders without one. The
    /// distance of a trailing stop stays.
    oms::ticks stop_price{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    order_replace &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Changes when an order is given up: `order_extend`. Nothing is told to the venue.
struct order_extend {
    /// kind = request_kind::order_extend.
    oms::request_header header{oms::request_kind::order_extend,
                               sizeof(oms_order_extend_t), {}};
    /// The order; 0 when client_id names it.
    oms::order_id order{};
    /// The caller's id of the order, read when order is 0.
    oms::client_order_id client_id{};
    /// When it is given up, nanoseconds, after now; 0 for never.
    oms::nanos timeout_at{};
    /// Zero.
    std::uint64_t reserved[3]{};
    /// Sets header.now.
    order_extend &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Takes over an order that lives at the venue: `order_adopt`. No check is made and no position
/// moves; its leaves are reserved.
struct order_adopt {
    /// kind = request_kind::order_adopt.
    oms::request_header header{oms::request_kind::order_adopt,
                               sizeof(oms_order_adopt_t), {}};
    /// Its client id, not 0; an engine-made one, with its top bit, too.
    oms::client_order_id client_id{};
    /// The caller's mark; 0 for none.
    std::uint64_t tag{};
    /// Position it reduces or enlarges; 0: the net position, or with symbol_flag::hedged a new one.
    oms::position_id position{};
    /// Order this one belongs to; 0 for none.
    oms::order_id parent{};
    /// Quantity in lots, 1 to 2^60, executed part included.
    oms::lots qty{};
    /// Executed so far, lots, below qty.
    oms::lots cum_qty{};
    /// Σ qty × price of what is executed, lots × ticks.
    oms::int128 notional{};
    /// Limit price in ticks, for types that have one; otherwise 0.
    oms::ticks price{};
    /// Trigger price in ticks, for types that have one; otherwise 0.
    oms::ticks stop_price{};
    /// order_type::trailing_stop: distance in ticks, or 0.
    oms::ticks trail_offset{};
    /// order_type::trailing_stop: distance as parts per 10^9, or 0.
    oms::ratio trail_ratio{};
    /// With time_in_force::gtd: when it expires, nanoseconds; otherwise 0.
    oms::nanos expire_at{};
    /// When it is given up, nanoseconds, after now; 0 for never.
    oms::nanos timeout_at{};
    /// Σ commissions so far, money units; kept with the order, the account does not move.
    oms::money commission{};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// The caller's venue number.
    oms::venue_id venue{};
    /// order_flag bits, order_flag::close_position excepted.
    oms::flags<oms::order_flag> flags{};
    /// side.
    oms::side side{};
    /// order_type.
    oms::order_type order_type{};
    /// time_in_force.
    oms::time_in_force time_in_force{};
    /// hold::venue for stop types: what is held here is submitted anew instead.
    std::uint8_t hold{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Zero.
    std::uint64_t reserved[5]{};
    /// Sets header.now.
    order_adopt &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Arms a stop or target on an open position: `trigger_arm`.
///
/// A long position is watched on the bid, a short one on the ask: the price at which it could be
/// closed; where the symbol has another trigger_source, on that price. A level that is crossed
/// already fires at once.
///
/// trigger_kind::trailing_stop has level 0 and one of trail_offset and trail_ratio: its level stays
/// so far behind the best price (of a long the highest, of a short the lowest) since it became
/// active, and never goes back. The fields after venue are 0 in the other kinds.
struct trigger_arm {
    /// kind = request_kind::trigger_arm.
    oms::request_header header{oms::request_kind::trigger_arm,
                               sizeof(oms_trigger_arm_t), {}};
    /// The open position: from event_kind::position_opened, position_net or position_find.
    oms::position_id position{};
    /// The caller's mark; 0 for none.
    std::uint64_t tag{};
    /// Level in ticks: it fires when the price reaches it or goes beyond. 0 for a trailing stop.
    oms::ticks level{};
    /// Lots to close; 0 for the whole position, whatever it is when it fires.
    oms::lots qty{};
    /// trigger_kind.
    oms::trigger_kind kind{};
    /// trigger_action.
    oms::trigger_action action{};
    /// Zero.
    std::uint8_t reserved0[2]{};
    /// The caller's venue number for the closing order.
    oms::venue_id venue{};
    /// Distance of a trailing stop from the best price, ticks; 0 with trail_ratio.
    oms::ticks trail_offset{};
    /// The same as parts per 10^9 of the best price, below 10^9, rounded up to ticks, at least one;
    /// 0 with trail_offset.
    oms::ratio trail_ratio{};
    /// The trailing stop becomes active when the price reaches this, ticks, and begins with that
    /// price as the best; before it has no level. 0: at once.
    oms::ticks activation{};
    /// When the price reaches this while it is active, the second distance is in force from then
    /// on, ticks; 0 for none.
    oms::ticks second_level{};
    /// The second distance, ticks, smaller than trail_offset; 0 with trail_ratio or without
    /// second_level.
    oms::ticks second_offset{};
    /// The second distance, parts per 10^9, smaller than trail_ratio; 0 with trail_offset or
    /// without second_level.
    oms::ratio second_ratio{};
    /// The best price counts in whole multiples of this, ticks, up to 2^32 - 1; 0 and 1 alike mean
    /// every tick. At most OMS_TRAIL_STEPS different ones (above 1) a symbol and side.
    oms::ticks step{};
    /// Zero.
    std::uint64_t reserved[2]{};
    /// Sets header.now.
    trigger_arm &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Moves an armed trigger of a position to another level: `trigger_move`. It keeps its id and its
/// place among equal levels is the last one. A trailing stop is not moved: cancel it and arm
/// another. What a held order waits for is moved by `order_replace`.
struct trigger_move {
    /// kind = request_kind::trigger_move.
    oms::request_header header{oms::request_kind::trigger_move,
                               sizeof(oms_trigger_move_t), {}};
    /// The trigger.
    oms::trigger_id trigger{};
    /// New level in ticks.
    oms::ticks level{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    trigger_move &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Cancels an armed trigger of a position: `trigger_cancel`. What a held order waits for goes with
/// the order.
struct trigger_cancel {
    /// kind = request_kind::trigger_cancel.
    oms::request_header header{oms::request_kind::trigger_cancel,
                               sizeof(oms_trigger_cancel_t), {}};
    /// The trigger.
    oms::trigger_id trigger{};
    /// Zero.
    std::uint64_t reserved[5]{};
    /// Sets header.now.
    trigger_cancel &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Closes an open position, or a part, at the market: `position_close`.
struct position_close {
    /// kind = request_kind::position_close.
    oms::request_header header{oms::request_kind::position_close,
                               sizeof(oms_position_close_t), {}};
    /// The position.
    oms::position_id position{};
    /// Lots to close; 0 for all that is not being closed already.
    oms::lots qty{};
    /// The caller's mark of the closing order; 0 for none.
    std::uint64_t tag{};
    /// The caller's venue number for the closing order.
    oms::venue_id venue{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Zero.
    std::uint64_t reserved[6]{};
    /// Sets header.now.
    position_close &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Opens a position by hand, without an order: `position_open`. On a net symbol that has a position
/// of the same side it enlarges that.
struct position_open {
    /// kind = request_kind::position_open.
    oms::request_header header{oms::request_kind::position_open,
                               sizeof(oms_position_open_t), {}};
    /// The caller's mark, by which it is found; 0 for none.
    std::uint64_t tag{};
    /// Lots, 1 to 2^60.
    oms::lots qty{};
    /// Entry price, ticks.
    oms::ticks price{};
    /// Commission of the entry, money units; a rebate is negative.
    oms::money commission{};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// position_side.
    oms::position_side side{};
    /// Zero.
    std::uint8_t reserved0[7]{};
    /// Zero.
    std::uint64_t reserved[5]{};
    /// Sets header.now.
    position_open &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Closes a position, or a part, by hand at a given price: `position_exit`.
struct position_exit {
    /// kind = request_kind::position_exit.
    oms::request_header header{oms::request_kind::position_exit,
                               sizeof(oms_position_exit_t), {}};
    /// The open position.
    oms::position_id position{};
    /// Lots to close; 0 for all.
    oms::lots qty{};
    /// Exit price, ticks.
    oms::ticks price{};
    /// Commission of the exit, money units; a rebate is negative.
    oms::money commission{};
    /// exit_reason: why; NONE (0) is kept as HAND.
    oms::exit_reason reason{};
    /// Zero.
    std::uint8_t reserved0[7]{};
    /// Zero.
    std::uint64_t reserved[5]{};
    /// Sets header.now.
    position_exit &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Takes over a position of an earlier run: `position_adopt`. No check is made, and nothing is
/// realised: the starting balance is what was there after all that happened before.
struct position_adopt {
    /// kind = request_kind::position_adopt.
    oms::request_header header{oms::request_kind::position_adopt,
                               sizeof(oms_position_adopt_t), {}};
    /// The caller's mark, by which it is found; 0 for none.
    std::uint64_t tag{};
    /// Open lots, 1 to 2^60.
    oms::lots qty{};
    /// Entry cost of the open lots, lots × ticks; 0: qty × price.
    oms::int128 cost{};
    /// Entry price in ticks, read when cost is 0.
    oms::ticks price{};
    /// Σ commissions so far, money units: they count in its outcome, not in the account.
    oms::money commission{};
    /// When it was opened, nanoseconds; not after now.
    oms::nanos opened_at{};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// position_side.
    oms::position_side side{};
    /// Zero.
    std::uint8_t reserved0[7]{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    position_adopt &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// An order: `order_get`.
struct order {
    /// Its id.
    oms::order_id order;
    /// Its client id.
    oms::client_order_id client_id;
    /// The caller's mark.
    std::uint64_t tag;
    /// The position it belongs to; 0 for an order of a net symbol that named none (see
    /// position_net), and before the first execution of one that opens a position.
    oms::position_id position;
    /// The order it belongs to; 0 for none.
    oms::order_id parent;
    /// The trigger that sent it, or that waits to send it; 0 for none.
    oms::trigger_id trigger;
    /// The order that it and this one cancel each other with; 0 for none.
    oms::order_id linked;
    /// Stop-loss and take-profit that its bracket armed last; 0 for none, or not yet. The id stays
    /// when the trigger has ended (status::e_stale).
    oms::trigger_id legs[2];
    /// Quantity, lots, as the venue last agreed.
    oms::lots order_qty;
    /// Executed, lots.
    oms::lots cum_qty;
    /// Open at the venue, lots: 0 once it has ended.
    oms::lots leaves;
    /// Limit price, ticks; 0 at the market.
    oms::ticks price;
    /// Trigger price, ticks; 0 without one. Of a trailing stop that is held here its present level,
    /// 0 before the first quote.
    oms::ticks stop_price;
    /// Distance of a trailing stop in ticks; otherwise 0.
    oms::ticks trail_offset;
    /// Distance of a trailing stop, parts per 10^9; otherwise 0.
    oms::ratio trail_ratio;
    /// Bracket: level of the stop-loss, ticks; 0 for none.
    oms::ticks stop_loss;
    /// Bracket: level of the take-profit, ticks; 0 for none.
    oms::ticks take_profit;
    /// Σ qty × price of its executions, lots × ticks.
    oms::int128 notional;
    /// Average price: whole ticks, rounded down; 0 without executions.
    oms::ticks avg_price;
    /// Average price: the rest, parts per 10^9 of a tick, rounded down.
    std::int64_t avg_price_frac;
    /// Σ commissions, money units.
    oms::money commission;
    /// Part of cum_qty that was inferred from the venue's total and not reported yet, lots.
    oms::lots gap_qty;
    /// Cancel in flight: id of the request; otherwise 0.
    std::uint64_t cancel_id;
    /// Replace in flight: id of the request; otherwise 0.
    std::uint64_t replace_id;
    /// Replace in flight: new quantity, lots; otherwise 0.
    oms::lots replace_qty;
    /// Replace in flight: new price, ticks; otherwise 0.
    oms::ticks replace_price;
    /// Replace in flight: new trigger price, ticks; otherwise 0.
    oms::ticks replace_stop_price;
    /// With time_in_force::gtd: when it expires, nanoseconds.
    oms::nanos expire_at;
    /// When it is given up, nanoseconds; 0 for never.
    oms::nanos timeout_at;
    /// When it is handed out again after it could not be sent or, at the venue, asked to cancel
    /// again after that was refused, nanoseconds; 0 when it is not.
    oms::nanos retry_at;
    /// When it was submitted, nanoseconds.
    oms::nanos created_at;
    /// When it was handed out, nanoseconds; 0 if not yet.
    oms::nanos sent_at;
    /// When a fact last changed, nanoseconds.
    oms::nanos updated_at;
    /// Symbol number.
    oms::symbol_id symbol;
    /// Scope number.
    oms::scope_id scope;
    /// Venue number.
    oms::venue_id venue;
    /// order_flag bits.
    oms::flags<oms::order_flag> flags;
    /// order_fact bits.
    oms::flags<oms::order_fact> facts;
    /// order_mark bits.
    oms::flags<oms::order_mark> marks;
    /// Times it was handed out again after it could not be sent.
    std::uint32_t retries;
    /// reason: why it ended, as the venue said.
    oms::reason reason;
    /// order_status.
    oms::order_status status;
    /// fix_status.
    oms::fix_status fix_status;
    /// side.
    oms::side side;
    /// order_type as submitted: with order_fact::triggered it is a market or limit order now.
    oms::order_type order_type;
    /// time_in_force.
    oms::time_in_force time_in_force;
    /// order_end.
    oms::order_end end;
    /// hold.
    oms::hold hold;
    /// Commands not handed out yet: bits 1 << command_kind.
    oms::set_of<oms::command_kind, std::uint8_t> pending;
    /// 0.
    std::uint8_t reserved0[2];
    /// What its children work and have executed, lots: see check::parent.
    oms::lots children;
    /// 0.
    std::uint64_t reserved[7];
};

/// Where the search through the kept events of one order has come to: `order_log`.
struct order_log {
    /// Go on from here when `more` is 1: the number of the first event that had no place in the
    /// array. Otherwise the number of the next event there will be.
    std::uint64_t next;
    /// Number of the oldest event, of whatever kind, that is still kept.
    std::uint64_t oldest;
    /// Events written.
    std::uint32_t count;
    /// 1 when the array was too short.
    oms::stored<bool, std::uint32_t> more;
    /// 1 when events since the order was made have been overwritten: some of them may have been its
    /// own. Of an order that is not in the table any more: when any event was overwritten.
    oms::stored<bool, std::uint32_t> overwritten;
    /// 0.
    std::uint32_t reserved0;
    /// 0.
    std::uint64_t reserved[4];
};

/// An execution that is kept: `execution_get`.
struct execution {
    /// The venue's id.
    oms::execution_id exec_id;
    /// The order; its record may be gone.
    oms::order_id order;
    /// The position it made smaller; 0 for none.
    oms::position_id exit_position;
    /// The position it opened or made larger; 0 for none.
    oms::position_id entry_position;
    /// Lots as reported.
    oms::lots qty;
    /// Lots that were booked for it: 0 when they were known already, or are taken back.
    oms::lots applied_qty;
    /// Price in ticks as reported.
    oms::ticks price;
    /// Value that was booked, lots × ticks.
    oms::int128 value;
    /// Commission, money units.
    oms::money commission;
    /// The execution that corrects it; 0 for none.
    oms::execution_id superseded_by;
    /// Symbol number, read with side.
    oms::symbol_id symbol;
    /// side of the order; 0 when it is not known any more.
    oms::side side;
    /// 1 when it was taken back.
    bool busted;
    /// 1 when it was taken back or corrected before its own report has come.
    bool awaited;
    /// 0.
    std::uint8_t reserved0;
    /// 0.
    std::uint64_t reserved[8];
};

/// A position: `position_get`.
struct position {
    /// Its id.
    oms::position_id position;
    /// Mark of the order that opened it, or the one given by hand.
    std::uint64_t tag;
    /// The order that opened it; 0 when it was opened by hand or taken over.
    oms::order_id opened_by;
    /// The order that closed it; 0 while it is open, or when it was closed by hand.
    oms::order_id closed_by;
    /// Open quantity, lots; 0 when it is closed.
    oms::lots qty;
    /// Lots that live orders are closing.
    oms::lots closing;
    /// Entry cost of the open quantity, lots × ticks.
    oms::int128 cost;
    /// Realised PnL before commissions, lots × ticks.
    oms::int128 realised_exact;
    /// Unrealised PnL at the last mark, lots × ticks; 0 before the first.
    oms::int128 unrealised_exact;
    /// Average entry price over all entries: whole ticks, rounded down.
    oms::ticks entry_price;
    /// Average entry price: the rest, parts per 10^9 of a tick.
    std::int64_t entry_price_frac;
    /// Average exit price over all exits: whole ticks, rounded down; 0 before the first.
    oms::ticks exit_price;
    /// Average exit price: the rest, parts per 10^9 of a tick.
    std::int64_t exit_price_frac;
    /// Realised PnL before commissions, money units, floored.
    oms::money realised;
    /// Unrealised PnL, money units, floored.
    oms::money unrealised;
    /// Σ commissions, money units.
    oms::money commission;
    /// Realised and unrealised PnL less commissions, money units, floored.
    oms::money total;
    /// Closed: what it brought, net of commissions, money units; 0 while it is open.
    oms::money outcome;
    /// Unrealised PnL as a share of the entry cost of the open quantity, parts per 10^9, floored; 0
    /// when that cost is 0.
    oms::ratio unrealised_ratio;
    /// Total as a share of the value of all entries, parts per 10^9, floored; 0 when that is 0.
    oms::ratio return_ratio;
    /// When it was opened, nanoseconds.
    oms::nanos opened_at;
    /// When it was closed, nanoseconds; 0 while it is open.
    oms::nanos closed_at;
    /// How long it was held so far, or until it was closed, nanoseconds.
    oms::nanos held;
    /// Symbol number.
    oms::symbol_id symbol;
    /// Scope number.
    oms::scope_id scope;
    /// Its stops and targets.
    std::uint32_t triggers;
    /// position_side.
    oms::position_side side;
    /// exit_reason; NONE while it is open.
    oms::exit_reason exit;
    /// 1 when it is its symbol's net position.
    bool net;
    /// 0.
    std::uint8_t reserved0;
    /// 0.
    std::uint64_t reserved[6];
};

/// A trigger: `trigger_get`.
struct trigger {
    /// Its id.
    oms::trigger_id trigger;
    /// The position; 0 for the trigger of a held order.
    oms::position_id position;
    /// The order that closes, while one is under way; trigger_action::release: the held order;
    /// otherwise 0.
    oms::order_id order;
    /// The caller's mark.
    std::uint64_t tag;
    /// Level, ticks. Of a trailing stop 0 before it is active.
    oms::ticks level;
    /// Lots to close; 0 for the whole position.
    oms::lots qty;
    /// Fired: lots still to be closed.
    oms::lots left;
    /// When it last fired, nanoseconds; 0 if never.
    oms::nanos fired_at;
    /// Symbol number.
    oms::symbol_id symbol;
    /// The venue number for the closing order.
    oms::venue_id venue;
    /// trigger_kind.
    oms::trigger_kind kind;
    /// trigger_action.
    oms::trigger_action action;
    /// trigger_state.
    oms::trigger_state state;
    /// trigger_kind::trailing_stop: 0 before it is active, 1 with its first distance, 2 with its
    /// second one; otherwise 0.
    std::uint8_t active;
    /// trigger_kind::trailing_stop: the peak counts in whole multiples of it, ticks; 0 for every
    /// tick.
    std::uint32_t step;
    /// trigger_kind::trailing_stop: distance in force, ticks, or 0 with trail_ratio; otherwise 0.
    oms::ticks trail_offset;
    /// trigger_kind::trailing_stop: distance in force as parts per 10^9 of the peak, or 0;
    /// otherwise 0.
    oms::ratio trail_ratio;
    /// trigger_kind::trailing_stop: best price since it became active, ticks; 0 before.
    oms::ticks peak;
    /// trigger_kind::trailing_stop: price that makes it active, ticks; 0 for none.
    oms::ticks activation;
    /// trigger_kind::trailing_stop: price that brings the second distance, ticks; 0 for none.
    oms::ticks second_level;
    /// trigger_kind::trailing_stop: the second distance, as the first one in ticks or in parts per
    /// 10^9; 0 for none.
    std::int64_t second_trail;
};

/// A symbol: `symbol_get`.
struct symbol {
    /// Name, padded with zeros.
    oms::name name;
    /// Money units per tick-lot: numerator of the reduced fraction.
    std::int64_t money_num;
    /// Money units per tick-lot: denominator.
    std::int64_t money_den;
    /// Best bid, ticks; read with quoted_at.
    oms::ticks bid;
    /// Best ask, ticks.
    oms::ticks ask;
    /// Time of bid and ask, nanoseconds; 0 before the first quote.
    oms::nanos quoted_at;
    /// Last trade, ticks; read with last_at.
    oms::ticks last;
    /// Time of the last trade, nanoseconds; 0 before the first.
    oms::nanos last_at;
    /// Σ open long positions, lots.
    oms::lots long_qty;
    /// Σ open short positions, lots, as a positive number.
    oms::lots short_qty;
    /// Reserved by live buy orders, lots.
    oms::lots working_buy;
    /// Reserved by live sell orders, lots.
    oms::lots working_sell;
    /// Working buy orders.
    std::uint32_t open_buys;
    /// Working sell orders.
    std::uint32_t open_sells;
    /// Open positions.
    std::uint32_t open;
    /// Positions that are open, or that working orders may open: what check::positions counts.
    std::uint32_t claims;
    /// symbol_flag bits.
    oms::flags<oms::symbol_flag> flags;
    /// 1 while trigger work of this symbol is queued: see drain.
    oms::stored<bool, std::uint32_t> draining;
    /// Mark price, ticks; read with mark_at.
    oms::ticks mark;
    /// Time of the mark price, nanoseconds; 0 before the first.
    oms::nanos mark_at;
    /// trigger_source.
    oms::stored<oms::trigger_source, std::uint32_t> trigger_source;
    /// trading_state of the symbol itself; that of a scope may be stricter.
    oms::stored<oms::trading_state, std::uint32_t> trading_state;
    /// 0.
    std::uint64_t reserved[1];
};

/// The account: `account_get`. Money is floored to its unit.
struct account {
    /// Equity: balance + realised + unrealised - commissions, money units.
    oms::money equity;
    /// Starting balance and what was paid in or out, money units.
    oms::money paid_in;
    /// Σ realised PnL before commissions, money units.
    oms::money realised;
    /// Σ unrealised PnL at the last marks, money units.
    oms::money unrealised;
    /// Σ commissions, money units.
    oms::money commission;
    /// Equity at the session's start, money units.
    oms::money session_equity;
    /// Equity less the session's start, money units.
    oms::money session_pnl;
    /// Highest equity the breaker has seen, money units.
    oms::money peak_equity;
    /// (peak - equity) / peak, parts per 10^9, rounded up; 0 without a positive peak.
    oms::ratio drawdown;
    /// Largest drawdown since the start, parts per 10^9.
    oms::ratio drawdown_max;
    /// Realised PnL, exact, in 1 / common_den money units.
    oms::int128 realised_exact;
    /// Unrealised PnL, exact, in 1 / common_den money units.
    oms::int128 unrealised_exact;
    /// Denominator of the common unit.
    std::int64_t common_den;
    /// Closed positions.
    std::uint64_t closed;
    /// Closed positions with PnL > 0, commissions deducted.
    std::uint64_t wins;
    /// Closed positions with PnL < 0, commissions deducted.
    std::uint64_t losses;
    /// Open positions.
    std::uint32_t open;
    /// Live orders.
    std::uint32_t live_orders;
    /// Time of the engine, nanoseconds.
    oms::nanos now;
    /// Times the caller's clock stepped back.
    std::uint64_t clock_back;
    /// Requests the gate denied.
    std::uint64_t denied;
    /// Requests the gate accepted.
    std::uint64_t accepted;
    /// Reports that were known or changed nothing.
    std::uint64_t ignored;
    /// Reports that did not fit.
    std::uint64_t anomalies;
    /// trading_state.
    oms::stored<oms::trading_state, std::uint32_t> trading_state;
    /// 1 when a drain is due.
    oms::stored<bool, std::uint32_t> draining;
    /// 0.
    std::uint64_t reserved[6];
};

/// What was traded so far: `statistics_get`. Money is floored to its unit.
struct statistics {
    /// Open positions.
    std::uint64_t open;
    /// Closed positions.
    std::uint64_t closed;
    /// Closed positions that brought more than 0, commissions deducted.
    std::uint64_t wins;
    /// Closed positions that brought less than 0, commissions deducted.
    std::uint64_t losses;
    /// Closed positions that brought exactly 0.
    std::uint64_t break_even;
    /// Wins as a share of the closed positions, parts per 10^9, floored; 0 without any.
    oms::ratio win_rate;
    /// Σ realised PnL before commissions, money units.
    oms::money realised;
    /// Σ unrealised PnL at the last marks, money units.
    oms::money unrealised;
    /// Σ commissions, money units.
    oms::money commission;
    /// Realised and unrealised PnL less commissions, money units.
    oms::money total;
    /// Equity less the session's start, money units.
    oms::money session_pnl;
    /// Σ outcomes of the wins, money units.
    oms::money gross_profit;
    /// Σ outcomes of the losses as a positive number, money units.
    oms::money gross_loss;
    /// Gross profit over gross loss, parts per 10^9, floored, at most 2^63 - 1; off without a loss.
    oms::ratio profit_factor;
    /// Best outcome of a win, money units; 0 without one.
    oms::money largest_win;
    /// Worst outcome of a loss, money units, negative; 0 without one.
    oms::money largest_loss;
    /// Gross profit over wins, money units, floored; 0 without one.
    oms::money average_win;
    /// Minus gross loss over losses, money units, floored; 0 without one.
    oms::money average_loss;
    /// Time between opening and closing of the closed positions, on average, nanoseconds, floored.
    oms::nanos average_holding;
    /// Orders, replaces and positions by hand that were accepted; the library's own closes too.
    std::uint64_t accepted;
    /// Orders, replaces and positions by hand that the gate denied; orders when they fire too.
    std::uint64_t denied;
    /// Executions booked, inferred ones included.
    std::uint64_t executions;
    /// Executions taken back.
    std::uint64_t busts;
    /// Executions corrected.
    std::uint64_t corrections;
    /// Reports and requests that were known or changed nothing.
    std::uint64_t ignored;
    /// Reports that did not fit.
    std::uint64_t anomalies;
    /// 0.
    std::uint64_t reserved[8];
};

/// A table's use: `table_get`.
struct table {
    /// Records it can hold.
    std::uint32_t capacity;
    /// Records it holds, ended ones that may be evicted included.
    std::uint32_t used;
    /// Most records it ever held.
    std::uint32_t high_water;
    /// Orders: live ones. Positions: open ones. Otherwise as used.
    std::uint32_t live;
    /// 0.
    std::uint64_t reserved[2];
};

/// A group of symbols: `group_get`.
struct group {
    /// Largest exposure, money units; off for no limit.
    oms::money max;
    /// Exposure now, money units, rounded up.
    oms::money exposure;
    /// Its number.
    std::uint32_t group;
    /// Symbols that belong to it.
    std::uint32_t members;
    /// 0.
    std::uint64_t reserved[3];
};

/// The first difference an audit found: `audit`.
struct audit {
    /// What the records add up to.
    oms::int128 expected;
    /// What was kept.
    oms::int128 found;
    /// audit_item; NONE when all agree.
    oms::audit_item item;
    /// Number of the symbol or slot of the record concerned.
    std::uint32_t index;
    /// 0.
    std::uint64_t reserved[3];
};

/// Begins a round of reconciliation: `reconcile_begin`. Of the tolerances off (-1) means that this
/// one never trips, and 0 that the first difference does.
struct reconcile_begin {
    /// kind = request_kind::reconcile_begin.
    oms::request_header header{oms::request_kind::reconcile_begin,
                               sizeof(oms_reconcile_begin_t), {}};
    /// When the venue's books were read, nanoseconds, not after now: orders that have changed here
    /// since are not compared. 0: rows are of the moment at which they are given.
    oms::nanos as_of{};
    /// Lots of one symbol that may differ; of a hedged symbol those of longs and shorts together.
    oms::lots lots_max{};
    /// Value of the lots of all symbols that may differ, at our marks, money units.
    oms::money money_max{};
    /// Orders that may differ.
    std::int64_t orders_max{};
    /// Symbol number, with reconcile_flag::one_symbol.
    oms::symbol_id symbol{};
    /// Venue number, with reconcile_flag::one_venue.
    oms::venue_id venue{};
    /// Scope number; 0 is the root. Its breaker trips; positions are those of it and the scopes
    /// below, and so are orders that count when they are not mentioned.
    oms::scope_id scope{};
    /// reconcile_flag bits.
    oms::flags<oms::reconcile_flag> flags{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    reconcile_begin &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// What the venue holds of one symbol: `reconcile_position`.
struct reconcile_position {
    /// kind = request_kind::reconcile_position.
    oms::request_header header{oms::request_kind::reconcile_position,
                               sizeof(oms_reconcile_position_t), {}};
    /// Long lots. Unless the symbol is hedged only long less short counts.
    oms::lots long_qty{};
    /// Short lots, not negative.
    oms::lots short_qty{};
    /// Average price of the longs, ticks, rounded either way; 0: not given.
    oms::ticks long_price{};
    /// Average price of the shorts.
    oms::ticks short_price{};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Zero.
    std::uint64_t reserved[3]{};
    /// Sets header.now.
    reconcile_position &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// What the venue knows of one order: `reconcile_order`.
struct reconcile_order {
    /// kind = request_kind::reconcile_order.
    oms::request_header header{oms::request_kind::reconcile_order,
                               sizeof(oms_reconcile_order_t), {}};
    /// The order; 0 to name it by its client id. With both 0 it is one that is not known here.
    oms::order_id order{};
    /// Its client id, read when order is 0.
    oms::client_order_id client_id{};
    /// Total quantity, lots; of an order that has ended it is not compared.
    oms::lots qty{};
    /// Lots executed.
    oms::lots cum_qty{};
    /// Limit price, ticks; compared while both live and the order has one.
    oms::ticks price{};
    /// Symbol number.
    oms::symbol_id symbol{};
    /// side.
    oms::side side{};
    /// order_status, neither PENDING nor FAILED: FILLED, CANCELLED, REJECTED and EXPIRED have
    /// ended, all others live.
    oms::order_status order_status{};
    /// Zero.
    std::uint8_t reserved0[2]{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    reconcile_order &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Ends a round, or goes on ending it: `reconcile_end`.
struct reconcile_end {
    /// kind = request_kind::reconcile_end.
    oms::request_header header{oms::request_kind::reconcile_end,
                               sizeof(oms_reconcile_end_t), {}};
    /// Zero.
    std::uint64_t reserved[2]{};
    /// Sets header.now.
    reconcile_end &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// What a round has found so far: `reconcile_end`, `reconcile_get`.
struct reconcile_report {
    /// Number of the round, from 1; 0 before the first one.
    std::uint64_t round;
    /// When it began, nanoseconds.
    oms::nanos began_at;
    /// When the venue's books were read, as given.
    oms::nanos as_of;
    /// When it was over, nanoseconds; 0 before that.
    oms::nanos ended_at;
    /// Σ lots that differ, over all symbols.
    oms::lots lots;
    /// Most lots of one symbol that differ.
    oms::lots lots_most;
    /// Value of the lots that differ, money units, rounded up symbol by symbol.
    oms::money money;
    /// Rows of positions that were compared.
    std::uint32_t positions;
    /// Rows of orders that were compared.
    std::uint32_t orders;
    /// Rows of orders that were not: changed here after as_of, or ended and not kept here.
    std::uint32_t left_out;
    /// Differences: events.
    std::uint32_t differences;
    /// Symbols whose lots differ.
    std::uint32_t symbols_differ;
    /// Orders that differ; those in doubt are not counted.
    std::uint32_t orders_differ;
    /// Symbols whose lots differ and that have no mark: `money` leaves them out, and a tolerance in
    /// money is passed.
    std::uint32_t unpriced;
    /// reconcile_state.
    oms::reconcile_state state;
    /// 1 when a tolerance was passed and the breaker tripped.
    bool tripped;
    /// 0.
    std::uint8_t reserved0[2];
    /// Differences of each kind: `counts[difference]`.
    std::uint32_t counts[20];
    /// 0.
    std::uint64_t reserved[3];
};

/// Defines a scope below another one: `scope_define`. Nothing passes it before its limits are set.
struct scope_define {
    /// kind = request_kind::scope_define.
    oms::request_header header{oms::request_kind::scope_define,
                               sizeof(oms_scope_define_t), {}};
    /// Name: 1 to 31 printable ASCII characters, padded with zeros; unique.
    oms::name name{};
    /// The scope it lies in; 0 is the root. With the root at most 4 lie in each other.
    oms::scope_id parent{};
    /// scope_flag bits.
    oms::flags<oms::scope_flag> flags{};
    /// Zero.
    std::uint64_t reserved[8]{};
    /// Sets header.now.
    scope_define &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// Gives a scope's breaker other limits: `scope_breaker_set`. What it counted stays.
struct scope_breaker_set {
    /// kind = request_kind::scope_breaker_set.
    oms::request_header header{oms::request_kind::scope_breaker_set,
                               sizeof(oms_scope_breaker_set_t), {}};
    /// Scope number; 0 is the root.
    oms::scope_id scope{};
    /// Zero.
    std::uint32_t reserved0{};
    /// Limits and times. Its session_offset must be the root's: sessions are the engine's.
    oms::breaker_config breaker{};
    /// Zero.
    std::uint64_t reserved[4]{};
    /// Sets header.now.
    scope_breaker_set &at(oms::nanos now) noexcept {
        header.now = now;
        return *this;
    }
};

/// A scope: `scope_get`.
struct scope {
    /// Name, padded with zeros; the root has none.
    oms::name name;
    /// Its number; 0 is the root.
    oms::scope_id scope;
    /// The scope it lies in; of the root itself.
    oms::scope_id parent;
    /// How many lie in each other down to this one: 1 for the root, at most 4.
    std::uint32_t depth;
    /// scope_flag bits.
    oms::flags<oms::scope_flag> flags;
    /// trading_state: its own; what lies above it binds as well.
    oms::stored<oms::trading_state, std::uint32_t> trading_state;
    /// breaker_state: its own.
    oms::stored<oms::breaker_state, std::uint32_t> breaker_state;
    /// Working orders, those of the scopes below it included.
    std::uint32_t open_orders;
    /// Positions that are open, or that working orders may open, likewise.
    std::uint32_t claims;
    /// Its limits, with the head and number of the record that sets them.
    oms::scope_limits_set limits;
    /// Value of working orders over all symbols, those of the scopes below it included, money
    /// units, rounded up, as the rest: what check::open_notional counts.
    oms::money open_notional;
    /// Value traded in this session and working: what check::gross counts.
    oms::money gross;
    /// Value bought less sold in this session, with working buys: what check::net counts.
    oms::money net_buy;
    /// Value sold less bought in this session, with working sells: likewise.
    oms::money net_sell;
    /// Margin that the worst cases take of the credit: what check::credit counts.
    oms::money margin;
    /// Value of open positions, at the last marks, and of working orders: what check::leverage
    /// holds against the equity. 0 while no scope has a `leverage_max`.
    oms::money levered;
    /// 1 while the limits of any scope look at values; otherwise the six above are 0.
    oms::stored<bool, std::uint32_t> counted;
    /// 0.
    std::uint32_t reserved0;
    /// 0.
    std::uint64_t reserved[4];
};

/// What the gate let pass and denied of a scope and of those in it: `denials_get`.
struct denials {
    /// Scope number; 0 is the root.
    oms::scope_id scope;
    /// 0.
    std::uint32_t reserved0;
    /// Orders, replaces and positions by hand of the scope and of those in it that were accepted;
    /// the library's own closes too.
    std::uint64_t accepted;
    /// The same that were denied; orders when they fire too.
    std::uint64_t denied;
    /// Denials, of these, that name this scope: its limit, breaker or state was the first to fail.
    std::uint64_t named;
    /// Denials by the check that was explained: place check, one place for each bit of a verdict's
    /// mask. They add up to `denied`.
    std::uint64_t denied_by[64];
    /// Denials that name this scope, likewise: they add up to `named`. Over all scopes they are
    /// every denial once, but those of orders whose scope there is not.
    std::uint64_t named_by[64];
    /// 0.
    std::uint64_t reserved[4];
};

/// What a scope has in a symbol, the scopes in it included: `book_get`.
struct book {
    /// Scope number; 0 is the root.
    oms::scope_id scope;
    /// Symbol number.
    oms::symbol_id symbol;
    /// Reserved by live buy orders, lots.
    oms::lots working_buy;
    /// Reserved by live sell orders, lots.
    oms::lots working_sell;
    /// Σ open long positions, lots.
    oms::lots long_qty;
    /// Σ open short positions, lots, as a positive number.
    oms::lots short_qty;
    /// Lots located for its shorts.
    oms::lots located;
    /// Working buy orders.
    std::uint32_t open_buys;
    /// Working sell orders.
    std::uint32_t open_sells;
    /// Positions that are open, or that working orders may open: what check::positions counts.
    std::uint32_t claims;
    /// 1 while limits in money look at the symbol; otherwise all that follows is 0.
    oms::stored<bool, std::uint32_t> counted;
    /// Value of working orders, money units, rounded up, as the rest: what check::open_notional
    /// counts.
    oms::money open_notional;
    /// Value traded in this session and working: what check::gross counts.
    oms::money gross;
    /// Value bought less sold in this session, with working buys: what check::net counts.
    oms::money net_buy;
    /// Value sold less bought in this session, with working sells: likewise.
    oms::money net_sell;
    /// Margin that the worst case takes of the credit: what check::credit adds up.
    oms::money margin;
    /// 0.
    std::uint64_t reserved[4];
};

/// An order that takes, and the market it meets. Zero all of it, then set the fields.
struct slippage_order {
    /// Best bid, ticks; read with slippage_flag::quoted alone.
    oms::ticks bid{};
    /// Best ask, ticks, not below the bid; as the bid.
    oms::ticks ask{};
    /// Price of the market, ticks; read without slippage_flag::quoted alone.
    oms::ticks price{};
    /// Limit of the order, ticks, any number; read with slippage_flag::limited alone.
    oms::ticks limit{};
    /// How large the order is: its value, or its lots, in the units of `volume`.
    std::uint64_t size{};
    /// What the market trades: value of 24 hours, lots of a bar, ...; 0: not known. The
    /// participation p is size / volume.
    std::uint64_t volume{};
    /// Number of the draw: each gives its own noise, the same for the same seed.
    std::uint64_t number{};
    /// side.
    oms::stored<oms::side, std::uint32_t> side{};
    /// slippage_flag bits.
    oms::flags<oms::slippage_flag> flags{};
};

/// What is said of the size of an order, with the numbers it is said by. Ratios are parts per 10^9,
/// rounded up; what would not fit is `INT64_MAX`, and 0 what is not known.
struct order_size {
    /// p: size / volume.
    oms::ratio participation;
    /// Largest p: participation_max.
    oms::ratio participation_max;
    /// spread / 2 + impact × p: what it costs at worst.
    oms::ratio estimate;
    /// Largest estimate, as it was given.
    oms::ratio estimate_max;
    /// size_code.
    oms::size_code code;
    /// Zero.
    std::uint32_t reserved;
};

/// A price and what is to be had there.
struct depth_level {
    /// Ticks.
    oms::ticks price{};
    /// Lots, above 0.
    oms::lots qty{};
};

/// What a walk over the levels fills.
struct depth_fill {
    /// Sum of price × quantity, exact: tick-lots.
    oms::int128 value;
    /// Lots that are filled: the quantity, or less where the levels or the limit end.
    oms::lots filled;
    /// Whole ticks of the average price, rounded down; 0 when nothing is filled.
    oms::ticks price;
    /// What the average has above `price`, in parts per 10^9 of a tick, 0 to 999 999 999: rounded
    /// against the taker (a buy up, a sell down), and exact when `exact` is 1.
    oms::ratio parts;
    /// The last price that was touched, ticks; 0 when nothing is filled.
    oms::ticks worst;
    /// Levels that were touched.
    std::uint32_t levels;
    /// 1 when price and parts are the average exactly.
    bool exact;
    /// Zero.
    std::uint8_t reserved[3];
};

/// What was traded in the last 30 days of the caller's clock, the present one included. A day is 86
/// 400 s from a multiple of it on (midnight, where times count from one); what was traded on a day
/// counts whole until 30 days after that day began, and then not at all. A step back of the clock
/// counts for the latest day that was seen. Volumes are of any unit; sums stop at 2^64 - 1. All
/// zero it is empty.
struct fee_volume {
    /// The sum of the days.
    std::uint64_t sum{};
    /// Number of the latest day.
    std::uint64_t day{};
    /// What was traded on each; a day has the place of its number modulo 30.
    std::uint64_t days[30]{};
};

namespace detail {
template <> struct c_type<breaker_config> { using type = oms_breaker_config_t; };
OMS_HPP_SAME(breaker_config, oms_breaker_config_t);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, daily_loss_ratio);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, daily_loss_money);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, drawdown_ratio);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, drawdown_money);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, streak_loss_money);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, rate_window);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, auto_reset_after);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, cooldown);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, session_offset);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, consecutive_losses);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, consecutive_errors);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, orders_per_minute);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, orders_per_hour);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, orders_per_window);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, max_auto_resets);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, flags);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, reserved0);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, half_open_probes);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, probe_wins);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, probe_size);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, warn_ratio);
OMS_HPP_PLACE(breaker_config, oms_breaker_config_t, reserved);
template <> struct c_type<trip> { using type = oms_trip_t; };
OMS_HPP_SAME(trip, oms_trip_t);
OMS_HPP_PLACE(trip, oms_trip_t, at);
OMS_HPP_PLACE(trip, oms_trip_t, reset_at);
OMS_HPP_PLACE(trip, oms_trip_t, limit);
OMS_HPP_PLACE(trip, oms_trip_t, observed);
OMS_HPP_PLACE(trip, oms_trip_t, scope);
OMS_HPP_PLACE(trip, oms_trip_t, cause);
OMS_HPP_PLACE(trip, oms_trip_t, unit);
OMS_HPP_PLACE(trip, oms_trip_t, latched);
OMS_HPP_PLACE(trip, oms_trip_t, by_hand);
OMS_HPP_PLACE(trip, oms_trip_t, reserved);
template <> struct c_type<breaker_status> { using type = oms_breaker_status_t; };
OMS_HPP_SAME(breaker_status, oms_breaker_status_t);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, equity);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, peak);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, session_equity);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, session_pnl);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, streak_loss);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, drawdown);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, drawdown_max);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, tripped_at);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, reset_at);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, consecutive_losses);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, consecutive_errors);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, session_trips);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, session_auto_resets);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, trips);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, orders_last_minute);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, orders_last_hour);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, state);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, cause);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, latched);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, operational);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, probes_left);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, probes_open);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, probe_wins);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, warned);
OMS_HPP_PLACE(breaker_status, oms_breaker_status_t, reserved);
template <> struct c_type<verdict> { using type = oms_verdict_t; };
OMS_HPP_SAME(verdict, oms_verdict_t);
OMS_HPP_PLACE(verdict, oms_verdict_t, mask);
OMS_HPP_PLACE(verdict, oms_verdict_t, limit);
OMS_HPP_PLACE(verdict, oms_verdict_t, observed);
OMS_HPP_PLACE(verdict, oms_verdict_t, first);
OMS_HPP_PLACE(verdict, oms_verdict_t, scope);
OMS_HPP_PLACE(verdict, oms_verdict_t, denied);
OMS_HPP_PLACE(verdict, oms_verdict_t, unit);
OMS_HPP_PLACE(verdict, oms_verdict_t, reserved0);
OMS_HPP_PLACE(verdict, oms_verdict_t, reserved);
template <> struct c_type<answer> { using type = oms_answer_t; };
OMS_HPP_SAME(answer, oms_answer_t);
OMS_HPP_PLACE(answer, oms_answer_t, verdict);
OMS_HPP_PLACE(answer, oms_answer_t, id);
OMS_HPP_PLACE(answer, oms_answer_t, symbol);
OMS_HPP_PLACE(answer, oms_answer_t, commands);
OMS_HPP_PLACE(answer, oms_answer_t, events);
OMS_HPP_PLACE(answer, oms_answer_t, scope);
OMS_HPP_PLACE(answer, oms_answer_t, orders);
OMS_HPP_PLACE(answer, oms_answer_t, reserved);
template <> struct c_type<request_header> { using type = oms_request_header_t; };
OMS_HPP_SAME(request_header, oms_request_header_t);
OMS_HPP_PLACE(request_header, oms_request_header_t, kind);
OMS_HPP_PLACE(request_header, oms_request_header_t, size);
OMS_HPP_PLACE(request_header, oms_request_header_t, now);
template <> struct c_type<quote> { using type = oms_quote_t; };
OMS_HPP_SAME(quote, oms_quote_t);
OMS_HPP_PLACE(quote, oms_quote_t, header);
OMS_HPP_PLACE(quote, oms_quote_t, symbol);
OMS_HPP_PLACE(quote, oms_quote_t, reserved0);
OMS_HPP_PLACE(quote, oms_quote_t, bid);
OMS_HPP_PLACE(quote, oms_quote_t, ask);
OMS_HPP_PLACE(quote, oms_quote_t, bid_qty);
OMS_HPP_PLACE(quote, oms_quote_t, ask_qty);
OMS_HPP_PLACE(quote, oms_quote_t, reserved);
template <> struct c_type<venue_report> { using type = oms_venue_report_t; };
OMS_HPP_SAME(venue_report, oms_venue_report_t);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, header);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, order);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, client_id);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, exec_id);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, ref_exec_id);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, request_id);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, position);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, qty);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, price);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, venue_cum);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, venue_avg);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, venue_avg_frac);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, commission);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, symbol);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, venue);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, report);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, liquidity);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, reason);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, side);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, order_status);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, reserved0);
OMS_HPP_PLACE(venue_report, oms_venue_report_t, reserved);
template <> struct c_type<order_submit> { using type = oms_order_submit_t; };
OMS_HPP_SAME(order_submit, oms_order_submit_t);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, header);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, client_id);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, tag);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, position);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, parent);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, linked);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, qty);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, price);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, stop_price);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, trail_offset);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, trail_ratio);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, stop_loss);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, take_profit);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, expire_at);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, timeout_at);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, symbol);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, scope);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, venue);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, flags);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, side);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, order_type);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, time_in_force);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, hold);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, reserved0);
OMS_HPP_PLACE(order_submit, oms_order_submit_t, reserved);
template <> struct c_type<phase_set> { using type = oms_phase_set_t; };
OMS_HPP_SAME(phase_set, oms_phase_set_t);
OMS_HPP_PLACE(phase_set, oms_phase_set_t, header);
OMS_HPP_PLACE(phase_set, oms_phase_set_t, symbol);
OMS_HPP_PLACE(phase_set, oms_phase_set_t, phase);
OMS_HPP_PLACE(phase_set, oms_phase_set_t, reserved0);
OMS_HPP_PLACE(phase_set, oms_phase_set_t, reserved);
template <> struct c_type<volume_set> { using type = oms_volume_set_t; };
OMS_HPP_SAME(volume_set, oms_volume_set_t);
OMS_HPP_PLACE(volume_set, oms_volume_set_t, header);
OMS_HPP_PLACE(volume_set, oms_volume_set_t, symbol);
OMS_HPP_PLACE(volume_set, oms_volume_set_t, reserved0);
OMS_HPP_PLACE(volume_set, oms_volume_set_t, volume);
OMS_HPP_PLACE(volume_set, oms_volume_set_t, reserved);
template <> struct c_type<locate_set> { using type = oms_locate_set_t; };
OMS_HPP_SAME(locate_set, oms_locate_set_t);
OMS_HPP_PLACE(locate_set, oms_locate_set_t, header);
OMS_HPP_PLACE(locate_set, oms_locate_set_t, symbol);
OMS_HPP_PLACE(locate_set, oms_locate_set_t, scope);
OMS_HPP_PLACE(locate_set, oms_locate_set_t, qty);
OMS_HPP_PLACE(locate_set, oms_locate_set_t, reserved);
template <> struct c_type<bands_set> { using type = oms_bands_set_t; };
OMS_HPP_SAME(bands_set, oms_bands_set_t);
OMS_HPP_PLACE(bands_set, oms_bands_set_t, header);
OMS_HPP_PLACE(bands_set, oms_bands_set_t, symbol);
OMS_HPP_PLACE(bands_set, oms_bands_set_t, count);
OMS_HPP_PLACE(bands_set, oms_bands_set_t, from);
OMS_HPP_PLACE(bands_set, oms_bands_set_t, step);
OMS_HPP_PLACE(bands_set, oms_bands_set_t, reserved);
template <> struct c_type<conditions> { using type = oms_conditions_t; };
OMS_HPP_SAME(conditions, oms_conditions_t);
OMS_HPP_PLACE(conditions, oms_conditions_t, phase);
OMS_HPP_PLACE(conditions, oms_conditions_t, count);
OMS_HPP_PLACE(conditions, oms_conditions_t, volume);
OMS_HPP_PLACE(conditions, oms_conditions_t, located);
OMS_HPP_PLACE(conditions, oms_conditions_t, from);
OMS_HPP_PLACE(conditions, oms_conditions_t, step);
OMS_HPP_PLACE(conditions, oms_conditions_t, reserved);
template <> struct c_type<int128> { using type = oms_int128_t; };
OMS_HPP_SAME(int128, oms_int128_t);
OMS_HPP_PLACE(int128, oms_int128_t, hi);
OMS_HPP_PLACE(int128, oms_int128_t, lo);
template <> struct c_type<execution_stats> { using type = oms_execution_stats_t; };
OMS_HPP_SAME(execution_stats, oms_execution_stats_t);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, scope);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, measured);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, sent);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, executed);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, failed);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, cancelled);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, success_rate);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, retries);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, in_doubt);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, acks);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, ack_average);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, ack_worst);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, ends);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, end_average);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, end_worst);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, executions);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, slippage_exact);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, slippage);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, slippage_average);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, slippage_worst);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, slippage_ratio);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, common_den);
OMS_HPP_PLACE(execution_stats, oms_execution_stats_t, reserved);
template <> struct c_type<shortfall> { using type = oms_shortfall_t; };
OMS_HPP_SAME(shortfall, oms_shortfall_t);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, executions);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, lots);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, slippage_exact);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, arrival_exact);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, average);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, average_frac);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, worst);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, slippage);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, ratio);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, symbol);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, measured);
OMS_HPP_PLACE(shortfall, oms_shortfall_t, reserved);
template <> struct c_type<slippage> { using type = oms_slippage_t; };
OMS_HPP_SAME(slippage, oms_slippage_t);
OMS_HPP_PLACE(slippage, oms_slippage_t, share);
OMS_HPP_PLACE(slippage, oms_slippage_t, factor);
OMS_HPP_PLACE(slippage, oms_slippage_t, participation_max);
OMS_HPP_PLACE(slippage, oms_slippage_t, spread);
OMS_HPP_PLACE(slippage, oms_slippage_t, impact);
OMS_HPP_PLACE(slippage, oms_slippage_t, noise);
OMS_HPP_PLACE(slippage, oms_slippage_t, volatility);
OMS_HPP_PLACE(slippage, oms_slippage_t, days);
OMS_HPP_PLACE(slippage, oms_slippage_t, outstanding);
OMS_HPP_PLACE(slippage, oms_slippage_t, seed);
OMS_HPP_PLACE(slippage, oms_slippage_t, model);
OMS_HPP_PLACE(slippage, oms_slippage_t, reserved0);
OMS_HPP_PLACE(slippage, oms_slippage_t, reserved);
template <> struct c_type<simulation_set> { using type = oms_simulation_set_t; };
OMS_HPP_SAME(simulation_set, oms_simulation_set_t);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, header);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, symbol);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, queue);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, latency_out);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, latency_in);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, latency_jitter);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, fill_ratio);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, reject_ratio);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, fail_ratio);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, doubt_ratio);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, volume_24h);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, slippage);
OMS_HPP_PLACE(simulation_set, oms_simulation_set_t, reserved);
template <> struct c_type<fee_tier> { using type = oms_fee_tier_t; };
OMS_HPP_SAME(fee_tier, oms_fee_tier_t);
OMS_HPP_PLACE(fee_tier, oms_fee_tier_t, volume);
OMS_HPP_PLACE(fee_tier, oms_fee_tier_t, maker);
OMS_HPP_PLACE(fee_tier, oms_fee_tier_t, taker);
template <> struct c_type<fees> { using type = oms_fees_t; };
OMS_HPP_SAME(fees, oms_fees_t);
OMS_HPP_PLACE(fees, oms_fees_t, maker);
OMS_HPP_PLACE(fees, oms_fees_t, taker);
OMS_HPP_PLACE(fees, oms_fees_t, per_lot);
OMS_HPP_PLACE(fees, oms_fees_t, minimum);
OMS_HPP_PLACE(fees, oms_fees_t, maximum);
OMS_HPP_PLACE(fees, oms_fees_t, tiers);
OMS_HPP_PLACE(fees, oms_fees_t, tier_count);
OMS_HPP_PLACE(fees, oms_fees_t, reserved);
template <> struct c_type<fees_set> { using type = oms_fees_set_t; };
OMS_HPP_SAME(fees_set, oms_fees_set_t);
OMS_HPP_PLACE(fees_set, oms_fees_set_t, header);
OMS_HPP_PLACE(fees_set, oms_fees_set_t, symbol);
OMS_HPP_PLACE(fees_set, oms_fees_set_t, reserved0);
OMS_HPP_PLACE(fees_set, oms_fees_set_t, fees);
OMS_HPP_PLACE(fees_set, oms_fees_set_t, reserved);
template <> struct c_type<capacity> { using type = oms_capacity_t; };
OMS_HPP_SAME(capacity, oms_capacity_t);
OMS_HPP_PLACE(capacity, oms_capacity_t, orders);
OMS_HPP_PLACE(capacity, oms_capacity_t, symbols);
OMS_HPP_PLACE(capacity, oms_capacity_t, positions);
OMS_HPP_PLACE(capacity, oms_capacity_t, triggers);
OMS_HPP_PLACE(capacity, oms_capacity_t, events);
OMS_HPP_PLACE(capacity, oms_capacity_t, executions);
OMS_HPP_PLACE(capacity, oms_capacity_t, scopes);
OMS_HPP_PLACE(capacity, oms_capacity_t, rate);
OMS_HPP_PLACE(capacity, oms_capacity_t, books);
OMS_HPP_PLACE(capacity, oms_capacity_t, reserved0);
OMS_HPP_PLACE(capacity, oms_capacity_t, symbol_rate);
OMS_HPP_PLACE(capacity, oms_capacity_t, recent);
template <> struct c_type<retry_config> { using type = oms_retry_config_t; };
OMS_HPP_SAME(retry_config, oms_retry_config_t);
OMS_HPP_PLACE(retry_config, oms_retry_config_t, delay);
OMS_HPP_PLACE(retry_config, oms_retry_config_t, cap);
OMS_HPP_PLACE(retry_config, oms_retry_config_t, jitter);
OMS_HPP_PLACE(retry_config, oms_retry_config_t, max);
OMS_HPP_PLACE(retry_config, oms_retry_config_t, reserved0);
template <> struct c_type<config> { using type = oms_config_t; };
OMS_HPP_SAME(config, oms_config_t);
OMS_HPP_PLACE(config, oms_config_t, struct_size);
OMS_HPP_PLACE(config, oms_config_t, engine_tag);
OMS_HPP_PLACE(config, oms_config_t, money_exp);
OMS_HPP_PLACE(config, oms_config_t, work_per_call);
OMS_HPP_PLACE(config, oms_config_t, capacity);
OMS_HPP_PLACE(config, oms_config_t, starting_balance);
OMS_HPP_PLACE(config, oms_config_t, hash_seed);
OMS_HPP_PLACE(config, oms_config_t, id_base);
OMS_HPP_PLACE(config, oms_config_t, breaker);
OMS_HPP_PLACE(config, oms_config_t, retry);
OMS_HPP_PLACE(config, oms_config_t, flags);
OMS_HPP_PLACE(config, oms_config_t, mode);
OMS_HPP_PLACE(config, oms_config_t, messages);
OMS_HPP_PLACE(config, oms_config_t, reserved0);
OMS_HPP_PLACE(config, oms_config_t, seed);
OMS_HPP_PLACE(config, oms_config_t, reserved);
template <> struct c_type<limits_set> { using type = oms_limits_set_t; };
OMS_HPP_SAME(limits_set, oms_limits_set_t);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, header);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, symbol);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, scope);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, qty_min);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, qty_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, qty_step);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, price_step);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, notional_min);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, notional_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, collar_ticks);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, collar_ratio);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, reference_age_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, long_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, short_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, flags);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, reference);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, self_trade);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, reserved0);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, open_orders_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, open_qty_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, positions_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, types);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, times_in_force);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, adv_ratio);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, open_notional_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, gross_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, net_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, margin_ratio);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, rate_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, rate_window);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, repeat_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, repeat_window);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, repeat_range);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, duplicate_max);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, duplicate_window);
OMS_HPP_PLACE(limits_set, oms_limits_set_t, reserved);
template <> struct c_type<scope_limits_set> { using type = oms_scope_limits_set_t; };
OMS_HPP_SAME(scope_limits_set, oms_scope_limits_set_t);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, header);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, scope);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, reserved0);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, open_orders_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, positions_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, types);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, times_in_force);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, qty_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, notional_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, open_notional_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, gross_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, net_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, credit_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, leverage_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, order_to_trade_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, order_to_trade_min);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, order_to_trade_window);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, heartbeat_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, cancel_max);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, cancel_window);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, warn_ratio);
OMS_HPP_PLACE(scope_limits_set, oms_scope_limits_set_t, reserved);
template <> struct c_type<group_set> { using type = oms_group_set_t; };
OMS_HPP_SAME(group_set, oms_group_set_t);
OMS_HPP_PLACE(group_set, oms_group_set_t, header);
OMS_HPP_PLACE(group_set, oms_group_set_t, group);
OMS_HPP_PLACE(group_set, oms_group_set_t, symbol);
OMS_HPP_PLACE(group_set, oms_group_set_t, max);
OMS_HPP_PLACE(group_set, oms_group_set_t, flags);
OMS_HPP_PLACE(group_set, oms_group_set_t, reserved0);
OMS_HPP_PLACE(group_set, oms_group_set_t, reserved);
template <> struct c_type<decimal> { using type = oms_decimal_t; };
OMS_HPP_SAME(decimal, oms_decimal_t);
OMS_HPP_PLACE(decimal, oms_decimal_t, mantissa);
OMS_HPP_PLACE(decimal, oms_decimal_t, exponent);
OMS_HPP_PLACE(decimal, oms_decimal_t, reserved);
template <> struct c_type<symbol_define> { using type = oms_symbol_define_t; };
OMS_HPP_SAME(symbol_define, oms_symbol_define_t);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, header);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, name);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, tick_size);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, lot_size);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, multiplier);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, conversion);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, flags);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, trigger_source);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, reserved0);
OMS_HPP_PLACE(symbol_define, oms_symbol_define_t, reserved);
template <> struct c_type<trade> { using type = oms_trade_t; };
OMS_HPP_SAME(trade, oms_trade_t);
OMS_HPP_PLACE(trade, oms_trade_t, header);
OMS_HPP_PLACE(trade, oms_trade_t, symbol);
OMS_HPP_PLACE(trade, oms_trade_t, source);
OMS_HPP_PLACE(trade, oms_trade_t, reserved0);
OMS_HPP_PLACE(trade, oms_trade_t, price);
OMS_HPP_PLACE(trade, oms_trade_t, qty);
OMS_HPP_PLACE(trade, oms_trade_t, reserved);
template <> struct c_type<bar> { using type = oms_bar_t; };
OMS_HPP_SAME(bar, oms_bar_t);
OMS_HPP_PLACE(bar, oms_bar_t, header);
OMS_HPP_PLACE(bar, oms_bar_t, symbol);
OMS_HPP_PLACE(bar, oms_bar_t, reserved0);
OMS_HPP_PLACE(bar, oms_bar_t, open);
OMS_HPP_PLACE(bar, oms_bar_t, high);
OMS_HPP_PLACE(bar, oms_bar_t, low);
OMS_HPP_PLACE(bar, oms_bar_t, close);
OMS_HPP_PLACE(bar, oms_bar_t, volume);
OMS_HPP_PLACE(bar, oms_bar_t, spread);
OMS_HPP_PLACE(bar, oms_bar_t, begin);
OMS_HPP_PLACE(bar, oms_bar_t, reserved);
template <> struct c_type<timer> { using type = oms_timer_t; };
OMS_HPP_SAME(timer, oms_timer_t);
OMS_HPP_PLACE(timer, oms_timer_t, header);
OMS_HPP_PLACE(timer, oms_timer_t, reserved);
template <> struct c_type<drain> { using type = oms_drain_t; };
OMS_HPP_SAME(drain, oms_drain_t);
OMS_HPP_PLACE(drain, oms_drain_t, header);
OMS_HPP_PLACE(drain, oms_drain_t, reserved);
template <> struct c_type<control> { using type = oms_control_t; };
OMS_HPP_SAME(control, oms_control_t);
OMS_HPP_PLACE(control, oms_control_t, header);
OMS_HPP_PLACE(control, oms_control_t, action);
OMS_HPP_PLACE(control, oms_control_t, scope);
OMS_HPP_PLACE(control, oms_control_t, value);
OMS_HPP_PLACE(control, oms_control_t, symbol);
OMS_HPP_PLACE(control, oms_control_t, flags);
OMS_HPP_PLACE(control, oms_control_t, reserved);
template <> struct c_type<cash_adjust> { using type = oms_cash_adjust_t; };
OMS_HPP_SAME(cash_adjust, oms_cash_adjust_t);
OMS_HPP_PLACE(cash_adjust, oms_cash_adjust_t, header);
OMS_HPP_PLACE(cash_adjust, oms_cash_adjust_t, amount);
OMS_HPP_PLACE(cash_adjust, oms_cash_adjust_t, scope);
OMS_HPP_PLACE(cash_adjust, oms_cash_adjust_t, reserved0);
OMS_HPP_PLACE(cash_adjust, oms_cash_adjust_t, reserved);
template <> struct c_type<mass_cancel> { using type = oms_mass_cancel_t; };
OMS_HPP_SAME(mass_cancel, oms_mass_cancel_t);
OMS_HPP_PLACE(mass_cancel, oms_mass_cancel_t, header);
OMS_HPP_PLACE(mass_cancel, oms_mass_cancel_t, scope);
OMS_HPP_PLACE(mass_cancel, oms_mass_cancel_t, symbol);
OMS_HPP_PLACE(mass_cancel, oms_mass_cancel_t, side);
OMS_HPP_PLACE(mass_cancel, oms_mass_cancel_t, flags);
OMS_HPP_PLACE(mass_cancel, oms_mass_cancel_t, reserved);
template <> struct c_type<poll> { using type = oms_poll_t; };
OMS_HPP_SAME(poll, oms_poll_t);
OMS_HPP_PLACE(poll, oms_poll_t, header);
OMS_HPP_PLACE(poll, oms_poll_t, max_commands);
OMS_HPP_PLACE(poll, oms_poll_t, max_events);
OMS_HPP_PLACE(poll, oms_poll_t, reserved);
template <> struct c_type<command> { using type = oms_command_t; };
OMS_HPP_SAME(command, oms_command_t);
OMS_HPP_PLACE(command, oms_command_t, sequence);
OMS_HPP_PLACE(command, oms_command_t, at);
OMS_HPP_PLACE(command, oms_command_t, order);
OMS_HPP_PLACE(command, oms_command_t, client_id);
OMS_HPP_PLACE(command, oms_command_t, request_id);
OMS_HPP_PLACE(command, oms_command_t, tag);
OMS_HPP_PLACE(command, oms_command_t, position);
OMS_HPP_PLACE(command, oms_command_t, parent);
OMS_HPP_PLACE(command, oms_command_t, qty);
OMS_HPP_PLACE(command, oms_command_t, price);
OMS_HPP_PLACE(command, oms_command_t, stop_price);
OMS_HPP_PLACE(command, oms_command_t, trail_offset);
OMS_HPP_PLACE(command, oms_command_t, trail_ratio);
OMS_HPP_PLACE(command, oms_command_t, expire_at);
OMS_HPP_PLACE(command, oms_command_t, symbol);
OMS_HPP_PLACE(command, oms_command_t, scope);
OMS_HPP_PLACE(command, oms_command_t, venue);
OMS_HPP_PLACE(command, oms_command_t, flags);
OMS_HPP_PLACE(command, oms_command_t, kind);
OMS_HPP_PLACE(command, oms_command_t, side);
OMS_HPP_PLACE(command, oms_command_t, order_type);
OMS_HPP_PLACE(command, oms_command_t, time_in_force);
OMS_HPP_PLACE(command, oms_command_t, reserved0);
OMS_HPP_PLACE(command, oms_command_t, reserved);
template <> struct c_type<event> { using type = oms_event_t; };
OMS_HPP_SAME(event, oms_event_t);
OMS_HPP_PLACE(event, oms_event_t, sequence);
OMS_HPP_PLACE(event, oms_event_t, at);
OMS_HPP_PLACE(event, oms_event_t, order);
OMS_HPP_PLACE(event, oms_event_t, position);
OMS_HPP_PLACE(event, oms_event_t, trigger);
OMS_HPP_PLACE(event, oms_event_t, client_id);
OMS_HPP_PLACE(event, oms_event_t, tag);
OMS_HPP_PLACE(event, oms_event_t, mask);
OMS_HPP_PLACE(event, oms_event_t, price);
OMS_HPP_PLACE(event, oms_event_t, qty);
OMS_HPP_PLACE(event, oms_event_t, value);
OMS_HPP_PLACE(event, oms_event_t, limit);
OMS_HPP_PLACE(event, oms_event_t, observed);
OMS_HPP_PLACE(event, oms_event_t, symbol);
OMS_HPP_PLACE(event, oms_event_t, scope);
OMS_HPP_PLACE(event, oms_event_t, code);
OMS_HPP_PLACE(event, oms_event_t, kind);
OMS_HPP_PLACE(event, oms_event_t, side);
OMS_HPP_PLACE(event, oms_event_t, unit);
OMS_HPP_PLACE(event, oms_event_t, exec_id);
template <> struct c_type<polled> { using type = oms_polled_t; };
OMS_HPP_SAME(polled, oms_polled_t);
OMS_HPP_PLACE(polled, oms_polled_t, commands);
OMS_HPP_PLACE(polled, oms_polled_t, events);
OMS_HPP_PLACE(polled, oms_polled_t, events_lost);
OMS_HPP_PLACE(polled, oms_polled_t, more_commands);
OMS_HPP_PLACE(polled, oms_polled_t, more_events);
OMS_HPP_PLACE(polled, oms_polled_t, reserved);
template <> struct c_type<order_cancel> { using type = oms_order_cancel_t; };
OMS_HPP_SAME(order_cancel, oms_order_cancel_t);
OMS_HPP_PLACE(order_cancel, oms_order_cancel_t, header);
OMS_HPP_PLACE(order_cancel, oms_order_cancel_t, order);
OMS_HPP_PLACE(order_cancel, oms_order_cancel_t, client_id);
OMS_HPP_PLACE(order_cancel, oms_order_cancel_t, request_id);
OMS_HPP_PLACE(order_cancel, oms_order_cancel_t, reserved);
template <> struct c_type<order_replace> { using type = oms_order_replace_t; };
OMS_HPP_SAME(order_replace, oms_order_replace_t);
OMS_HPP_PLACE(order_replace, oms_order_replace_t, header);
OMS_HPP_PLACE(order_replace, oms_order_replace_t, order);
OMS_HPP_PLACE(order_replace, oms_order_replace_t, client_id);
OMS_HPP_PLACE(order_replace, oms_order_replace_t, request_id);
OMS_HPP_PLACE(order_replace, oms_order_replace_t, qty);
OMS_HPP_PLACE(order_replace, oms_order_replace_t, price);
OMS_HPP_PLACE(order_replace, oms_order_replace_t, stop_price);
OMS_HPP_PLACE(order_replace, oms_order_replace_t, reserved);
template <> struct c_type<order_extend> { using type = oms_order_extend_t; };
OMS_HPP_SAME(order_extend, oms_order_extend_t);
OMS_HPP_PLACE(order_extend, oms_order_extend_t, header);
OMS_HPP_PLACE(order_extend, oms_order_extend_t, order);
OMS_HPP_PLACE(order_extend, oms_order_extend_t, client_id);
OMS_HPP_PLACE(order_extend, oms_order_extend_t, timeout_at);
OMS_HPP_PLACE(order_extend, oms_order_extend_t, reserved);
template <> struct c_type<order_adopt> { using type = oms_order_adopt_t; };
OMS_HPP_SAME(order_adopt, oms_order_adopt_t);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, header);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, client_id);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, tag);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, position);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, parent);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, qty);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, cum_qty);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, notional);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, price);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, stop_price);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, trail_offset);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, trail_ratio);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, expire_at);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, timeout_at);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, commission);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, symbol);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, scope);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, venue);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, flags);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, side);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, order_type);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, time_in_force);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, hold);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, reserved0);
OMS_HPP_PLACE(order_adopt, oms_order_adopt_t, reserved);
template <> struct c_type<trigger_arm> { using type = oms_trigger_arm_t; };
OMS_HPP_SAME(trigger_arm, oms_trigger_arm_t);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, header);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, position);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, tag);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, level);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, qty);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, kind);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, action);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, reserved0);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, venue);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, trail_offset);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, trail_ratio);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, activation);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, second_level);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, second_offset);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, second_ratio);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, step);
OMS_HPP_PLACE(trigger_arm, oms_trigger_arm_t, reserved);
template <> struct c_type<trigger_move> { using type = oms_trigger_move_t; };
OMS_HPP_SAME(trigger_move, oms_trigger_move_t);
OMS_HPP_PLACE(trigger_move, oms_trigger_move_t, header);
OMS_HPP_PLACE(trigger_move, oms_trigger_move_t, trigger);
OMS_HPP_PLACE(trigger_move, oms_trigger_move_t, level);
OMS_HPP_PLACE(trigger_move, oms_trigger_move_t, reserved);
template <> struct c_type<trigger_cancel> { using type = oms_trigger_cancel_t; };
OMS_HPP_SAME(trigger_cancel, oms_trigger_cancel_t);
OMS_HPP_PLACE(trigger_cancel, oms_trigger_cancel_t, header);
OMS_HPP_PLACE(trigger_cancel, oms_trigger_cancel_t, trigger);
OMS_HPP_PLACE(trigger_cancel, oms_trigger_cancel_t, reserved);
template <> struct c_type<position_close> { using type = oms_position_close_t; };
OMS_HPP_SAME(position_close, oms_position_close_t);
OMS_HPP_PLACE(position_close, oms_position_close_t, header);
OMS_HPP_PLACE(position_close, oms_position_close_t, position);
OMS_HPP_PLACE(position_close, oms_position_close_t, qty);
OMS_HPP_PLACE(position_close, oms_position_close_t, tag);
OMS_HPP_PLACE(position_close, oms_position_close_t, venue);
OMS_HPP_PLACE(position_close, oms_position_close_t, reserved0);
OMS_HPP_PLACE(position_close, oms_position_close_t, reserved);
template <> struct c_type<position_open> { using type = oms_position_open_t; };
OMS_HPP_SAME(position_open, oms_position_open_t);
OMS_HPP_PLACE(position_open, oms_position_open_t, header);
OMS_HPP_PLACE(position_open, oms_position_open_t, tag);
OMS_HPP_PLACE(position_open, oms_position_open_t, qty);
OMS_HPP_PLACE(position_open, oms_position_open_t, price);
OMS_HPP_PLACE(position_open, oms_position_open_t, commission);
OMS_HPP_PLACE(position_open, oms_position_open_t, symbol);
OMS_HPP_PLACE(position_open, oms_position_open_t, scope);
OMS_HPP_PLACE(position_open, oms_position_open_t, side);
OMS_HPP_PLACE(position_open, oms_position_open_t, reserved0);
OMS_HPP_PLACE(position_open, oms_position_open_t, reserved);
template <> struct c_type<position_exit> { using type = oms_position_exit_t; };
OMS_HPP_SAME(position_exit, oms_position_exit_t);
OMS_HPP_PLACE(position_exit, oms_position_exit_t, header);
OMS_HPP_PLACE(position_exit, oms_position_exit_t, position);
OMS_HPP_PLACE(position_exit, oms_position_exit_t, qty);
OMS_HPP_PLACE(position_exit, oms_position_exit_t, price);
OMS_HPP_PLACE(position_exit, oms_position_exit_t, commission);
OMS_HPP_PLACE(position_exit, oms_position_exit_t, reason);
OMS_HPP_PLACE(position_exit, oms_position_exit_t, reserved0);
OMS_HPP_PLACE(position_exit, oms_position_exit_t, reserved);
template <> struct c_type<position_adopt> { using type = oms_position_adopt_t; };
OMS_HPP_SAME(position_adopt, oms_position_adopt_t);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, header);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, tag);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, qty);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, cost);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, price);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, commission);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, opened_at);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, symbol);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, scope);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, side);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, reserved0);
OMS_HPP_PLACE(position_adopt, oms_position_adopt_t, reserved);
template <> struct c_type<order> { using type = oms_order_t; };
OMS_HPP_SAME(order, oms_order_t);
OMS_HPP_PLACE(order, oms_order_t, order);
OMS_HPP_PLACE(order, oms_order_t, client_id);
OMS_HPP_PLACE(order, oms_order_t, tag);
OMS_HPP_PLACE(order, oms_order_t, position);
OMS_HPP_PLACE(order, oms_order_t, parent);
OMS_HPP_PLACE(order, oms_order_t, trigger);
OMS_HPP_PLACE(order, oms_order_t, linked);
OMS_HPP_PLACE(order, oms_order_t, legs);
OMS_HPP_PLACE(order, oms_order_t, order_qty);
OMS_HPP_PLACE(order, oms_order_t, cum_qty);
OMS_HPP_PLACE(order, oms_order_t, leaves);
OMS_HPP_PLACE(order, oms_order_t, price);
OMS_HPP_PLACE(order, oms_order_t, stop_price);
OMS_HPP_PLACE(order, oms_order_t, trail_offset);
OMS_HPP_PLACE(order, oms_order_t, trail_ratio);
OMS_HPP_PLACE(order, oms_order_t, stop_loss);
OMS_HPP_PLACE(order, oms_order_t, take_profit);
OMS_HPP_PLACE(order, oms_order_t, notional);
OMS_HPP_PLACE(order, oms_order_t, avg_price);
OMS_HPP_PLACE(order, oms_order_t, avg_price_frac);
OMS_HPP_PLACE(order, oms_order_t, commission);
OMS_HPP_PLACE(order, oms_order_t, gap_qty);
OMS_HPP_PLACE(order, oms_order_t, cancel_id);
OMS_HPP_PLACE(order, oms_order_t, replace_id);
OMS_HPP_PLACE(order, oms_order_t, replace_qty);
OMS_HPP_PLACE(order, oms_order_t, replace_price);
OMS_HPP_PLACE(order, oms_order_t, replace_stop_price);
OMS_HPP_PLACE(order, oms_order_t, expire_at);
OMS_HPP_PLACE(order, oms_order_t, timeout_at);
OMS_HPP_PLACE(order, oms_order_t, retry_at);
OMS_HPP_PLACE(order, oms_order_t, created_at);
OMS_HPP_PLACE(order, oms_order_t, sent_at);
OMS_HPP_PLACE(order, oms_order_t, updated_at);
OMS_HPP_PLACE(order, oms_order_t, symbol);
OMS_HPP_PLACE(order, oms_order_t, scope);
OMS_HPP_PLACE(order, oms_order_t, venue);
OMS_HPP_PLACE(order, oms_order_t, flags);
OMS_HPP_PLACE(order, oms_order_t, facts);
OMS_HPP_PLACE(order, oms_order_t, marks);
OMS_HPP_PLACE(order, oms_order_t, retries);
OMS_HPP_PLACE(order, oms_order_t, reason);
OMS_HPP_PLACE(order, oms_order_t, status);
OMS_HPP_PLACE(order, oms_order_t, fix_status);
OMS_HPP_PLACE(order, oms_order_t, side);
OMS_HPP_PLACE(order, oms_order_t, order_type);
OMS_HPP_PLACE(order, oms_order_t, time_in_force);
OMS_HPP_PLACE(order, oms_order_t, end);
OMS_HPP_PLACE(order, oms_order_t, hold);
OMS_HPP_PLACE(order, oms_order_t, pending);
OMS_HPP_PLACE(order, oms_order_t, reserved0);
OMS_HPP_PLACE(order, oms_order_t, children);
OMS_HPP_PLACE(order, oms_order_t, reserved);
template <> struct c_type<order_log> { using type = oms_order_log_t; };
OMS_HPP_SAME(order_log, oms_order_log_t);
OMS_HPP_PLACE(order_log, oms_order_log_t, next);
OMS_HPP_PLACE(order_log, oms_order_log_t, oldest);
OMS_HPP_PLACE(order_log, oms_order_log_t, count);
OMS_HPP_PLACE(order_log, oms_order_log_t, more);
OMS_HPP_PLACE(order_log, oms_order_log_t, overwritten);
OMS_HPP_PLACE(order_log, oms_order_log_t, reserved0);
OMS_HPP_PLACE(order_log, oms_order_log_t, reserved);
template <> struct c_type<execution> { using type = oms_execution_t; };
OMS_HPP_SAME(execution, oms_execution_t);
OMS_HPP_PLACE(execution, oms_execution_t, exec_id);
OMS_HPP_PLACE(execution, oms_execution_t, order);
OMS_HPP_PLACE(execution, oms_execution_t, exit_position);
OMS_HPP_PLACE(execution, oms_execution_t, entry_position);
OMS_HPP_PLACE(execution, oms_execution_t, qty);
OMS_HPP_PLACE(execution, oms_execution_t, applied_qty);
OMS_HPP_PLACE(execution, oms_execution_t, price);
OMS_HPP_PLACE(execution, oms_execution_t, value);
OMS_HPP_PLACE(execution, oms_execution_t, commission);
OMS_HPP_PLACE(execution, oms_execution_t, superseded_by);
OMS_HPP_PLACE(execution, oms_execution_t, symbol);
OMS_HPP_PLACE(execution, oms_execution_t, side);
OMS_HPP_PLACE(execution, oms_execution_t, busted);
OMS_HPP_PLACE(execution, oms_execution_t, awaited);
OMS_HPP_PLACE(execution, oms_execution_t, reserved0);
OMS_HPP_PLACE(execution, oms_execution_t, reserved);
template <> struct c_type<position> { using type = oms_position_t; };
OMS_HPP_SAME(position, oms_position_t);
OMS_HPP_PLACE(position, oms_position_t, position);
OMS_HPP_PLACE(position, oms_position_t, tag);
OMS_HPP_PLACE(position, oms_position_t, opened_by);
OMS_HPP_PLACE(position, oms_position_t, closed_by);
OMS_HPP_PLACE(position, oms_position_t, qty);
OMS_HPP_PLACE(position, oms_position_t, closing);
OMS_HPP_PLACE(position, oms_position_t, cost);
OMS_HPP_PLACE(position, oms_position_t, realised_exact);
OMS_HPP_PLACE(position, oms_position_t, unrealised_exact);
OMS_HPP_PLACE(position, oms_position_t, entry_price);
OMS_HPP_PLACE(position, oms_position_t, entry_price_frac);
OMS_HPP_PLACE(position, oms_position_t, exit_price);
OMS_HPP_PLACE(position, oms_position_t, exit_price_frac);
OMS_HPP_PLACE(position, oms_position_t, realised);
OMS_HPP_PLACE(position, oms_position_t, unrealised);
OMS_HPP_PLACE(position, oms_position_t, commission);
OMS_HPP_PLACE(position, oms_position_t, total);
OMS_HPP_PLACE(position, oms_position_t, outcome);
OMS_HPP_PLACE(position, oms_position_t, unrealised_ratio);
OMS_HPP_PLACE(position, oms_position_t, return_ratio);
OMS_HPP_PLACE(position, oms_position_t, opened_at);
OMS_HPP_PLACE(position, oms_position_t, closed_at);
OMS_HPP_PLACE(position, oms_position_t, held);
OMS_HPP_PLACE(position, oms_position_t, symbol);
OMS_HPP_PLACE(position, oms_position_t, scope);
OMS_HPP_PLACE(position, oms_position_t, triggers);
OMS_HPP_PLACE(position, oms_position_t, side);
OMS_HPP_PLACE(position, oms_position_t, exit);
OMS_HPP_PLACE(position, oms_position_t, net);
OMS_HPP_PLACE(position, oms_position_t, reserved0);
OMS_HPP_PLACE(position, oms_position_t, reserved);
template <> struct c_type<trigger> { using type = oms_trigger_t; };
OMS_HPP_SAME(trigger, oms_trigger_t);
OMS_HPP_PLACE(trigger, oms_trigger_t, trigger);
OMS_HPP_PLACE(trigger, oms_trigger_t, position);
OMS_HPP_PLACE(trigger, oms_trigger_t, order);
OMS_HPP_PLACE(trigger, oms_trigger_t, tag);
OMS_HPP_PLACE(trigger, oms_trigger_t, level);
OMS_HPP_PLACE(trigger, oms_trigger_t, qty);
OMS_HPP_PLACE(trigger, oms_trigger_t, left);
OMS_HPP_PLACE(trigger, oms_trigger_t, fired_at);
OMS_HPP_PLACE(trigger, oms_trigger_t, symbol);
OMS_HPP_PLACE(trigger, oms_trigger_t, venue);
OMS_HPP_PLACE(trigger, oms_trigger_t, kind);
OMS_HPP_PLACE(trigger, oms_trigger_t, action);
OMS_HPP_PLACE(trigger, oms_trigger_t, state);
OMS_HPP_PLACE(trigger, oms_trigger_t, active);
OMS_HPP_PLACE(trigger, oms_trigger_t, step);
OMS_HPP_PLACE(trigger, oms_trigger_t, trail_offset);
OMS_HPP_PLACE(trigger, oms_trigger_t, trail_ratio);
OMS_HPP_PLACE(trigger, oms_trigger_t, peak);
OMS_HPP_PLACE(trigger, oms_trigger_t, activation);
OMS_HPP_PLACE(trigger, oms_trigger_t, second_level);
OMS_HPP_PLACE(trigger, oms_trigger_t, second_trail);
template <> struct c_type<symbol> { using type = oms_symbol_t; };
OMS_HPP_SAME(symbol, oms_symbol_t);
OMS_HPP_PLACE(symbol, oms_symbol_t, name);
OMS_HPP_PLACE(symbol, oms_symbol_t, money_num);
OMS_HPP_PLACE(symbol, oms_symbol_t, money_den);
OMS_HPP_PLACE(symbol, oms_symbol_t, bid);
OMS_HPP_PLACE(symbol, oms_symbol_t, ask);
OMS_HPP_PLACE(symbol, oms_symbol_t, quoted_at);
OMS_HPP_PLACE(symbol, oms_symbol_t, last);
OMS_HPP_PLACE(symbol, oms_symbol_t, last_at);
OMS_HPP_PLACE(symbol, oms_symbol_t, long_qty);
OMS_HPP_PLACE(symbol, oms_symbol_t, short_qty);
OMS_HPP_PLACE(symbol, oms_symbol_t, working_buy);
OMS_HPP_PLACE(symbol, oms_symbol_t, working_sell);
OMS_HPP_PLACE(symbol, oms_symbol_t, open_buys);
OMS_HPP_PLACE(symbol, oms_symbol_t, open_sells);
OMS_HPP_PLACE(symbol, oms_symbol_t, open);
OMS_HPP_PLACE(symbol, oms_symbol_t, claims);
OMS_HPP_PLACE(symbol, oms_symbol_t, flags);
OMS_HPP_PLACE(symbol, oms_symbol_t, draining);
OMS_HPP_PLACE(symbol, oms_symbol_t, mark);
OMS_HPP_PLACE(symbol, oms_symbol_t, mark_at);
OMS_HPP_PLACE(symbol, oms_symbol_t, trigger_source);
OMS_HPP_PLACE(symbol, oms_symbol_t, trading_state);
OMS_HPP_PLACE(symbol, oms_symbol_t, reserved);
template <> struct c_type<account> { using type = oms_account_t; };
OMS_HPP_SAME(account, oms_account_t);
OMS_HPP_PLACE(account, oms_account_t, equity);
OMS_HPP_PLACE(account, oms_account_t, paid_in);
OMS_HPP_PLACE(account, oms_account_t, realised);
OMS_HPP_PLACE(account, oms_account_t, unrealised);
OMS_HPP_PLACE(account, oms_account_t, commission);
OMS_HPP_PLACE(account, oms_account_t, session_equity);
OMS_HPP_PLACE(account, oms_account_t, session_pnl);
OMS_HPP_PLACE(account, oms_account_t, peak_equity);
OMS_HPP_PLACE(account, oms_account_t, drawdown);
OMS_HPP_PLACE(account, oms_account_t, drawdown_max);
OMS_HPP_PLACE(account, oms_account_t, realised_exact);
OMS_HPP_PLACE(account, oms_account_t, unrealised_exact);
OMS_HPP_PLACE(account, oms_account_t, common_den);
OMS_HPP_PLACE(account, oms_account_t, closed);
OMS_HPP_PLACE(account, oms_account_t, wins);
OMS_HPP_PLACE(account, oms_account_t, losses);
OMS_HPP_PLACE(account, oms_account_t, open);
OMS_HPP_PLACE(account, oms_account_t, live_orders);
OMS_HPP_PLACE(account, oms_account_t, now);
OMS_HPP_PLACE(account, oms_account_t, clock_back);
OMS_HPP_PLACE(account, oms_account_t, denied);
OMS_HPP_PLACE(account, oms_account_t, accepted);
OMS_HPP_PLACE(account, oms_account_t, ignored);
OMS_HPP_PLACE(account, oms_account_t, anomalies);
OMS_HPP_PLACE(account, oms_account_t, trading_state);
OMS_HPP_PLACE(account, oms_account_t, draining);
OMS_HPP_PLACE(account, oms_account_t, reserved);
template <> struct c_type<statistics> { using type = oms_statistics_t; };
OMS_HPP_SAME(statistics, oms_statistics_t);
OMS_HPP_PLACE(statistics, oms_statistics_t, open);
OMS_HPP_PLACE(statistics, oms_statistics_t, closed);
OMS_HPP_PLACE(statistics, oms_statistics_t, wins);
OMS_HPP_PLACE(statistics, oms_statistics_t, losses);
OMS_HPP_PLACE(statistics, oms_statistics_t, break_even);
OMS_HPP_PLACE(statistics, oms_statistics_t, win_rate);
OMS_HPP_PLACE(statistics, oms_statistics_t, realised);
OMS_HPP_PLACE(statistics, oms_statistics_t, unrealised);
OMS_HPP_PLACE(statistics, oms_statistics_t, commission);
OMS_HPP_PLACE(statistics, oms_statistics_t, total);
OMS_HPP_PLACE(statistics, oms_statistics_t, session_pnl);
OMS_HPP_PLACE(statistics, oms_statistics_t, gross_profit);
OMS_HPP_PLACE(statistics, oms_statistics_t, gross_loss);
OMS_HPP_PLACE(statistics, oms_statistics_t, profit_factor);
OMS_HPP_PLACE(statistics, oms_statistics_t, largest_win);
OMS_HPP_PLACE(statistics, oms_statistics_t, largest_loss);
OMS_HPP_PLACE(statistics, oms_statistics_t, average_win);
OMS_HPP_PLACE(statistics, oms_statistics_t, average_loss);
OMS_HPP_PLACE(statistics, oms_statistics_t, average_holding);
OMS_HPP_PLACE(statistics, oms_statistics_t, accepted);
OMS_HPP_PLACE(statistics, oms_statistics_t, denied);
OMS_HPP_PLACE(statistics, oms_statistics_t, executions);
OMS_HPP_PLACE(statistics, oms_statistics_t, busts);
OMS_HPP_PLACE(statistics, oms_statistics_t, corrections);
OMS_HPP_PLACE(statistics, oms_statistics_t, ignored);
OMS_HPP_PLACE(statistics, oms_statistics_t, anomalies);
OMS_HPP_PLACE(statistics, oms_statistics_t, reserved);
template <> struct c_type<table> { using type = oms_table_t; };
OMS_HPP_SAME(table, oms_table_t);
OMS_HPP_PLACE(table, oms_table_t, capacity);
OMS_HPP_PLACE(table, oms_table_t, used);
OMS_HPP_PLACE(table, oms_table_t, high_water);
OMS_HPP_PLACE(table, oms_table_t, live);
OMS_HPP_PLACE(table, oms_table_t, reserved);
template <> struct c_type<group> { using type = oms_group_t; };
OMS_HPP_SAME(group, oms_group_t);
OMS_HPP_PLACE(group, oms_group_t, max);
OMS_HPP_PLACE(group, oms_group_t, exposure);
OMS_HPP_PLACE(group, oms_group_t, group);
OMS_HPP_PLACE(group, oms_group_t, members);
OMS_HPP_PLACE(group, oms_group_t, reserved);
template <> struct c_type<audit> { using type = oms_audit_t; };
OMS_HPP_SAME(audit, oms_audit_t);
OMS_HPP_PLACE(audit, oms_audit_t, expected);
OMS_HPP_PLACE(audit, oms_audit_t, found);
OMS_HPP_PLACE(audit, oms_audit_t, item);
OMS_HPP_PLACE(audit, oms_audit_t, index);
OMS_HPP_PLACE(audit, oms_audit_t, reserved);
template <> struct c_type<reconcile_begin> { using type = oms_reconcile_begin_t; };
OMS_HPP_SAME(reconcile_begin, oms_reconcile_begin_t);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, header);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, as_of);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, lots_max);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, money_max);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, orders_max);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, symbol);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, venue);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, scope);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, flags);
OMS_HPP_PLACE(reconcile_begin, oms_reconcile_begin_t, reserved);
template <> struct c_type<reconcile_position> { using type = oms_reconcile_position_t; };
OMS_HPP_SAME(reconcile_position, oms_reconcile_position_t);
OMS_HPP_PLACE(reconcile_position, oms_reconcile_position_t, header);
OMS_HPP_PLACE(reconcile_position, oms_reconcile_position_t, long_qty);
OMS_HPP_PLACE(reconcile_position, oms_reconcile_position_t, short_qty);
OMS_HPP_PLACE(reconcile_position, oms_reconcile_position_t, long_price);
OMS_HPP_PLACE(reconcile_position, oms_reconcile_position_t, short_price);
OMS_HPP_PLACE(reconcile_position, oms_reconcile_position_t, symbol);
OMS_HPP_PLACE(reconcile_position, oms_reconcile_position_t, reserved0);
OMS_HPP_PLACE(reconcile_position, oms_reconcile_position_t, reserved);
template <> struct c_type<reconcile_order> { using type = oms_reconcile_order_t; };
OMS_HPP_SAME(reconcile_order, oms_reconcile_order_t);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, header);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, order);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, client_id);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, qty);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, cum_qty);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, price);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, symbol);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, side);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, order_status);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, reserved0);
OMS_HPP_PLACE(reconcile_order, oms_reconcile_order_t, reserved);
template <> struct c_type<reconcile_end> { using type = oms_reconcile_end_t; };
OMS_HPP_SAME(reconcile_end, oms_reconcile_end_t);
OMS_HPP_PLACE(reconcile_end, oms_reconcile_end_t, header);
OMS_HPP_PLACE(reconcile_end, oms_reconcile_end_t, reserved);
template <> struct c_type<reconcile_report> { using type = oms_reconcile_report_t; };
OMS_HPP_SAME(reconcile_report, oms_reconcile_report_t);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, round);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, began_at);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, as_of);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, ended_at);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, lots);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, lots_most);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, money);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, positions);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, orders);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, left_out);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, differences);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, symbols_differ);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, orders_differ);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, unpriced);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, state);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, tripped);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, reserved0);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, counts);
OMS_HPP_PLACE(reconcile_report, oms_reconcile_report_t, reserved);
template <> struct c_type<scope_define> { using type = oms_scope_define_t; };
OMS_HPP_SAME(scope_define, oms_scope_define_t);
OMS_HPP_PLACE(scope_define, oms_scope_define_t, header);
OMS_HPP_PLACE(scope_define, oms_scope_define_t, name);
OMS_HPP_PLACE(scope_define, oms_scope_define_t, parent);
OMS_HPP_PLACE(scope_define, oms_scope_define_t, flags);
OMS_HPP_PLACE(scope_define, oms_scope_define_t, reserved);
template <> struct c_type<scope_breaker_set> { using type = oms_scope_breaker_set_t; };
OMS_HPP_SAME(scope_breaker_set, oms_scope_breaker_set_t);
OMS_HPP_PLACE(scope_breaker_set, oms_scope_breaker_set_t, header);
OMS_HPP_PLACE(scope_breaker_set, oms_scope_breaker_set_t, scope);
OMS_HPP_PLACE(scope_breaker_set, oms_scope_breaker_set_t, reserved0);
OMS_HPP_PLACE(scope_breaker_set, oms_scope_breaker_set_t, breaker);
OMS_HPP_PLACE(scope_breaker_set, oms_scope_breaker_set_t, reserved);
template <> struct c_type<scope> { using type = oms_scope_t; };
OMS_HPP_SAME(scope, oms_scope_t);
OMS_HPP_PLACE(scope, oms_scope_t, name);
OMS_HPP_PLACE(scope, oms_scope_t, scope);
OMS_HPP_PLACE(scope, oms_scope_t, parent);
OMS_HPP_PLACE(scope, oms_scope_t, depth);
OMS_HPP_PLACE(scope, oms_scope_t, flags);
OMS_HPP_PLACE(scope, oms_scope_t, trading_state);
OMS_HPP_PLACE(scope, oms_scope_t, breaker_state);
OMS_HPP_PLACE(scope, oms_scope_t, open_orders);
OMS_HPP_PLACE(scope, oms_scope_t, claims);
OMS_HPP_PLACE(scope, oms_scope_t, limits);
OMS_HPP_PLACE(scope, oms_scope_t, open_notional);
OMS_HPP_PLACE(scope, oms_scope_t, gross);
OMS_HPP_PLACE(scope, oms_scope_t, net_buy);
OMS_HPP_PLACE(scope, oms_scope_t, net_sell);
OMS_HPP_PLACE(scope, oms_scope_t, margin);
OMS_HPP_PLACE(scope, oms_scope_t, levered);
OMS_HPP_PLACE(scope, oms_scope_t, counted);
OMS_HPP_PLACE(scope, oms_scope_t, reserved0);
OMS_HPP_PLACE(scope, oms_scope_t, reserved);
template <> struct c_type<denials> { using type = oms_denials_t; };
OMS_HPP_SAME(denials, oms_denials_t);
OMS_HPP_PLACE(denials, oms_denials_t, scope);
OMS_HPP_PLACE(denials, oms_denials_t, reserved0);
OMS_HPP_PLACE(denials, oms_denials_t, accepted);
OMS_HPP_PLACE(denials, oms_denials_t, denied);
OMS_HPP_PLACE(denials, oms_denials_t, named);
OMS_HPP_PLACE(denials, oms_denials_t, denied_by);
OMS_HPP_PLACE(denials, oms_denials_t, named_by);
OMS_HPP_PLACE(denials, oms_denials_t, reserved);
template <> struct c_type<book> { using type = oms_book_t; };
OMS_HPP_SAME(book, oms_book_t);
OMS_HPP_PLACE(book, oms_book_t, scope);
OMS_HPP_PLACE(book, oms_book_t, symbol);
OMS_HPP_PLACE(book, oms_book_t, working_buy);
OMS_HPP_PLACE(book, oms_book_t, working_sell);
OMS_HPP_PLACE(book, oms_book_t, long_qty);
OMS_HPP_PLACE(book, oms_book_t, short_qty);
OMS_HPP_PLACE(book, oms_book_t, located);
OMS_HPP_PLACE(book, oms_book_t, open_buys);
OMS_HPP_PLACE(book, oms_book_t, open_sells);
OMS_HPP_PLACE(book, oms_book_t, claims);
OMS_HPP_PLACE(book, oms_book_t, counted);
OMS_HPP_PLACE(book, oms_book_t, open_notional);
OMS_HPP_PLACE(book, oms_book_t, gross);
OMS_HPP_PLACE(book, oms_book_t, net_buy);
OMS_HPP_PLACE(book, oms_book_t, net_sell);
OMS_HPP_PLACE(book, oms_book_t, margin);
OMS_HPP_PLACE(book, oms_book_t, reserved);
template <> struct c_type<slippage_order> { using type = oms_slippage_order_t; };
OMS_HPP_SAME(slippage_order, oms_slippage_order_t);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, bid);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, ask);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, price);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, limit);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, size);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, volume);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, number);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, side);
OMS_HPP_PLACE(slippage_order, oms_slippage_order_t, flags);
template <> struct c_type<order_size> { using type = oms_order_size_t; };
OMS_HPP_SAME(order_size, oms_order_size_t);
OMS_HPP_PLACE(order_size, oms_order_size_t, participation);
OMS_HPP_PLACE(order_size, oms_order_size_t, participation_max);
OMS_HPP_PLACE(order_size, oms_order_size_t, estimate);
OMS_HPP_PLACE(order_size, oms_order_size_t, estimate_max);
OMS_HPP_PLACE(order_size, oms_order_size_t, code);
OMS_HPP_PLACE(order_size, oms_order_size_t, reserved);
template <> struct c_type<depth_level> { using type = oms_depth_level_t; };
OMS_HPP_SAME(depth_level, oms_depth_level_t);
OMS_HPP_PLACE(depth_level, oms_depth_level_t, price);
OMS_HPP_PLACE(depth_level, oms_depth_level_t, qty);
template <> struct c_type<depth_fill> { using type = oms_depth_fill_t; };
OMS_HPP_SAME(depth_fill, oms_depth_fill_t);
OMS_HPP_PLACE(depth_fill, oms_depth_fill_t, value);
OMS_HPP_PLACE(depth_fill, oms_depth_fill_t, filled);
OMS_HPP_PLACE(depth_fill, oms_depth_fill_t, price);
OMS_HPP_PLACE(depth_fill, oms_depth_fill_t, parts);
OMS_HPP_PLACE(depth_fill, oms_depth_fill_t, worst);
OMS_HPP_PLACE(depth_fill, oms_depth_fill_t, levels);
OMS_HPP_PLACE(depth_fill, oms_depth_fill_t, exact);
OMS_HPP_PLACE(depth_fill, oms_depth_fill_t, reserved);
template <> struct c_type<fee_volume> { using type = oms_fee_volume_t; };
OMS_HPP_SAME(fee_volume, oms_fee_volume_t);
OMS_HPP_PLACE(fee_volume, oms_fee_volume_t, sum);
OMS_HPP_PLACE(fee_volume, oms_fee_volume_t, day);
OMS_HPP_PLACE(fee_volume, oms_fee_volume_t, days);
} // namespace detail
// records]

#undef OMS_HPP_SAME
#undef OMS_HPP_PLACE

/// What a request that may be denied answers: the verdict, and the order when it was taken.
struct submitted {
    oms::verdict verdict;
    /// None when it was denied.
    order_id order;
};

/// The same for a position that is opened by hand.
struct opened {
    oms::verdict verdict;
    /// None when it was denied.
    position_id position;
};

// ---- results

#ifdef OMS_HPP_THROWS
/// What the throwing variant, and result::value, throw.
class error : public std::exception {
  public:
    explicit error(status code) noexcept : code_(code) {}
    status code() const noexcept { return code_; }
    /// What the status means, in a sentence.
    const char *what() const noexcept override { return text(code_); }

  private:
    status code_;
};
#endif

namespace detail {

[[noreturn]] inline void refuse(status code) {
#ifdef OMS_HPP_THROWS
    throw error(code);
#else
    static_cast<void>(code);
    std::abort();
#endif
}

struct access;

} // namespace detail

/// What a call answers: a status, and a value unless it was refused.
template <class T> class [[nodiscard]] result {
  public:
    using value_type = T;
    /// Without a value: for what is filled in next.
    result() = default;
    /// A refusal.
    explicit result(status code) noexcept : value_(), code_(code) {}

    /// status::ok, more, exists, ignored, or what refused it.
    status code() const noexcept { return code_; }
    /// Whether it was done: the value may be read.
    bool ok() const noexcept { return static_cast<std::int32_t>(code_) >= 0; }
    explicit operator bool() const noexcept { return ok(); }
    /// What the status means, in a sentence.
    const char *text() const noexcept { return oms::text(code_); }

    /// The value. Only when ok(): that is asserted.
    const T &operator*() const & noexcept { return look(), value_; }
    T &operator*() & noexcept { return look(), value_; }
    T &&operator*() && noexcept { return look(), std::move(value_); }
    const T *operator->() const noexcept { return look(), &value_; }
    T *operator->() noexcept { return look(), &value_; }
    /// The value; throws oms::error when there is none (without exceptions it aborts).
    const T &value() const & {
        if (!ok()) detail::refuse(code_);
        return value_;
    }
    T &&value() && {
        if (!ok()) detail::refuse(code_);
        return std::move(value_);
    }
    /// The value, or this one.
    T value_or(T other) const noexcept { return ok() ? value_ : other; }

  private:
    friend struct detail::access;
    void look() const noexcept { assert(ok()); }
    T value_;
    status code_;
};

/// What a call without a value answers.
template <> class [[nodiscard]] result<void> {
  public:
    using value_type = void;
    /// Without a value: for what is filled in next.
    result() = default;
    explicit result(status code) noexcept : code_(code) {}
    /// status::ok, more, ignored, or what refused it.
    status code() const noexcept { return code_; }
    /// Whether it was done.
    bool ok() const noexcept { return static_cast<std::int32_t>(code_) >= 0; }
    explicit operator bool() const noexcept { return ok(); }
    /// What the status means, in a sentence.
    const char *text() const noexcept { return oms::text(code_); }
    /// Throws oms::error when it was refused (without exceptions it aborts).
    void value() const {
        if (!ok()) detail::refuse(code_);
    }

  private:
    friend struct detail::access;
    status code_;
};

/// What a call of the throwing variant answers: it was done. It is its value where one is wanted.
template <class T> class checked : public result<T> {
  public:
    operator T() const & noexcept { return **this; }
    operator T() && noexcept { return *std::move(*this); }
};
template <> class checked<void> : public result<void> {};

namespace detail {

struct access {
    template <class R> static status &code(R &made) noexcept { return made.code_; }
    template <class R> static auto *place(R &made) noexcept { return &made.value_; }
};

template <class R> status &code(R &made) noexcept { return access::code(made); }
template <class R> auto *place(R &made) noexcept { return access::place(made); }
/// Where the C call writes the value.
template <class C, class R> C *out(R &made) noexcept {
    return reinterpret_cast<C *>(access::place(made));
}

/// Refusals are answered.
struct answering {
    static constexpr bool quiet = true;
    template <class T> using answer = result<T>;
    template <class R> static void look(const R &) noexcept {}
};

/// Refusals are thrown.
struct throwing {
    static constexpr bool quiet = false;
    template <class T> using answer = checked<T>;
    template <class R> static void look(const R &made) {
        if (!made.ok()) refuse(made.code());
    }
};

/// Memory for an engine or breaker: its own, or lent.
class memory {
  public:
    memory() = default;
    memory(memory &&other) noexcept : owned_(std::exchange(other.owned_, nullptr)) {}
    memory &operator=(memory &&other) noexcept {
        std::swap(owned_, other.owned_);
        return *this;
    }
    ~memory() {
        if (owned_) ::operator delete(owned_, std::align_val_t{OMS_ALIGN});
    }
    /// nullptr when the system has none.
    void *take(std::size_t size) noexcept {
        owned_ = ::operator new(size, std::align_val_t{OMS_ALIGN}, std::nothrow);
        return owned_;
    }
    bool owned() const noexcept { return owned_ != nullptr; }

  private:
    void *owned_ = nullptr;
};

} // namespace detail

// ---- setting up

/// The defaults of a configuration. The starting balance is 0 then: set it, or switch the ratio
/// limits off.
inline config config_init() noexcept {
    config made;
    oms_config_init(detail::raw(&made), sizeof made);
    return made;
}

/// Says which field of a configuration is invalid.
///
/// @param config  the configuration.
/// @param field   the invalid field of the smallest number, config_field::none when all are valid.
///   Written on status::ok and status::e_config.
/// @return status::ok; status::e_size, status::e_reserved (a tail this library does not know is
///   not zero); status::e_config.
inline result<void> config_check(const oms::config &config, config_field &field) noexcept {
    static_assert(sizeof field == sizeof(std::uint32_t));
    return result<void>(static_cast<status>(
        oms_config_check(detail::raw(&config), reinterpret_cast<std::uint32_t *>(&field))));
}

/// Bytes of memory an engine of this configuration takes, a multiple of OMS_ALIGN; 0 when the
/// configuration is invalid: config_check says why.
inline std::size_t size(const oms::config &config) noexcept {
    return oms_size(detail::raw(&config));
}

/// The defaults of a breaker's configuration.
inline breaker_config breaker_config_init() noexcept {
    breaker_config made;
    oms_breaker_config_init(detail::raw(&made));
    return made;
}

/// Bytes of memory a breaker of its own takes; 0 when the configuration is invalid.
inline std::size_t breaker_size(const breaker_config &config) noexcept {
    return oms_breaker_size(detail::raw(&config));
}

/// A request as the library empties it: what `R request;` does without a call.
template <class R> inline R request_init() noexcept {
    R made;
    oms_request_init(detail::raw(&made), sizeof made,
                     static_cast<std::uint32_t>(made.header.kind));
    return made;
}

/// Limits of a symbol with every limit off and everything permitted: set what is to be limited.
/// Symbol and scope are 0.
inline limits_set limits_off() noexcept {
    limits_set made;
    oms_limits_off(detail::raw(&made));
    return made;
}

/// The same for the limits of a scope over all its symbols. The scope is 0, the root.
inline scope_limits_set scope_limits_off() noexcept {
    scope_limits_set made;
    oms_scope_limits_off(detail::raw(&made));
    return made;
}

/// The defaults of the simulated venue, oms_simulation_init says which: set symbol and what is to
/// be otherwise.
inline simulation_set simulation_init() noexcept {
    simulation_set made;
    oms_simulation_init(detail::raw(&made));
    return made;
}

/// The version of the ABI that the library has, OMS_ABI_VERSION that of this header.
inline std::uint32_t abi_version() noexcept { return oms_abi_version(); }
/// The library's version as text.
inline const char *version() noexcept { return oms_version(); }

// ---- polling

/// Room for what a poll hands out. It is made once and used for every poll.
class poller {
  public:
    /// Room that somebody else has: at most 2^32 - 1 of each count.
    poller(span<command> commands, span<event> events) noexcept
        : commands_(commands.data()), events_(events.data()) {
        request_.max_commands = static_cast<std::uint32_t>(commands.size());
        request_.max_events = static_cast<std::uint32_t>(events.size());
    }
    /// The commands of the last poll: to be sent to the venue, in this order.
    span<const command> commands() const noexcept { return {commands_, polled_.commands}; }
    /// The events of the last poll, oldest first.
    span<const event> events() const noexcept { return {events_, polled_.events}; }
    /// What the last poll said.
    const oms::polled &polled() const noexcept { return polled_; }
    /// Whether commands or events are left: poll again.
    bool more() const noexcept { return polled_.more_commands || polled_.more_events; }

  private:
    template <class> friend class basic_engine;
    oms::poll request_;
    command *commands_;
    event *events_;
    oms::polled polled_{};
};

// ---- the engine

/// An engine, in memory of its own or in memory that is lent to it. It is moved, not copied; one
/// that was moved from, or was never made, answers status::e_null to every call.
///
/// The doors are those of oms.h without `oms_`. Doors that are const change nothing, kill and
/// kill_flatten excepted.
template <class Policy> class basic_engine {
  public:
    /// What a door answers: result<T>, or in the throwing variant checked<T>, which is a T.
    template <class T> using answer = typename Policy::template answer<T>;

    /// No engine yet.
    basic_engine() noexcept = default;
    basic_engine(basic_engine &&other) noexcept
        : oms_(std::exchange(other.oms_, nullptr)), memory_(std::move(other.memory_)) {}
    basic_engine &operator=(basic_engine &&other) noexcept {
        std::swap(oms_, other.oms_);
        memory_ = std::move(other.memory_);
        return *this;
    }
    basic_engine(const basic_engine &) = delete;
    basic_engine &operator=(const basic_engine &) = delete;
    ~basic_engine() = default;

    /// Throwing variant: an engine in memory from the heap, as make.
    template <class P = Policy, std::enable_if_t<!P::quiet, int> = 0>
    explicit basic_engine(const oms::config &config) : basic_engine(make(config)) {}
    /// Throwing variant: an engine in memory that is lent, as in.
    template <class P = Policy, std::enable_if_t<!P::quiet, int> = 0>
    basic_engine(void *memory, std::size_t size, const oms::config &config)
        : basic_engine(in(memory, size, config)) {}

    /// Makes an engine in memory from the heap, which it frees.
    ///
    /// @param config  the configuration; it is copied.
    /// @return status::ok; as config_check for a configuration that is invalid; status::e_null when
    ///   the system has no memory.
    static answer<basic_engine> make(const oms::config &config) noexcept(Policy::quiet) {
        answer<basic_engine> made;
        const std::size_t size = oms_size(detail::raw(&config));
        if (size == 0) {
            const std::int32_t why = oms_config_check(detail::raw(&config), nullptr);
            detail::code(made) = static_cast<oms::status>(why);
        } else {
            basic_engine &e = *detail::place(made);
            void *const memory = e.memory_.take(size);
            detail::code(made) = static_cast<oms::status>(
                oms_init(memory, size, detail::raw(&config), &e.oms_));
        }
        Policy::look(made);
        return made;
    }

    /// Makes an engine in memory that the caller lends: static memory, a huge page, shared memory.
    /// It stays the caller's; nothing is to be released.
    ///
    /// @param memory  aligned to OMS_ALIGN, writable, used by nobody else, never moved.
    /// @param size    its bytes, at least oms::size(config).
    /// @param config  the configuration; it is copied.
    /// @return status::ok; status::e_null, status::e_align; status::e_size, status::e_reserved for
    ///   the configuration's frame; status::e_config; status::e_size when the memory is short. The
    ///   memory is untouched then.
    static answer<basic_engine> in(void *memory, std::size_t size,
                                   const oms::config &config) noexcept(Policy::quiet) {
        answer<basic_engine> made;
        detail::code(made) = static_cast<oms::status>(
            oms_init(memory, size, detail::raw(&config), &detail::place(made)->oms_));
        Policy::look(made);
        return made;
    }

    /// An engine that was made elsewhere, by C code for instance. It is not freed.
    static basic_engine borrow(oms_t *oms) noexcept {
        basic_engine e;
        e.oms_ = oms;
        return e;
    }

    /// The C handle; nullptr without an engine.
    oms_t *raw() noexcept { return oms_; }
    const oms_t *raw() const noexcept { return oms_; }
    /// Whether the memory is its own.
    bool owns_memory() const noexcept { return memory_.owned(); }

    /// Hands out commands for the venue and events for people, oldest first: they are in
    /// out.commands() and out.events() then. What is handed out counts as sent: commands are handed
    /// out once and never lost. In PAPER and BACKTEST commands go to the simulated venue, in every
    /// call: events alone come out.
    ///
    /// @param out  the room; what it held is gone.
    /// @param now  the time.
    /// @return status::ok; status::e_null without an engine.
    ///
    /// Cost: that of oms_poll: max_commands x C log2(capacity), and O(max_events).
    answer<void> poll(poller &out, oms::nanos now) noexcept(Policy::quiet) {
        answer<void> made;
        out.request_.header.now = now;
        detail::code(made) = static_cast<oms::status>(
            oms_poll(oms_, detail::raw(&out.request_), detail::raw(out.commands_),
                     detail::raw(out.events_), detail::raw(&out.polled_)));
        Policy::look(made);
        return made;
    }
    /// The same into arrays: commands.first(polled->commands) were written.
    answer<oms::polled> poll(oms::nanos now, span<command> commands,
                             span<event> events) noexcept(Policy::quiet) {
        answer<oms::polled> made;
        oms::poll request;
        request.header.now = now;
        request.max_commands = static_cast<std::uint32_t>(commands.size());
        request.max_events = static_cast<std::uint32_t>(events.size());
        detail::code(made) = static_cast<oms::status>(
            oms_poll(oms_, detail::raw(&request), detail::raw(commands.data()),
                     detail::raw(events.data()), detail::out<oms_polled_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Takes any request record, as the door of its kind does. The commands and events of a poll
    /// are dropped: that is what a replay wants.
    ///
    /// @param record  a request record.
    /// @return as the door of its kind.
    /// Value: what the door answers.
    template <class R>
    answer<oms::answer> apply(const R &record) noexcept(Policy::quiet) {
        static_assert(std::is_same_v<decltype(record.header), request_header>, "a request record");
        return apply(&record, sizeof record);
    }
    /// The same of bytes, aligned to 8: a line of a journal. status::e_kind for an unknown kind,
    /// status::e_size when `size` is not the size of that record.
    answer<oms::answer> apply(const void *record, std::size_t size) noexcept(Policy::quiet) {
        answer<oms::answer> made;
        detail::code(made) = static_cast<oms::status>(
            oms_apply(oms_, record, size, detail::out<oms_answer_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Takes quotes in order, as quote takes each. One that is refused does not stop the others.
    ///
    /// @param requests  the quotes, each with its own time.
    /// @param statuses  room for a code of each: what quote answers to it.
    /// @return status::ok; status::more when one of the quotes answered it; status::e_null;
    ///   status::e_size when there is not room for every code. Nothing has changed then.
    /// Value: how many of the codes are no refusals.
    ///
    /// Cost: as a call of quote for each.
    answer<std::size_t> quote_batch(span<const oms::quote> requests,
                                    span<oms::status> statuses) noexcept(Policy::quiet) {
        return batch(requests, statuses, [&](std::int32_t *codes, std::size_t *taken) {
            return oms_quote_batch(oms_, detail::raw(requests.data()), requests.size(), codes,
                                   taken);
        });
    }

    /// Takes reports of a venue in order, as venue_report takes each; see quote_batch.
    answer<std::size_t> venue_report_batch(span<const oms::venue_report> requests,
                                           span<oms::status> statuses) noexcept(Policy::quiet) {
        return batch(requests, statuses, [&](std::int32_t *codes, std::size_t *taken) {
            return oms_venue_report_batch(oms_, detail::raw(requests.data()), requests.size(),
                                          codes, taken);
        });
    }

    /// Says of each order what the gate would say of it alone: the orders before it in the array
    /// do not count. To have them count, submit.
    ///
    /// @param requests  the orders.
    /// @param statuses  room for a code of each: what order_check answers to it.
    /// @param verdicts  room for one of each, written where the code is status::ok.
    /// @return status::ok; status::e_null; status::e_size when there is not room for all.
    /// Value: how many of the codes are status::ok.
    answer<std::size_t> order_check_batch(span<const oms::order_submit> requests,
                                          span<oms::status> statuses,
                                          span<oms::verdict> verdicts) const
        noexcept(Policy::quiet) {
        if (verdicts.size() < requests.size()) return short_of_room();
        return batch(requests, statuses, [&](std::int32_t *codes, std::size_t *taken) {
            return oms_order_check_batch(oms_, detail::raw(requests.data()), requests.size(), codes,
                                         detail::raw(verdicts.data()), taken);
        });
    }

    /// Submits orders in order, as order_submit takes each: every one counts for those after it.
    /// One that is denied or refused does not stop the others.
    ///
    /// @param requests  the orders, each with its own time.
    /// @param statuses  room for a code of each: what order_submit answers to it.
    /// @param verdicts  room for one of each, written where the code is no refusal.
    /// @param orders    room for an id of each, written likewise, none where it was denied; empty
    ///   when they are not wanted.
    /// @return status::ok; status::e_null; status::e_size when there is not room for all. Nothing
    ///   has changed then.
    /// Value: how many of the codes are no refusals, denials among them.
    answer<std::size_t> order_submit_batch(span<const oms::order_submit> requests,
                                           span<oms::status> statuses,
                                           span<oms::verdict> verdicts,
                                           span<order_id> orders = {}) noexcept(Policy::quiet) {
        if (verdicts.size() < requests.size()) return short_of_room();
        if (orders.data() && orders.size() < requests.size()) return short_of_room();
        return batch(requests, statuses, [&](std::int32_t *codes, std::size_t *taken) {
            return oms_order_submit_batch(oms_, detail::raw(requests.data()), requests.size(),
                                          codes, detail::raw(verdicts.data()),
                                          detail::raw(orders.data()), taken);
        });
    }

    /// Reads an order by its id.
    ///
    /// @param order  its id.
    /// @return status::ok; status::e_null; status::e_unknown, status::e_stale (its slot was
    ///   needed), status::e_foreign.
    ///
    /// Cost: O(1).
    answer<oms::order> order_get(order_id order) const noexcept(Policy::quiet) {
        return order_of(order, client_order_id{});
    }
    /// Reads an order by the caller's id; status::e_unknown when none carries it.
    answer<oms::order> order_get(client_order_id client_id) const noexcept(Policy::quiet) {
        return order_of(order_id{}, client_id);
    }

    /// Finds a scope by its name.
    ///
    /// @param name  its name.
    /// @return status::ok; status::e_null; status::e_unknown, also for the root, which has no name.
    ///
    /// Cost: O(scopes).
    answer<oms::scope_id> scope_by_name(const oms::name &name) const noexcept(Policy::quiet) {
        answer<oms::scope_id> made;
        detail::code(made) = static_cast<oms::status>(
            oms_scope_by_name(oms_, name.c_str(), detail::out<std::uint32_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the log of an order back: the events that name it, oldest first. See oms_order_log.
    ///
    /// @param order   its id.
    /// @param from    only events with this number or a greater one: 0 for all; to go on, `next` of
    ///   the call before.
    /// @param events  room for them.
    /// @return status::ok, also when nothing is kept of it; status::e_null; status::e_unknown for
    ///   an id that no order has had; status::e_foreign.
    /// Value: what was written and what is left.
    ///
    /// Cost: O(capacity.events).
    answer<oms::order_log> order_log(order_id order, std::uint64_t from,
                                     span<event> events) const noexcept(Policy::quiet) {
        return log_of(order, client_order_id{}, from, events);
    }
    /// The same by the caller's id, with the denials of requests that carry it.
    answer<oms::order_log> order_log(client_order_id client_id, std::uint64_t from,
                                     span<event> events) const noexcept(Policy::quiet) {
        return log_of(order_id{}, client_id, from, events);
    }

    /// Lets time pass: timer with nothing but a time.
    answer<void> timer(oms::nanos now) noexcept(Policy::quiet) {
        return timer(oms::timer{}.at(now));
    }
    /// Goes on with queued work: drain with nothing but a time.
    answer<void> drain(oms::nanos now) noexcept(Policy::quiet) {
        return drain(oms::drain{}.at(now));
    }

    /// Recomputes every aggregate from the records and names the first one that differs.
    ///
    /// @param found  written on status::ok, empty, and on status::e_audit.
    /// @return status::ok; status::e_audit: a defect of the library, please report it;
    ///   status::e_null.
    ///
    /// Cost: that of oms_audit: for tests and quiet moments.
    answer<void> audit(oms::audit &found) const noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_audit(oms_, detail::raw(&found)));
        Policy::look(made);
        return made;
    }

    // [engine doors
    /// Sets the phase in which a symbol trades, or all of them (check SESSION). Orders that work or
    /// wait here are not looked at again; cancels are taken in every phase. What waits here and
    /// fires is judged as what it has become.
    ///
    /// @param request  the phase.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved, status::e_enum, status::e_symbol.
    ///
    /// Cost: O(1), for all symbols O(symbols).
    answer<void> phase_set(const oms::phase_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_phase_set(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Sets the average daily volume of a symbol, of which adv_ratio of its limits is a share
    /// (check ADV). It is not known at the start: while there is such a limit nothing trades then.
    ///
    /// @param request  the volume.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_range for a volume below -1;
    ///   status::e_symbol.
    ///
    /// Cost: O(1).
    answer<void> volume_set(const oms::volume_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_volume_set(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Sets the lots of a symbol that are located for shorts, in all (check SHORT with
    /// limit_flag::locate_needed), or for those of a scope and of the scopes in it, which the
    /// scope's own limits of the symbol look at. None are at the start. What is short or works is
    /// not looked at again.
    ///
    /// @param request  the lots.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_range for a quantity below 0;
    ///   status::e_scope; status::e_symbol; status::e_capacity when there is no room for the
    ///   scope's book of the symbol.
    ///
    /// Cost: O(1).
    answer<void> locate_set(const oms::locate_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_locate_set(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Sets the bands of a symbol's tick grid (check INCREMENT): a price is a multiple of the step
    /// of the band it lies in, as in the tick size tables of MiFID II. Working orders are not
    /// looked at again.
    ///
    /// @param request  the bands.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_range for more than 8 bands, levels that do
    ///   not rise or whose magnitude is beyond 2^60, a step that is not positive, or values beyond
    ///   `count`; status::e_symbol.
    ///
    /// Cost: O(1).
    answer<void> bands_set(const oms::bands_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_bands_set(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Reads what was said of a symbol: phase, volume, located lots, bands.
    ///
    /// @param symbol  its number.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_symbol.
    ///
    /// Cost: O(1).
    answer<oms::conditions> conditions_get(oms::symbol_id symbol) const noexcept(Policy::quiet) {
        answer<oms::conditions> made;
        detail::code(made) = static_cast<oms::status>(oms_conditions_get(
                oms_, symbol.value(), detail::out<oms_conditions_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads what came of the orders of a scope and those in it: how many were sent and how they
    /// ended, retries, times from submission to the venue's word and to the end, slippage against
    /// the price there was when they were handed out. Times and slippage are measured with
    /// config_flag::measure, and in every mode but LIVE.
    ///
    /// @param scope  its number; 0 is the root.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope.
    ///
    /// Cost: O(1).
    answer<oms::execution_stats> execution_stats_get(
            oms::scope_id scope) const noexcept(Policy::quiet) {
        answer<oms::execution_stats> made;
        detail::code(made) = static_cast<oms::status>(oms_execution_stats_get(
                oms_, scope.value(), detail::out<oms_execution_stats_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads what the executions of a symbol paid beyond the prices there were when their orders
    /// were handed out, exact in lots × ticks.
    ///
    /// @param symbol  its number.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_symbol.
    /// Value: written on status::ok; all 0 but `symbol` while nothing is measured.
    ///
    /// Cost: O(1).
    answer<oms::shortfall> shortfall_get(oms::symbol_id symbol) const noexcept(Policy::quiet) {
        answer<oms::shortfall> made;
        detail::code(made) = static_cast<oms::status>(oms_shortfall_get(
                oms_, symbol.value(), detail::out<oms_shortfall_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Says how the simulated venue executes the orders of a symbol from now on, but for the fees;
    /// event_kind::simulation tells. In the modes PAPER and BACKTEST alone.
    ///
    /// @param request  the settings, all of them: begin with simulation_init.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_state in LIVE; status::e_symbol;
    ///   status::e_enum for queue, and for slippage_model::depth; status::e_range: a share that is
    ///   not 0 to 10^9, what slippage_check finds, no volume_24h for a model that needs it.
    ///
    /// Cost: O(1).
    answer<void> simulation_set(const oms::simulation_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_simulation_set(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Says what the simulated venue charges for executions in a symbol from now on;
    /// event_kind::simulation with code 1 tells. In the modes PAPER and BACKTEST alone.
    ///
    /// @param request  the schedule.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_state in LIVE; status::e_symbol;
    ///   status::e_range for what fees_check finds.
    ///
    /// Cost: O(1).
    answer<void> fees_set(const oms::fees_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_fees_set(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Sets all limits of a symbol, or of a symbol in a scope (request.scope), also while trading:
    /// they bind what that scope, and the scopes in it, do in the symbol, beside the symbol's own
    /// and the scope's. Before they are set a scope has no limits of its own for a symbol. Working
    /// orders are not looked at again. It leaves event_kind::limits and, when limits were set
    /// before or are a scope's, event_kind::limit_changed for each field that has changed: up to 31
    /// events, for which there must be room as for others.
    ///
    /// @param request  the limits.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved, status::e_enum; status::e_range for a value below -1,
    ///   a limit for a window of no length, or a count beyond what is kept (capacity.symbol_rate,
    ///   capacity.recent, 16); status::e_scope; status::e_symbol; status::e_state when the limits
    ///   are a scope's and self_trade is not off: own orders are those of all scopes;
    ///   status::e_capacity when there is no room for the scope's book of the symbol.
    ///
    /// Cost: O(books of the symbol); O(live orders) when its limits in money, or its margin, begin
    /// to count or cease to; O(orders) when SELF_TRADE is switched on or off.
    answer<void> limits_set(const oms::limits_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_limits_set(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Reads the limits of a symbol, or of a symbol in a scope, as limits_set takes them: change a
    /// field and set them again. Those of a scope over all its symbols are in scope_get.
    ///
    /// @param scope  scope number; 0 is the root: the symbol's own limits.
    /// @param symbol  symbol number.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope;
    ///   status::e_symbol; status::e_unknown before anything of the scope was in the symbol: it has
    ///   no limits of its own there.
    /// Value: written on status::ok; its header has kind and size, and no time.
    ///
    /// Cost: O(1).
    answer<oms::limits_set> limits_get(
            oms::scope_id scope, oms::symbol_id symbol) const noexcept(Policy::quiet) {
        answer<oms::limits_set> made;
        detail::code(made) = static_cast<oms::status>(oms_limits_get(
                oms_, scope.value(), symbol.value(), detail::out<oms_limits_set_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Sets all limits of a scope, over all its symbols, also while trading. Before they are set,
    /// the root's too, nothing passes. Working orders are not looked at again. It leaves
    /// event_kind::scope_limits and, when limits were set before, event_kind::limit_changed with
    /// symbol UINT32_MAX for each field that has changed: up to 18 events.
    ///
    /// @param request  the limits.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_range for a value below -1, or a limit for a
    ///   window of no length; status::e_scope.
    ///
    /// Cost: O(scopes); O(live orders + symbols + books) when limits in money, or that of the
    /// leverage, begin to count or cease to; of the root O(symbols) when something else than the
    /// two counts begins or ceases to bind, of any scope when ORDER_TO_TRADE does.
    answer<void> scope_limits_set(const oms::scope_limits_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_scope_limits_set(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Sets the limit of a group of symbols (a sector, a cluster), and takes a symbol into it or
    /// out of it: see check::group. A symbol belongs to one group at most. Working orders are not
    /// looked at again.
    ///
    /// @param request  the group, its limit, and perhaps a symbol.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_enum for unknown flags, or both;
    ///   status::e_range for a number that no group has, a limit below -1, or a symbol without a
    ///   flag; status::e_symbol; status::e_state for a symbol that is to leave a group it is not
    ///   in.
    ///
    /// Cost: O(1); O(live orders) when the symbol begins to be counted in money, or ceases to.
    answer<void> group_set(const oms::group_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_group_set(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Defines a symbol. Nothing trades in it before its limits are set.
    ///
    /// @param request  name and sizes.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved, status::e_enum; status::e_range for a bad name or a
    ///   size that is not positive; status::e_capacity; status::e_conflict for a name that is
    ///   taken; status::e_range for sizes that fit no common unit with the other symbols.
    /// Value: its number, from 0 on. Written on status::ok.
    ///
    /// Cost: O(symbols).
    answer<oms::symbol_id> symbol_define(
            const oms::symbol_define &request) noexcept(Policy::quiet) {
        answer<oms::symbol_id> made;
        detail::code(made) = static_cast<oms::status>(oms_symbol_define(
                oms_, detail::raw(&request), detail::out<uint32_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Takes best bid and ask: values the positions, checks the breaker, fires what is reached.
    ///
    /// @param request  the quote.
    /// @return status::ok; status::more when more triggers are reached than one call works off: the
    ///   quote is taken whole, call drain; status::e_null, status::e_align, status::e_handle,
    ///   status::e_kind, status::e_size, status::e_reserved; status::e_symbol; status::e_price for
    ///   a price the symbol cannot have or a bid above the ask; status::e_range for a negative
    ///   quantity, or when the equity would not fit.
    ///
    /// In a symbol with another trigger_source it values the positions only.
    ///
    /// Cost: O(1) when nothing fires, however many stops rest or follow; O(log2(capacity)) when the
    /// price passes the best prices of older trailing stops. At most work_per_call × C
    /// log2(capacity). Besides O(scopes below the root that have a book in the symbol): the
    /// accounts of these move too.
    answer<void> quote(const oms::quote &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_quote(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Takes a trade of the market, the official close, or a mark price. In a symbol whose
    /// trigger_source it is it fires what is reached, as quote does elsewhere.
    ///
    /// @param request  the trade.
    /// @return status::ok; status::more as quote; status::e_null, status::e_align,
    ///   status::e_handle, status::e_kind, status::e_size, status::e_reserved, status::e_enum,
    ///   status::e_symbol, status::e_price, status::e_range.
    ///
    /// Cost: O(1). In a symbol whose triggers look at it as quote: at most work_per_call × C
    /// log2(capacity).
    answer<void> trade(const oms::trade &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_trade(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Takes a bar, in PAPER and BACKTEST: the price goes from its open by both extremes to its
    /// close, and is a quote wherever something comes of it. What is held is hurt first;
    /// docs/execution.md says how the path goes, and why.
    ///
    /// @param request  the bar; header.now is the time at which it is over.
    /// @return status::ok; status::more when more comes of it than one call works off: call drain
    ///   until it answers status::ok, the engine's clock stands inside the bar until then;
    ///   status::e_null, status::e_align, status::e_handle, status::e_kind, status::e_size,
    ///   status::e_reserved; status::e_state in LIVE; status::e_pending while another bar is not
    ///   over (drain); status::e_symbol; status::e_price when the symbol cannot have low, high or
    ///   high + spread, or open or close is not between low and high; status::e_range for a
    ///   negative volume or spread, a begin before the engine's clock (account.now) or after
    ///   header.now, or when the equity would not fit.
    ///
    /// A bar that is refused changes nothing, with one exception: when the equity comes not to fit
    /// by what was executed inside the bar, status::e_range ends it where it is.
    ///
    /// Cost: four quotes when nothing comes of it. Each place where something does is one unit of
    /// work, and each trigger that fires there another one: at most work_per_call × C
    /// log2(capacity), and what the simulated venue does with the orders that are reached.
    answer<void> bar(const oms::bar &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_bar(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Lets time pass: sessions roll, the breaker recovers, closes that the gate refused are tried
    /// again, orders that were not handed out expire, orders are given up at their timeout_at and
    /// handed out again at their retry_at. Call it about once a second when nothing else happens.
    ///
    /// Of the refused closes at most work_per_call are tried again, in turns: the next call goes on
    /// with the others. status::more does not tell of them, as they may be refused for long.
    ///
    /// @param request  the time.
    /// @return status::ok, status::more; status::e_null, status::e_align, status::e_handle,
    ///   status::e_kind, status::e_size, status::e_reserved.
    ///
    /// Cost: O(1) when nothing is due. At most work_per_call × C log2(capacity): for orders whose
    /// time has come, for refused closes and for queued work each; besides, as order_cancel for
    /// each parent whose time has come.
    answer<void> timer(const oms::timer &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_timer(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Goes on with queued work. Call it until it answers status::ok, before other calls: what
    /// happens in between joins the queue (a stop whose close is rejected meanwhile fires again
    /// with the rest).
    ///
    /// @param request  the time.
    /// @return status::ok when none is left, status::more; status::e_null, status::e_align,
    ///   status::e_handle, status::e_kind, status::e_size, status::e_reserved.
    ///
    /// Cost: O(1) when nothing is queued. At most work_per_call × C log2(capacity): for what a
    /// timer has left, parents as there, and for queued work each. A symbol whose queued work was
    /// cancelled is a unit of it.
    answer<void> drain(const oms::drain &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_drain(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Does what an operator, or the host, says: trading state, breaker, errors, a sign of life, an
    /// end of what REPEAT holds back.
    ///
    /// trading_state::killed works as kill, for the scope and all below it or, with
    /// control_flag::symbol, for one symbol of it; control_flag::flatten as kill_flatten. It holds
    /// until another state is set for the same scope and symbol: nothing else takes it back. Of
    /// several states that bear on an order the strictest binds.
    ///
    /// @param request  action and value.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved, status::e_enum for the action, a trading state or
    ///   flags that the action does not have; status::e_reserved for a symbol without its flag;
    ///   status::e_scope; status::e_symbol, also for the value of control_action::repeat_reset;
    ///   status::e_capacity without room for the book of a symbol in a scope; status::e_pending for
    ///   a trading state while the polls have not handed out every cancel of a kill, or of a host
    ///   that fell silent.
    ///
    /// Cost: O(1), to let sides go O(symbols + books), to kill below the root O(scopes).
    answer<void> control(const oms::control &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_control(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Takes a deposit or withdrawal: equity, session start and peak move alike.
    ///
    /// @param request  the amount.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_scope; status::e_range when the equity would
    ///   not fit.
    ///
    /// Cost: O(1).
    answer<void> cash_adjust(const oms::cash_adjust &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_cash_adjust(oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Throws the kill switch: no order of the caller's leaves any more, and the next polls hand
    /// out one cancel for every live order, closing orders included.
    ///
    /// Stops and targets stay armed, and one that fires later still closes its position. control
    /// with control_action::trading_state takes it back, once every cancel was handed out.
    /// event_kind::flat says that no live order and no position is left.
    ///
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    ///
    /// Cost: one atomic operation. Threads: from any thread, signal handler or interrupt, at any
    /// time after init, also while another call is running.
    answer<void> kill() const noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_kill(oms_));
        Policy::look(made);
        return made;
    }

    /// As kill, and then every position is closed: when the polls have handed out the cancels they
    /// hand out reduce-only market orders of the engine's own, above the largest quantity several.
    /// As all such orders they must pass FIELDS, SYMBOL, INCREMENT and CAPACITY: of a symbol that
    /// is disabled (limit_flag::disabled) nothing is closed until it is enabled, and each timer
    /// says so by event_kind::order_denied. Halted symbols, scopes and breakers hold up none of
    /// them.
    ///
    /// What an order may still take of a position, its cancel being in flight, is closed when that
    /// is answered. What is opened later, by late executions, is closed too, until the kill is
    /// taken back. A close that is rejected, fails or is cancelled leaves an alarm
    /// (anomaly::close_failed, or event_kind::order_denied) and is tried again by timer. After an
    /// kill it adds the closing.
    ///
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    ///
    /// Cost: one atomic operation; the closes are made by the polls. Threads: as kill.
    answer<void> kill_flatten() const noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_kill_flatten(oms_));
        Policy::look(made);
        return made;
    }

    /// Cancels every live order of a scope and all below it, of one symbol or all, of one side or
    /// both: those in flight and not acknowledged too. Held orders, and those that were not handed
    /// out, end at once; the others' cancels come out by poll. New orders are taken as before: to
    /// refuse them too, kill the scope or symbol (control).
    ///
    /// With mass_cancel_flag::flatten the positions there are closed as by kill_flatten: those that
    /// are open now, and what the cancelled orders still bring; of one side those of its orders
    /// (side::buy: longs), whose reduce-only orders are cancelled too. event_kind::flat says that
    /// no live order and no position of either side is left there. Until then a symbol without
    /// scopes, or the whole engine when it is about scope 0 and all symbols, takes the long way for
    /// every call. A trading state that is set for the same scope and symbol ends it.
    ///
    /// @param request  what to cancel.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved, status::e_enum for side and flags; status::e_scope;
    ///   status::e_symbol.
    /// Value: how many orders were cancelled, or asked to be; those whose cancel was in flight do
    ///   not count. Written on status::ok.
    ///
    /// Cost: O(live orders): each as order_cancel; with mass_cancel_flag::flatten and O(positions).
    answer<std::uint32_t> mass_cancel(const oms::mass_cancel &request) noexcept(Policy::quiet) {
        answer<std::uint32_t> made;
        detail::code(made) = static_cast<oms::status>(oms_mass_cancel(
                oms_, detail::raw(&request), detail::out<uint32_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Says what the gate would say of an order, without any effect. Of an identical re-send it
    /// says CLIENT_ID, where order_submit answers status::exists. A quantity that order_submit
    /// would decide itself (order_flag::close_position, limit_flag::reduce_clamp) is decided here
    /// too.
    ///
    /// @param request  the order.
    /// @return status::ok, also when the verdict is a denial; status::e_null, status::e_align,
    ///   status::e_handle; status::e_kind, status::e_size, status::e_reserved, status::e_enum for
    ///   the record; status::e_range for a magnitude beyond 2^60; status::e_scope;
    ///   status::e_unknown, status::e_stale, status::e_foreign for position, parent and linked;
    ///   status::e_terminal for a closed position or a linked order that has ended;
    ///   status::e_symbol for a position or linked order of another symbol; status::e_state for a
    ///   linked order that has a partner; status::e_pending for an order that is held here while
    ///   trigger work of the symbol is queued (drain); status::e_range for a value that does not
    ///   fit money.
    ///
    /// Cost: O(1).
    answer<oms::verdict> order_check(
            const oms::order_submit &request) const noexcept(Policy::quiet) {
        answer<oms::verdict> made;
        detail::code(made) = static_cast<oms::status>(oms_order_check(
                oms_, detail::raw(&request), detail::out<oms_verdict_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Checks an order and, when it passes, reserves for it, records it and queues its NEW command.
    /// A denial is not an error: look at verdict.denied. Numbers that name nothing (an unknown type
    /// or flag) are an error; known ones that do not go together are denied by check::fields.
    ///
    /// A denied order leaves an event and nothing else; it spends no rate budget. An order whose
    /// client id is in the table is refused by check::client_id, or answered by status::exists with
    /// the first one's id when all its terms are the same.
    ///
    /// Types, with the prices each reads (any other price must be 0):
    ///
    /// type                price  stop_price  trail_*  what is sent when it triggers
    /// MARKET              -      -           -        itself, at once
    /// LIMIT               yes    -           -        itself, at once
    /// STOP                -      yes         -        a market order
    /// STOP_LIMIT          yes    yes         -        a limit order at price
    /// TAKE_PROFIT         -      yes         -        a market order
    /// TAKE_PROFIT_LIMIT   yes    yes         -        a limit order at price
    /// TRAILING_STOP       -      -           one      a market order
    ///
    /// - Stops trigger when the bid falls (sell) or the ask rises (buy) to stop_price, take-profits
    ///   when the bid rises (sell) or the ask falls (buy) to it. One that is reached already is
    ///   denied by check::fields.
    /// - With hold::core it is armed here (order_status::pending with order_fact::armed; what it
    ///   would execute is reserved; it takes a trigger slot) and NEW is handed out when it fires.
    ///   The gate then judges it once more, as the market or limit order it is: a denial leaves
    ///   event_kind::order_denied and ends it as FAILED. With hold::venue it is sent as it is.
    /// - A trailing stop's level keeps its distance from the best bid (sell) or ask (buy) since it
    ///   was armed, and never moves back.
    /// - linked: of two orders that name each other, one that is executed cancels the other.
    /// - stop_loss and take_profit arm a stop and a target, trigger_action::close, on the position
    ///   that its executions open or enlarge, for that quantity. Room for them is reserved.
    /// - order_flag::close_position: the engine decides the quantity: what is open and not being
    ///   closed by other orders; for an order that is held here, once more when it fires.
    ///
    /// @param request  the order.
    /// @return status::ok, status::exists; otherwise as order_check, and nothing has changed.
    /// Value: `verdict`: written on codes >= 0: verdict.denied says whether it was taken; `order`:
    ///   the order's id, 0 when denied. Written as verdict.
    ///
    /// Cost: O(1); at most C log2(capacity), when it is held here or ends by the clock.
    answer<submitted> order_submit(const oms::order_submit &request) noexcept(Policy::quiet) {
        answer<submitted> made;
        detail::code(made) = static_cast<oms::status>(oms_order_submit(
                oms_, detail::raw(&request), detail::raw(&detail::place(made)->verdict),
                detail::raw(&detail::place(made)->order)));
        Policy::look(made);
        return made;
    }

    /// Asks to cancel an order. Risk never refuses it, in any trading state.
    ///
    /// An order that was not handed out yet, or is held here, ends at once; otherwise a CANCEL
    /// command is queued. With one that has order_flag::parent its children are cancelled.
    ///
    /// @param request  which order.
    /// @return status::ok; status::ignored when this very request is in flight; status::e_null,
    ///   status::e_align, status::e_handle, status::e_kind, status::e_size, status::e_reserved;
    ///   status::e_unknown, status::e_stale, status::e_foreign; status::e_terminal;
    ///   status::e_pending when another cancel is in flight.
    ///
    /// Cost: O(1); at most C log2(capacity), when it is held here or ends by the clock, and when
    /// the position has triggers or reduce-only orders; for a parent O(live orders), and this for
    /// each child.
    answer<void> order_cancel(const oms::order_cancel &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_order_cancel(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Asks to change quantity, price and trigger price of an order. The gate judges it; it spends
    /// rate budget. While it is in flight the larger of old and new is reserved.
    ///
    /// An order that was not handed out yet is edited in place, and one that is held here waits for
    /// its new stop_price; otherwise a REPLACE command is queued. Once it was triggered
    /// (order_fact::triggered) it is a market or limit order and stop_price must be 0.
    ///
    /// @param request  which order, new quantity and prices.
    /// @return status::ok; status::ignored when this very request is in flight; status::e_null,
    ///   status::e_align, status::e_handle, status::e_kind, status::e_size, status::e_reserved,
    ///   status::e_range for a magnitude beyond 2^60; status::e_unknown, status::e_stale,
    ///   status::e_foreign; status::e_terminal, also when the position it belongs to is closed (a
    ///   filled order may still be enlarged); status::e_pending when a cancel or another replace is
    ///   in flight, and for an order that is held here while trigger work of the symbol is queued;
    ///   status::e_range for a value that does not fit money.
    /// Value: `verdict`: written on codes >= 0; `order`: the order's id, 0 when denied. Written as
    ///   verdict.
    ///
    /// Cost: O(1); at most C log2(capacity), when it is held here or ends by the clock, and when
    /// the position has triggers or reduce-only orders.
    answer<submitted> order_replace(const oms::order_replace &request) noexcept(Policy::quiet) {
        answer<submitted> made;
        detail::code(made) = static_cast<oms::status>(oms_order_replace(
                oms_, detail::raw(&request), detail::raw(&detail::place(made)->verdict),
                detail::raw(&detail::place(made)->order)));
        Policy::look(made);
        return made;
    }

    /// Changes when an order is given up: at timeout_at timer ends it, or asks the venue to cancel
    /// what is left. Nothing is told to the venue before.
    ///
    /// @param request  which order and when.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_unknown, status::e_stale, status::e_foreign;
    ///   status::e_terminal; status::e_range for a time that is not after now (0, for never, is
    ///   allowed). Nothing has changed then.
    ///
    /// Cost: at most C log2(capacity).
    answer<void> order_extend(const oms::order_extend &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_order_extend(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Takes over an order that lives at the venue, from an earlier run or another system: it
    /// counts as sent and acknowledged, what it may still execute is reserved, later reports find
    /// it.
    ///
    /// No check is made beyond the fields, no rate is spent, and what it executed before moves
    /// neither position nor account. Take over its position first (position_adopt). An order that
    /// an earlier run held here is submitted anew instead.
    ///
    /// @param request  the order as the venue knows it.
    /// @return status::ok; status::exists with its id when it was taken over before with the same
    ///   record; status::e_null, status::e_align, status::e_handle, status::e_kind, status::e_size,
    ///   status::e_reserved, status::e_enum; status::e_range for a client_id of 0, a magnitude
    ///   beyond 2^60, a quantity that is not positive, a cum_qty that is negative or not below it,
    ///   or times that are over; status::e_scope, status::e_symbol; status::e_price for a price its
    ///   type or symbol cannot have; status::e_unknown, status::e_stale, status::e_foreign for
    ///   position and parent; status::e_terminal for a closed position; status::e_state for a stop
    ///   type with hold::core, and for a reduce-only order whose position is not there;
    ///   status::e_conflict for a client id that another order carries; status::e_capacity. Nothing
    ///   has changed then.
    /// Value: its id. Written on status::ok and status::exists.
    ///
    /// Cost: O(1); at most C log2(capacity), when it ends by the clock.
    answer<oms::order_id> order_adopt(const oms::order_adopt &request) noexcept(Policy::quiet) {
        answer<oms::order_id> made;
        detail::code(made) = static_cast<oms::status>(oms_order_adopt(
                oms_, detail::raw(&request), detail::out<oms_id_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Arms a stop, target or trailing stop on an open position. One that is crossed already fires
    /// at once. docs/triggers.md: what each kind does, and in which order they fire.
    ///
    /// With trigger_action::close it owns an order slot from now on, so that its close always has
    /// room. At most 8 a position. When the position closes, its triggers end. What was read of the
    /// position before may be out of date afterwards: its close may be under way.
    ///
    /// @param request  position, level, kind, action.
    /// @return status::ok; status::more when more triggers are reached than one call works off;
    ///   status::e_null, status::e_align, status::e_handle, status::e_kind, status::e_size,
    ///   status::e_reserved, status::e_enum; status::e_unknown, status::e_stale, status::e_foreign,
    ///   status::e_terminal; status::e_price for a level the symbol cannot have; status::e_pending
    ///   while work of the symbol is queued (drain); status::e_range for the quantity, for fields
    ///   that the kind does not have, and for a distance that is none or a second one that is not
    ///   smaller; status::e_capacity, also for one step more than OMS_TRAIL_STEPS.
    /// Value: its id. Written on status::ok and status::more.
    ///
    /// Cost: O(log2(capacity)) when nothing fires. At most work_per_call × C log2(capacity).
    answer<oms::trigger_id> trigger_arm(const oms::trigger_arm &request) noexcept(Policy::quiet) {
        answer<oms::trigger_id> made;
        detail::code(made) = static_cast<oms::status>(oms_trigger_arm(
                oms_, detail::raw(&request), detail::out<oms_id_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Moves an armed trigger to another level. It fires at once when it is crossed then.
    ///
    /// @param request  trigger and level.
    /// @return status::ok, status::more; status::e_null, status::e_align, status::e_handle,
    ///   status::e_kind, status::e_size, status::e_reserved; status::e_unknown, status::e_stale,
    ///   status::e_foreign; status::e_state when it has fired, belongs to an order that is held
    ///   here, or is a trailing stop, which moves by itself; status::e_price; status::e_pending
    ///   while work of the symbol is queued.
    ///
    /// Cost: O(log2(capacity)) when nothing fires. At most work_per_call × C log2(capacity).
    answer<void> trigger_move(const oms::trigger_move &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_trigger_move(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Cancels an armed trigger, also one that is crossed and waits to be worked off.
    ///
    /// @param request  the trigger.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_unknown, status::e_stale, status::e_foreign;
    ///   status::e_state when it has fired, or belongs to an order that is held here.
    ///
    /// Cost: O(log2(capacity)).
    answer<void> trigger_cancel(const oms::trigger_cancel &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_trigger_cancel(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Closes a position, or a part, by reduce-only market orders of the engine's own.
    ///
    /// Only FIELDS, SYMBOL, INCREMENT and CAPACITY bind such an order; other failing checks are
    /// reported by event_kind::close_unchecked. Above the smallest qty_max of its path it is split.
    ///
    /// @param request  position and quantity.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_unknown, status::e_stale, status::e_foreign,
    ///   status::e_terminal; status::e_pending when all of it is being closed; status::e_range for
    ///   a quantity beyond what is not; status::e_capacity when there is no room for all the orders
    ///   it is split into, or they are more than work_per_call: close a part.
    /// Value: `order`: the (first) closing order, 0 when denied. Written as verdict.
    ///
    /// Cost: C log2(capacity) for each order needed. At most work_per_call × C log2(capacity).
    answer<submitted> position_close(const oms::position_close &request) noexcept(Policy::quiet) {
        answer<submitted> made;
        detail::code(made) = static_cast<oms::status>(oms_position_close(
                oms_, detail::raw(&request), detail::raw(&detail::place(made)->verdict),
                detail::raw(&detail::place(made)->order)));
        Policy::look(made);
        return made;
    }

    /// Opens a position by hand, at a price the caller says, without an order: paper positions,
    /// fills of another system, tests. On a net symbol that has a position of the same side it
    /// enlarges that.
    ///
    /// The gate judges it by FIELDS, SYMBOL, QTY, POSITION, POSITIONS and CAPACITY. A denial is not
    /// an error and leaves an event. The commission is paid by the account.
    ///
    /// @param request  symbol, side, quantity, price, commission, tag.
    /// @return status::ok, also when the verdict is a denial; status::e_null, status::e_align,
    ///   status::e_handle, status::e_kind, status::e_size, status::e_reserved, status::e_enum for
    ///   the side; status::e_range for a magnitude beyond 2^60; status::e_scope; status::e_state
    ///   when the symbol's net position is of the other side; status::e_range for money that does
    ///   not fit. Nothing has changed then.
    /// Value: `position`: the position, 0 when denied. Written as verdict.
    ///
    /// Cost: O(1); at most C log2(capacity), when the position has triggers or reduce-only orders.
    answer<opened> position_open(const oms::position_open &request) noexcept(Policy::quiet) {
        answer<opened> made;
        detail::code(made) = static_cast<oms::status>(oms_position_open(
                oms_, detail::raw(&request), detail::raw(&detail::place(made)->verdict),
                detail::raw(&detail::place(made)->position)));
        Policy::look(made);
        return made;
    }

    /// Closes a position, or a part, by hand at a price the caller says, without an order. No check
    /// refuses it.
    ///
    /// The account takes PnL and commission. When nothing is left the position is closed, its stops
    /// and targets end and the reduce-only orders that belong to it are cancelled; after a part
    /// they are made as small as it is.
    ///
    /// @param request  position, quantity (0 for all), price, commission, reason.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved, status::e_enum for the reason; status::e_unknown,
    ///   status::e_stale, status::e_foreign, status::e_terminal; status::e_range for a quantity
    ///   that is negative or above the position; status::e_price for a price the symbol cannot
    ///   have; status::e_range for money that does not fit. Nothing has changed then.
    ///
    /// Cost: O(1); at most C log2(capacity), when the position has triggers or reduce-only orders.
    answer<void> position_exit(const oms::position_exit &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_position_exit(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Takes over a position of an earlier run, or one the venue holds. No check is made; no
    /// commission is paid and nothing is realised: the starting balance is what was there after all
    /// before. From the next price on its unrealised PnL is part of the equity.
    ///
    /// @param request  symbol, side, open quantity, cost or price, commission so far, tag,
    ///   opened_at.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved, status::e_enum for the side; status::e_scope,
    ///   status::e_symbol; status::e_range for a quantity that is not 1 to 2^60, a cost beyond qty
    ///   × 2^60, or an opened_at after now; status::e_price for a price the symbol cannot have;
    ///   status::e_state when the symbol's net position is open already; status::e_capacity;
    ///   status::e_range for money that does not fit. Nothing has changed then.
    /// Value: its id. Written on status::ok.
    ///
    /// Cost: O(1).
    answer<oms::position_id> position_adopt(
            const oms::position_adopt &request) noexcept(Policy::quiet) {
        answer<oms::position_id> made;
        detail::code(made) = static_cast<oms::status>(oms_position_adopt(
                oms_, detail::raw(&request), detail::out<oms_id_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the live order after another, in order of submission: a walk over all of them.
    ///
    /// A walk cannot go on from an order that has ended meanwhile: to cancel all, collect ids
    /// first.
    ///
    /// @param after  a live order; 0 for the first one.
    /// @return status::ok; status::e_unknown at the end, or when `after` is not live any more;
    ///   status::e_null, status::e_align, status::e_handle, status::e_stale, status::e_foreign.
    ///
    /// Cost: O(1).
    answer<oms::order> order_next(oms::order_id after) const noexcept(Policy::quiet) {
        answer<oms::order> made;
        detail::code(made) = static_cast<oms::status>(oms_order_next(
                oms_, after.value(), detail::out<oms_order_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads an execution by the venue's id.
    ///
    /// @param exec_id  its id, or that of a correction of it.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_unknown
    ///   when it is not kept, or not any more: capacity.executions.
    ///
    /// Cost: O(1) expected.
    answer<oms::execution> execution_get(oms::execution_id exec_id) const noexcept(Policy::quiet) {
        answer<oms::execution> made;
        detail::code(made) = static_cast<oms::status>(oms_execution_get(
                oms_, exec_id.value(), detail::out<oms_execution_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads one of the executions that are kept, the last one first.
    ///
    /// @param back  0 for the last one, 1 for the one before, ...
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_unknown
    ///   when fewer are kept.
    ///
    /// Cost: O(1).
    answer<oms::execution> execution_recent(std::uint32_t back) const noexcept(Policy::quiet) {
        answer<oms::execution> made;
        detail::code(made) = static_cast<oms::status>(oms_execution_recent(
                oms_, back, detail::out<oms_execution_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads a position, open or closed.
    ///
    /// @param position  its id.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_unknown,
    ///   status::e_stale, status::e_foreign.
    ///
    /// Cost: O(1).
    answer<oms::position> position_get(oms::position_id position) const noexcept(Policy::quiet) {
        answer<oms::position> made;
        detail::code(made) = static_cast<oms::status>(oms_position_get(
                oms_, position.value(), detail::out<oms_position_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the youngest position with this tag: that of the order that opened it, or the one
    /// given by hand.
    ///
    /// @param tag  the tag, not 0.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_unknown.
    ///
    /// Cost: O(1) expected.
    answer<oms::position> position_find(std::uint64_t tag) const noexcept(Policy::quiet) {
        answer<oms::position> made;
        detail::code(made) = static_cast<oms::status>(oms_position_find(
                oms_, tag, detail::out<oms_position_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the open net position of a symbol that is of no scope but the root. Of a scope:
    /// scope_position_net.
    ///
    /// @param symbol  its number.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_symbol;
    ///   status::e_unknown when there is none: the symbol is flat, or hedged.
    ///
    /// Cost: O(1).
    answer<oms::position> position_net(oms::symbol_id symbol) const noexcept(Policy::quiet) {
        answer<oms::position> made;
        detail::code(made) = static_cast<oms::status>(oms_position_net(
                oms_, symbol.value(), detail::out<oms_position_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the open position after another, in order of opening: a walk over all of them.
    ///
    /// @param after  an open position; 0 for the first one.
    /// @return status::ok; status::e_unknown at the end, or when `after` is closed; status::e_null,
    ///   status::e_align, status::e_handle, status::e_stale, status::e_foreign.
    ///
    /// Cost: O(1).
    answer<oms::position> position_next(oms::position_id after) const noexcept(Policy::quiet) {
        answer<oms::position> made;
        detail::code(made) = static_cast<oms::status>(oms_position_next(
                oms_, after.value(), detail::out<oms_position_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the open position of a symbol after another, in order of opening: a walk over them.
    ///
    /// @param symbol  its number.
    /// @param after  an open position of the symbol; 0 for the first one.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_symbol,
    ///   also when `after` is of another symbol; status::e_unknown at the end, or when `after` is
    ///   closed; status::e_stale, status::e_foreign.
    ///
    /// Cost: O(1).
    answer<oms::position> symbol_position_next(
            oms::symbol_id symbol, oms::position_id after) const noexcept(Policy::quiet) {
        answer<oms::position> made;
        detail::code(made) = static_cast<oms::status>(oms_symbol_position_next(
                oms_, symbol.value(), after.value(), detail::out<oms_position_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads a trigger. One that has done its work is gone.
    ///
    /// @param trigger  its id.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_unknown,
    ///   status::e_stale, status::e_foreign.
    ///
    /// Cost: O(1), of a trailing stop O(log2(capacity)).
    answer<oms::trigger> trigger_get(oms::trigger_id trigger) const noexcept(Policy::quiet) {
        answer<oms::trigger> made;
        detail::code(made) = static_cast<oms::status>(oms_trigger_get(
                oms_, trigger.value(), detail::out<oms_trigger_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads a symbol: its last prices, positions and reservations.
    ///
    /// @param symbol  its number.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_symbol.
    ///
    /// Cost: O(1).
    answer<oms::symbol> symbol_get(oms::symbol_id symbol) const noexcept(Policy::quiet) {
        answer<oms::symbol> made;
        detail::code(made) = static_cast<oms::status>(oms_symbol_get(
                oms_, symbol.value(), detail::out<oms_symbol_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the account: equity, PnL, drawdown, counts. Of a scope: scope_account_get.
    ///
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    ///
    /// Cost: O(1).
    answer<oms::account> account_get() const noexcept(Policy::quiet) {
        answer<oms::account> made;
        detail::code(made) = static_cast<oms::status>(oms_account_get(
                oms_, detail::out<oms_account_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the statistics of a scope and of those in it: closed positions and what they brought,
    /// executions, requests (ignored ones are counted in the root alone, denials by check are told
    /// by denials_get). A position that was taken over counts when it closes, by what it realised
    /// here less all its commissions, those paid before included.
    ///
    /// @param scope  its number; 0 is the root.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope.
    ///
    /// Cost: O(books); O(1) of the root.
    answer<oms::statistics> statistics_get(oms::scope_id scope) const noexcept(Policy::quiet) {
        answer<oms::statistics> made;
        detail::code(made) = static_cast<oms::status>(oms_statistics_get(
                oms_, scope.value(), detail::out<oms_statistics_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the breaker of a scope.
    ///
    /// @param scope  0, the root.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope.
    ///
    /// Cost: O(orders in the last hour).
    answer<oms::breaker_status> risk_get(oms::scope_id scope) const noexcept(Policy::quiet) {
        answer<oms::breaker_status> made;
        detail::code(made) = static_cast<oms::status>(oms_risk_get(
                oms_, scope.value(), detail::out<oms_breaker_status_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads one of the last 32 trips of a scope's breaker.
    ///
    /// @param scope  0, the root.
    /// @param back  0 for the last trip, 1 for the one before, ...
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope;
    ///   status::e_unknown when fewer are kept.
    ///
    /// Cost: O(1).
    answer<oms::trip> trip_get(
            oms::scope_id scope, std::uint32_t back) const noexcept(Policy::quiet) {
        answer<oms::trip> made;
        detail::code(made) = static_cast<oms::status>(oms_trip_get(
                oms_, scope.value(), back, detail::out<oms_trip_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads how full a table is and was: to size it.
    ///
    /// @param table  table_kind.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_enum.
    ///
    /// Cost: O(1).
    answer<oms::table> table_get(oms::table_kind table) const noexcept(Policy::quiet) {
        answer<oms::table> made;
        detail::code(made) = static_cast<oms::status>(oms_table_get(
                oms_, static_cast<std::uint32_t>(table), detail::out<oms_table_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the configuration the engine was made with.
    ///
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    ///
    /// Cost: O(1).
    answer<oms::config> config_get() const noexcept(Policy::quiet) {
        answer<oms::config> made;
        detail::code(made) = static_cast<oms::status>(oms_config_get(
                oms_, detail::out<oms_config_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the engine's time: the latest `now` of a call that counted.
    ///
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    /// Value: nanoseconds; written on status::ok.
    ///
    /// Cost: O(1).
    answer<oms::nanos> now() const noexcept(Policy::quiet) {
        answer<oms::nanos> made;
        detail::code(made) = static_cast<oms::status>(oms_now(
                oms_, detail::out<oms_nanos_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads a group of symbols.
    ///
    /// @param group  its number, from 1.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_unknown for
    ///   a number above capacity.symbols, or 0.
    ///
    /// Cost: O(1).
    answer<oms::group> group_get(std::uint32_t group) const noexcept(Policy::quiet) {
        answer<oms::group> made;
        detail::code(made) = static_cast<oms::status>(oms_group_get(
                oms_, group, detail::out<oms_group_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Computes a digest over everything that can change a later answer: engines of the same
    /// configuration that were told the same have the same digest, on every target.
    ///
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    ///
    /// Cost: O(all records × log2(capacity)): for tests and quiet moments.
    answer<std::uint64_t> digest() const noexcept(Policy::quiet) {
        answer<std::uint64_t> made;
        detail::code(made) = static_cast<oms::status>(oms_digest(
                oms_, detail::out<uint64_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Begins a round of reconciliation: the venue's positions and open orders, or a drop copy's,
    /// are held against ours. A round that runs is given up.
    ///
    /// Then tell every position (reconcile_position) and every order (reconcile_order) of the
    /// venue, in any order, and end it (reconcile_end). Each difference is an
    /// event_kind::difference. Nothing is put right by it: that is done with reports, adoption,
    /// busts and positions by hand. As soon as more differs than the record allows, once a round,
    /// the breaker trips with cause::reconcile, which only a reset by hand ends; one that is open
    /// is tripped anew. Trading may go on meanwhile.
    ///
    /// @param request  the tolerances, what it is about, when the venue's books were read.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved, status::e_enum for the flags; status::e_range for a
    ///   tolerance below -1, for both of reconcile_flag::no_positions and
    ///   reconcile_flag::no_orders, and for an as_of after now; status::e_scope, status::e_symbol.
    ///   Nothing has changed then.
    ///
    /// Cost: O(1).
    answer<void> reconcile_begin(const oms::reconcile_begin &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_reconcile_begin(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Tells what the venue holds of one symbol; it is compared at once. What lies flat there need
    /// not be told.
    ///
    /// @param request  symbol, long and short lots, average prices if they are known.
    /// @return status::ok, whether it differs or not; status::ignored when the symbol was mentioned
    ///   in this round before; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_range for negative lots and magnitudes
    ///   beyond 2^60; status::e_state when no round takes positions; status::e_symbol. Nothing has
    ///   changed after an error.
    ///
    /// Cost: O(1).
    answer<void> reconcile_position(
            const oms::reconcile_position &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_reconcile_position(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Tells what the venue knows of one order; it is compared at once. Orders that have ended
    /// there need not be told, but may.
    ///
    /// @param request  its id or client id, symbol, side, quantity, executed lots, price, status.
    /// @return status::ok, whether it differs or not; status::ignored when it is not compared: it
    ///   was mentioned in this round before, has changed here after as_of, or has ended at the
    ///   venue and is not kept here; status::e_null, status::e_align, status::e_handle,
    ///   status::e_kind, status::e_size, status::e_reserved, status::e_enum for side and status;
    ///   status::e_bad_qty for a live order without quantity; status::e_range for negative lots and
    ///   magnitudes beyond 2^60; status::e_state when no round takes orders; status::e_symbol;
    ///   status::e_foreign. Nothing has changed after an error.
    ///
    /// Cost: O(1).
    answer<void> reconcile_order(const oms::reconcile_order &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_reconcile_order(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Ends a round: looks for orders that live at the venue, as far as we know, and for positions,
    /// that were not mentioned. Rows are not taken any more.
    ///
    /// @param request  the record.
    /// @return status::ok: the round is over, which an event_kind::difference with code
    ///   difference::none tells; status::more: work is left, call it or drain again;
    ///   status::e_null, status::e_align, status::e_handle, status::e_kind, status::e_size,
    ///   status::e_reserved; status::e_state when no round runs. Nothing has changed after an
    ///   error.
    /// Value: what was found. Written on codes >= 0; on status::more so far.
    ///
    /// Cost: at most work_per_call × C; in all O(orders ever held at once + symbols).
    answer<oms::reconcile_report> reconcile_end(
            const oms::reconcile_end &request) noexcept(Policy::quiet) {
        answer<oms::reconcile_report> made;
        detail::code(made) = static_cast<oms::status>(oms_reconcile_end(
                oms_, detail::raw(&request), detail::out<oms_reconcile_report_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads what the round of reconciliation that runs, or was last, has found so far.
    ///
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    /// Value: written on status::ok; state reconcile_state::none before the first round.
    ///
    /// Cost: O(1).
    answer<oms::reconcile_report> reconcile_get() const noexcept(Policy::quiet) {
        answer<oms::reconcile_report> made;
        detail::code(made) = static_cast<oms::status>(oms_reconcile_get(
                oms_, detail::out<oms_reconcile_report_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Takes what a venue says of an order: a fact, taken in any state of the order.
    ///
    /// What each report (report_kind) reads besides order or client_id, side and symbol, reason:
    ///
    /// ACK             nothing: the order is live
    /// REJECT          nothing: it ends as REJECTED; a partly filled one stays
    /// FILL            exec_id, qty, price, commission; venue_cum, venue_avg if given: an execution
    /// CANCEL_ACK      nothing: it ends as CANCELLED, asked for or not
    /// CANCEL_REJECT   request_id: that cancel is off; reason UNKNOWN_ORDER puts it in doubt
    /// REPLACE_ACK     request_id; qty, price when qty is not 0: the new terms hold
    /// REPLACE_REJECT  request_id: the old terms stay
    /// EXPIRE          nothing: it ends as EXPIRED
    /// BUST            ref_exec_id: that execution is taken out of order, position and account
    /// CORRECT         exec_id, ref_exec_id, qty, price, commission: that execution is replaced;
    ///                 both ids name it from then on
    /// RESTATE         qty, price when qty is not 0: the venue changed the terms unasked; ends
    ///                 DONE_FOR_DAY
    /// SUSPEND         nothing: SUSPENDED
    /// RESUME          nothing: not SUSPENDED any more
    /// DONE_FOR_DAY    nothing: leaves are 0 and stay reserved
    /// TRIGGERED       nothing: a stop that the venue holds is a market or limit order now
    /// ORDER_STATUS    order_status, venue_cum, venue_avg, price: what the venue knows; executions
    ///                 that are missing here are booked, cum_qty never falls; takes it out of doubt
    /// SEND_FAILED     nothing, from the host: NEW did not leave. It is handed out again under the
    ///                 same client id as config.retry says, then ends as FAILED
    /// SEND_IN_DOUBT   nothing, from the host: NEW may have left. It is in doubt: ask the venue
    ///
    /// - Executions are applied once by their exec_id. A total beyond what is known (venue_cum)
    ///   books what is missing too, marked order_mark::gap; the executions themselves, when they
    ///   come, take its place. A total that leaves no room for an execution puts the order in
    ///   doubt.
    /// - A price of 0, for a symbol that cannot have it, is taken as not given: the execution is
    ///   booked at the limit price or the market and marked order_mark::no_price.
    /// - A bust or correction of an execution that is not kept any more (capacity.executions)
    ///   leaves anomaly::ref_evicted and books nothing: reconcile with the venue.
    /// - A report that says the venue has an order which is held here, or was not handed out yet,
    ///   is taken; the order waits no more.
    /// - What does not fit leaves an event_kind::order_anomaly.
    /// - An ended order is kept until its slot is needed, oldest end first. An execution after
    ///   that, or of an order that never was here, is booked when side and symbol are given, on the
    ///   position it names or as an order without one would; a record of it is made, marked
    ///   order_mark::foreign. Any other report then is status::e_stale by id or status::e_unknown
    ///   by client id and the host must raise the alarm. Size capacity.orders for the longest
    ///   lateness of the venue.
    ///
    /// @param request  the report.
    /// @return status::ok; status::more when it is taken whole and work is queued: call drain;
    ///   status::ignored when it was known or changes nothing; status::e_null, status::e_align,
    ///   status::e_handle, status::e_kind, status::e_size, status::e_reserved, status::e_enum;
    ///   status::e_bad_qty for an execution of 0 lots or less, or a negative new total;
    ///   status::e_range for a magnitude beyond 2^60, an exec_id or ref_exec_id of 0 where it is
    ///   read, or a negative venue_cum; status::e_unknown, status::e_stale, status::e_foreign;
    ///   status::e_conflict for a known exec_id with other facts, for a ref_exec_id of another
    ///   order, and for a side or symbol that is not the order's; status::e_range for money that
    ///   does not fit; status::e_state in PAPER and BACKTEST, whose venue is in here.
    ///
    /// Cost: O(1); C log2(capacity) when the position has triggers or reduce-only orders. At most
    /// work_per_call × C log2(capacity), when it arms legs of a bracket that are crossed. A bust or
    /// correction besides O(corrections of that execution).
    answer<void> venue_report(const oms::venue_report &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_venue_report(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Defines a scope (firm, account, strategy, ...) below another one, or sets the flags of one
    /// that there is. Nothing passes a new one before its limits are set (scope_limits_set); its
    /// breaker has no limits before scope_breaker_set.
    ///
    /// @param request  name, parent, flags.
    /// @return status::ok; status::exists for one that is known by this name, parent and flags;
    ///   status::e_null, status::e_align, status::e_handle, status::e_kind, status::e_size,
    ///   status::e_reserved; status::e_enum for unknown flags; status::e_range for a bad name;
    ///   status::e_scope for the parent; status::e_conflict for a name that is taken below another
    ///   parent; status::e_range when more than 4 would lie in each other, the root included;
    ///   status::e_capacity.
    /// Value: its number, from 1 on. Written on codes >= 0.
    ///
    /// Cost: O(scopes).
    answer<oms::scope_id> scope_define(const oms::scope_define &request) noexcept(Policy::quiet) {
        answer<oms::scope_id> made;
        detail::code(made) = static_cast<oms::status>(oms_scope_define(
                oms_, detail::raw(&request), detail::out<uint32_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Gives the breaker of a scope other limits, also while trading. What it counted stays, and so
    /// does a trip.
    ///
    /// @param request  the breaker's limits and times.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle, status::e_kind,
    ///   status::e_size, status::e_reserved; status::e_scope; status::e_range for a value that
    ///   config_check would refuse, a rate limit beyond capacity.rate, or another session_offset
    ///   than the root's; status::e_state for a limit on the equity of a scope that has none.
    ///
    /// Cost: O(1).
    answer<void> scope_breaker_set(const oms::scope_breaker_set &request) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_scope_breaker_set(
                oms_, detail::raw(&request)));
        Policy::look(made);
        return made;
    }

    /// Reads the limits and times of a scope's breaker, as scope_breaker_set takes them: change a
    /// field and set it again.
    ///
    /// @param scope  its number; 0 is the root.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope.
    /// Value: written on status::ok; its header has kind and size, and no time.
    ///
    /// Cost: O(1).
    answer<oms::scope_breaker_set> scope_breaker_get(
            oms::scope_id scope) const noexcept(Policy::quiet) {
        answer<oms::scope_breaker_set> made;
        detail::code(made) = static_cast<oms::status>(oms_scope_breaker_get(
                oms_, scope.value(), detail::out<oms_scope_breaker_set_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads a scope: its place in the tree, states, counts, limits, and what it has of these in
    /// money.
    ///
    /// @param scope  its number; 0 is the root.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope.
    ///
    /// Cost: O(1).
    answer<oms::scope> scope_get(oms::scope_id scope) const noexcept(Policy::quiet) {
        answer<oms::scope> made;
        detail::code(made) = static_cast<oms::status>(oms_scope_get(
                oms_, scope.value(), detail::out<oms_scope_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the account of a scope: what was paid in, what it and the scopes in it made, drawdown.
    ///
    /// @param scope  its number; 0 is the root: as account_get.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope.
    /// Value: written on status::ok. clock_back and the time are the engine's, ignored is 0 below
    ///   the root; live_orders of a scope below the root counts working orders.
    ///
    /// Cost: O(books); O(1) of the root.
    answer<oms::account> scope_account_get(oms::scope_id scope) const noexcept(Policy::quiet) {
        answer<oms::account> made;
        detail::code(made) = static_cast<oms::status>(oms_scope_account_get(
                oms_, scope.value(), detail::out<oms_account_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads what the gate let pass and denied of a scope and of those in it, by check: once by
    /// whose orders they were, and once by which scope denied them.
    ///
    /// @param scope  its number; 0 is the root.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope.
    ///
    /// Cost: O(1).
    answer<oms::denials> denials_get(oms::scope_id scope) const noexcept(Policy::quiet) {
        answer<oms::denials> made;
        detail::code(made) = static_cast<oms::status>(oms_denials_get(
                oms_, scope.value(), detail::out<oms_denials_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the open net position of a scope in a symbol: that of its own orders.
    ///
    /// @param scope  its number; 0 is the root: as position_net.
    /// @param symbol  symbol number.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope;
    ///   status::e_symbol; status::e_unknown when it is flat.
    ///
    /// Cost: O(1).
    answer<oms::position> scope_position_net(
            oms::scope_id scope, oms::symbol_id symbol) const noexcept(Policy::quiet) {
        answer<oms::position> made;
        detail::code(made) = static_cast<oms::status>(oms_scope_position_net(
                oms_, scope.value(), symbol.value(), detail::out<oms_position_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads what a scope, and the scopes in it, have in a symbol: reservations, positions, located
    /// lots, values.
    ///
    /// @param scope  its number; 0 is the root.
    /// @param symbol  symbol number.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_scope;
    ///   status::e_symbol; status::e_unknown before anything of the scope was in the symbol.
    ///
    /// Cost: O(1).
    answer<oms::book> book_get(
            oms::scope_id scope, oms::symbol_id symbol) const noexcept(Policy::quiet) {
        answer<oms::book> made;
        detail::code(made) = static_cast<oms::status>(oms_book_get(
                oms_, scope.value(), symbol.value(), detail::out<oms_book_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Counts the scopes: they are numbered from 0, the root, on.
    ///
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    ///
    /// Cost: O(1).
    answer<std::uint32_t> scope_count() const noexcept(Policy::quiet) {
        answer<std::uint32_t> made;
        detail::code(made) = static_cast<oms::status>(oms_scope_count(
                oms_, detail::out<uint32_t>(made)));
        Policy::look(made);
        return made;
    }
    // engine doors]

  private:
    template <class R, class Call>
    answer<std::size_t> batch(span<const R> requests, span<oms::status> statuses, Call call) const
        noexcept(Policy::quiet) {
        if (statuses.size() < requests.size()) return short_of_room();
        answer<std::size_t> made;
        auto *const codes = reinterpret_cast<std::int32_t *>(statuses.data());
        detail::code(made) = static_cast<oms::status>(call(codes, detail::place(made)));
        Policy::look(made);
        return made;
    }
    static answer<std::size_t> short_of_room() noexcept(Policy::quiet) {
        answer<std::size_t> made;
        detail::code(made) = oms::status::e_size;
        *detail::place(made) = 0;
        Policy::look(made);
        return made;
    }
    answer<oms::order> order_of(order_id order, client_order_id client_id) const
        noexcept(Policy::quiet) {
        answer<oms::order> made;
        detail::code(made) = static_cast<oms::status>(oms_order_get(
            oms_, order.value(), client_id.value(), detail::out<oms_order_t>(made)));
        Policy::look(made);
        return made;
    }
    answer<oms::order_log> log_of(order_id order, client_order_id client_id, std::uint64_t from,
                                  span<event> events) const noexcept(Policy::quiet) {
        answer<oms::order_log> made;
        detail::code(made) = static_cast<oms::status>(
            oms_order_log(oms_, order.value(), client_id.value(), from, detail::raw(events.data()),
                          events.size(), detail::out<oms_order_log_t>(made)));
        Policy::look(made);
        return made;
    }

    oms_t *oms_ = nullptr;
    detail::memory memory_;
};

/// An engine whose doors answer result<T>.
using engine = basic_engine<detail::answering>;

// ---- a breaker of its own

/// A circuit breaker without an engine, in memory of its own or lent; see oms_breaker_init.
template <class Policy> class basic_breaker {
  public:
    /// What a door answers: result<T>, or in the throwing variant checked<T>, which is a T.
    template <class T> using answer = typename Policy::template answer<T>;

    /// No breaker yet.
    basic_breaker() noexcept = default;
    basic_breaker(basic_breaker &&other) noexcept
        : breaker_(std::exchange(other.breaker_, nullptr)), memory_(std::move(other.memory_)) {}
    basic_breaker &operator=(basic_breaker &&other) noexcept {
        std::swap(breaker_, other.breaker_);
        memory_ = std::move(other.memory_);
        return *this;
    }
    basic_breaker(const basic_breaker &) = delete;
    basic_breaker &operator=(const basic_breaker &) = delete;
    ~basic_breaker() = default;

    /// Throwing variant: a breaker in memory from the heap, as make.
    template <class P = Policy, std::enable_if_t<!P::quiet, int> = 0>
    explicit basic_breaker(const breaker_config &config) : basic_breaker(make(config)) {}

    /// Makes a breaker in memory from the heap, which it frees.
    ///
    /// @param config  the configuration; it is copied.
    /// @return status::ok; status::e_config when it is invalid; status::e_null when the system has
    ///   no memory.
    static answer<basic_breaker> make(const breaker_config &config) noexcept(Policy::quiet) {
        answer<basic_breaker> made;
        const std::size_t size = oms_breaker_size(detail::raw(&config));
        if (size == 0) {
            detail::code(made) = oms::status::e_config;
        } else {
            basic_breaker &b = *detail::place(made);
            void *const memory = b.memory_.take(size);
            detail::code(made) = static_cast<oms::status>(
                oms_breaker_init(memory, size, detail::raw(&config), &b.breaker_));
        }
        Policy::look(made);
        return made;
    }

    /// Makes a breaker in memory that the caller lends.
    ///
    /// @param memory  aligned to OMS_ALIGN, writable, never moved.
    /// @param size    its bytes, at least breaker_size(config).
    /// @param config  the configuration; it is copied.
    /// @return status::ok; status::e_null, status::e_align, status::e_config; status::e_size when
    ///   the memory is short.
    static answer<basic_breaker> in(void *memory, std::size_t size,
                                    const breaker_config &config) noexcept(Policy::quiet) {
        answer<basic_breaker> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_init(
            memory, size, detail::raw(&config), &detail::place(made)->breaker_));
        Policy::look(made);
        return made;
    }

    /// The C handle; nullptr without a breaker.
    oms_breaker_t *raw() noexcept { return breaker_; }
    const oms_breaker_t *raw() const noexcept { return breaker_; }

    // [breaker doors
    /// Records a closed trade: equity moves by its PnL once it is known, the losing streak is
    /// counted. While the breaker is half-open it ends a probe: a loss trips again, probe_wins of
    /// them close it.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @param pnl  money units, signed.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_range when
    ///   the equity would not fit.
    /// Value: the trip this caused, cause cause::none when none. Written on status::ok.
    ///
    /// Cost: O(1).
    answer<oms::trip> record_trade(oms::nanos now, oms::money pnl) noexcept(Policy::quiet) {
        answer<oms::trip> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_record_trade(
                breaker_, now.count(), pnl.count(), detail::out<oms_trip_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Records an order that is sent: n in a window pass, n + 1 trips. While the breaker is
    /// half-open it takes a probe.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    /// Value: as for breaker_record_trade.
    ///
    /// Cost: O(1).
    answer<oms::trip> record_order(oms::nanos now) noexcept(Policy::quiet) {
        answer<oms::trip> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_record_order(
                breaker_, now.count(), detail::out<oms_trip_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Records that an order ended without a trade: while the breaker is half-open such a probe is
    /// over. A trade (breaker_record_trade) ends one as well.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    /// Value: as for breaker_record_trade: it is open again when all probes are over without the
    ///   wins.
    ///
    /// Cost: O(1).
    answer<oms::trip> record_end(oms::nanos now) noexcept(Policy::quiet) {
        answer<oms::trip> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_record_end(
                breaker_, now.count(), detail::out<oms_trip_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Records an error.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    /// Value: as for breaker_record_trade.
    ///
    /// Cost: O(1).
    answer<oms::trip> record_error(oms::nanos now) noexcept(Policy::quiet) {
        answer<oms::trip> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_record_error(
                breaker_, now.count(), detail::out<oms_trip_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Something succeeded: the error count is 0.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    ///
    /// Cost: O(1).
    answer<void> clear_errors(oms::nanos now) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_clear_errors(
                breaker_, now.count()));
        Policy::look(made);
        return made;
    }

    /// Tells the balance: daily loss and drawdown are looked at.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @param current  equity, money units.
    /// @param peak  a peak the caller knows, money units; off (-1) when it knows none. It never
    ///   lowers the breaker's own.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    /// Value: as for breaker_record_trade.
    ///
    /// Cost: O(1).
    answer<oms::trip> update_balance(
            oms::nanos now, oms::money current, oms::money peak) noexcept(Policy::quiet) {
        answer<oms::trip> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_update_balance(
                breaker_, now.count(), current.count(), peak.count(),
                detail::out<oms_trip_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Trips on figures the caller has. Losses are signed: a profit never trips.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @param pnl  PnL of the day as a share of equity, parts per 10^9, signed.
    /// @param drawdown  fall from the peak, parts per 10^9, taken by magnitude.
    /// @param force  not 0: trips by hand, whatever the figures are.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    /// Value: as for breaker_record_trade.
    ///
    /// Cost: O(1).
    answer<oms::trip> check_and_trip(
            oms::nanos now, oms::ratio pnl, oms::ratio drawdown, std::uint32_t force)
            noexcept(Policy::quiet) {
        answer<oms::trip> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_check_and_trip(
                breaker_, now.count(), pnl.count(), drawdown.count(), force,
                detail::out<oms_trip_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Resets by hand. It always works; what tripped counts anew from here.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @return status::ok; status::ignored when it was not open; status::e_null, status::e_align,
    ///   status::e_handle.
    ///
    /// Cost: O(1).
    answer<void> reset(oms::nanos now) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_reset(breaker_, now.count()));
        Policy::look(made);
        return made;
    }

    /// Says that the trip that is open happened earlier, or not so early: the recovery counts from
    /// there. For hosts that learn of the true time afterwards, or take a trip over from an earlier
    /// run. Whether it is latched stays as it was decided.
    ///
    /// @param now  nanoseconds; a step back counts as no time passed.
    /// @param at  when it tripped, nanoseconds, not after now.
    /// @return status::ok; status::ignored when it is not open; status::e_null, status::e_align,
    ///   status::e_handle; status::e_range for a time that is to come.
    ///
    /// Cost: O(1).
    answer<void> trip_move(oms::nanos now, oms::nanos at) noexcept(Policy::quiet) {
        answer<void> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_trip_move(
                breaker_, now.count(), at.count()));
        Policy::look(made);
        return made;
    }

    /// Says whether orders may pass, a recovery that is due included.
    ///
    /// @param now  nanoseconds.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    /// Value: 1 or 0; written on status::ok.
    ///
    /// Cost: O(1).
    answer<oms::stored<bool, std::uint32_t>> is_operational(
            oms::nanos now) const noexcept(Policy::quiet) {
        answer<oms::stored<bool, std::uint32_t>> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_is_operational(
                breaker_, now.count(), detail::out<uint32_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads the breaker.
    ///
    /// @param now  nanoseconds.
    /// @return status::ok; status::e_null, status::e_align, status::e_handle.
    ///
    /// Cost: O(orders in the last hour).
    answer<oms::breaker_status> status(oms::nanos now) const noexcept(Policy::quiet) {
        answer<oms::breaker_status> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_status(
                breaker_, now.count(), detail::out<oms_breaker_status_t>(made)));
        Policy::look(made);
        return made;
    }

    /// Reads one of the last 32 trips.
    ///
    /// @param back  0 for the last trip, 1 for the one before, ...
    /// @return status::ok; status::e_null, status::e_align, status::e_handle; status::e_unknown
    ///   when fewer are kept.
    ///
    /// Cost: O(1).
    answer<oms::trip> trip_get(std::uint32_t back) const noexcept(Policy::quiet) {
        answer<oms::trip> made;
        detail::code(made) = static_cast<oms::status>(oms_breaker_trip_get(
                breaker_, back, detail::out<oms_trip_t>(made)));
        Policy::look(made);
        return made;
    }
    // breaker doors]

  private:
    oms_breaker_t *breaker_ = nullptr;
    detail::memory memory_;
};

/// A breaker whose doors answer result<T>.
using breaker = basic_breaker<detail::answering>;

#ifdef OMS_HPP_THROWS
/// The variant whose doors throw oms::error when they are refused. A door's answer is its value:
/// `oms::account a = engine.account_get();`. Positive codes are in code(), as elsewhere.
namespace throwing {
using engine = basic_engine<detail::throwing>;
using breaker = basic_breaker<detail::throwing>;
} // namespace throwing
#endif

// ---- what an execution costs, without an engine

/// The defaults of a model of slippage; status::e_enum for one that there is not.
inline result<slippage> slippage_init(slippage_model model) noexcept {
    result<slippage> made;
    detail::code(made) = static_cast<status>(oms_slippage_init(
        static_cast<std::uint32_t>(model), detail::out<oms_slippage_t>(made)));
    return made;
}

/// Says which field of a model of slippage is invalid.
///
/// @param slippage  the model.
/// @param field     the invalid field of the smallest number, sim_field::none when all are valid.
///   Written on status::ok and status::e_config.
/// @return status::ok; status::e_config.
inline result<void> slippage_check(const oms::slippage &slippage, sim_field &field) noexcept {
    return result<void>(static_cast<status>(
        oms_slippage_check(detail::raw(&slippage), reinterpret_cast<std::uint32_t *>(&field))));
}

/// Fills a quantity over the levels of a book (slippage_model::depth): how much of it, at which
/// average price.
///
/// @param side    side::buy takes asks, side::sell bids.
/// @param levels  price levels, the best first, each worse than the one before; may be empty.
/// @param qty     lots, 1 to 2^60.
/// @param limit   no price beyond it is paid; none: the largest int64 for a buy, the smallest for a
///   sell.
/// @return status::ok; status::e_enum for the side; status::e_bad_qty for the quantity or that of a
///   level; status::e_price for one beyond +-2^60 or out of order.
///
/// Cost: O(levels that are touched).
inline result<depth_fill> slippage_depth(oms::side side, span<const depth_level> levels, lots qty,
                                         ticks limit) noexcept {
    result<depth_fill> made;
    detail::code(made) = static_cast<status>(
        oms_slippage_depth(static_cast<std::uint32_t>(side), detail::raw(levels.data()),
                           levels.size(), qty.count(), limit.count(),
                           detail::out<oms_depth_fill_t>(made)));
    return made;
}

/// A named schedule of fees; status::e_enum for one that there is not.
inline result<fees> fees_init(fee_plan plan) noexcept {
    result<fees> made;
    detail::code(made) = static_cast<status>(
        oms_fees_init(static_cast<std::uint32_t>(plan), detail::out<oms_fees_t>(made)));
    return made;
}

/// Says which field of a schedule of fees is invalid; as slippage_check.
inline result<void> fees_check(const oms::fees &fees, sim_field &field) noexcept {
    return result<void>(static_cast<status>(
        oms_fees_check(detail::raw(&fees), reinterpret_cast<std::uint32_t *>(&field))));
}

/// Adds what was traded to the volume of 30 days that chooses the tier of fees.
///
/// @param volume  a record that was empty at first.
/// @param now     a step back counts for the latest day that was seen.
/// @param traded  of the unit that the tiers have: as a rule the value, money units.
/// @return status::ok.
///
/// Cost: O(1); 30 steps with the first of a day.
inline result<void> fee_volume_add(fee_volume &volume, nanos now, std::uint64_t traded) noexcept {
    return result<void>(
        static_cast<status>(oms_fee_volume_add(detail::raw(&volume), now.count(), traded)));
}

/// What was traded in the 30 days that end with that of `now`, for fee; it stops at 2^64 - 1.
inline result<std::uint64_t> fee_volume_get(const fee_volume &volume, nanos now) noexcept {
    result<std::uint64_t> made;
    detail::code(made) = static_cast<status>(
        oms_fee_volume_get(detail::raw(&volume), now.count(), detail::place(made)));
    return made;
}

// [functions
/// The price at which an order that takes executes.
///
/// The reference is the mid of bid and ask where they are given, and the spread is theirs; else it
/// is order->price. The model moves the price by a share of |reference| against the order; it is
/// rounded to ticks against it (a buy up, a sell down), never better than the opposite best (or
/// order->price), and never beyond the limit. An order whose limit the market has not reached does
/// not execute: its price would be the limit.
///
/// p is order->size / order->volume. Per model the share is FIXED share VOLUME factor * min(p,
/// participation_max); share when the volume is 0 SPREAD half the spread REALISTIC half the spread
/// + impact * p + N(0, noise), at least 0; the volume 0: without the middle part VOLUME_SHARE
/// factor * min(p, participation_max)^2; participation_max when the volume is 0 SQUARE_ROOT factor
/// * volatility * root of p ALMGREN volatility * .142 * v^.6, v = p / days; and, unless outstanding
/// is 0, + volatility * days * .314 / 2 * v^.891 * (outstanding / volume)^.267 Noise is a function
/// of slippage->seed and order->number alone. Shares are exact, or rounded down by less than 10^-18
/// (FIXED, SPREAD, VOLUME, VOLUME_SHARE, REALISTIC beside its noise) or 10^-15 of themselves; the
/// noise follows the normal distribution to 6 * 10^-5 of its standard deviation. All bits are the
/// same on every machine. Sources and tests: docs/simulation.md.
///
/// The model must be one that slippage_check takes; only the parameters it reads are looked at
/// here.
///
/// @param slippage  the model; not slippage_model::depth.
/// @param order  the order and the market.
/// @return status::ok; status::e_null, status::e_align; of the order: status::e_enum (side, flags),
///   status::e_price (beyond +-2^60, or a bid above the ask); status::e_enum for an unknown model;
///   status::e_state for DEPTH; status::e_range for a negative parameter, SQUARE_ROOT or ALMGREN
///   without a volume, and a price beyond +-2^60.
/// Value: ticks, written on status::ok.
///
/// Cost: O(1). REALISTIC: some 100 instructions, one division among them, while the volume is above
/// the size, impact and noise below 2^28, and bid and ask from 0 to 2^31.
inline result<oms::ticks> slippage_price(
        const oms::slippage &slippage, const oms::slippage_order &order) noexcept {
    result<oms::ticks> made;
    detail::code(made) = static_cast<oms::status>(oms_slippage_price(
            detail::raw(&slippage), detail::raw(&order), detail::out<oms_ticks_t>(made)));
    return made;
}

/// Half the spread + impact * p: the estimate of what an order costs at worst, whatever the model
/// is. Noise is left out and p is not bounded.
///
/// @param slippage  the model: spread and impact are read.
/// @param size  of the order, in the units of the volume.
/// @param volume  of the market, above 0.
/// @return status::ok; status::e_null, status::e_align; status::e_range for no volume, a negative
///   parameter, and an estimate that does not fit.
/// Value: share of the price, parts per 10^9, rounded up; written on status::ok.
///
/// Cost: O(1).
inline result<oms::ratio> slippage_worst_case(
        const oms::slippage &slippage, std::uint64_t size, std::uint64_t volume) noexcept {
    result<oms::ratio> made;
    detail::code(made) = static_cast<oms::status>(oms_slippage_worst_case(
            detail::raw(&slippage), size, volume, detail::out<oms_ratio_t>(made)));
    return made;
}

/// Says whether the size of an order suits the market: a word, not an error.
///
/// @param slippage  the model: spread, impact and participation_max are read.
/// @param size  of the order, in the units of the volume.
/// @param volume  of the market; 0 when it is not known: size_code::no_volume.
/// @param estimate_max  largest estimate of the worst case that passes, parts per 10^9; off: any.
///   The original's is bps(50).
/// @return status::ok; status::e_null, status::e_align; status::e_range for a negative parameter.
/// Value: the code and its numbers; written on status::ok.
///
/// Cost: O(1).
inline result<oms::order_size> order_size_check(
        const oms::slippage &slippage, std::uint64_t size, std::uint64_t volume, oms::ratio
        estimate_max) noexcept {
    result<oms::order_size> made;
    detail::code(made) = static_cast<oms::status>(oms_order_size_check(
            detail::raw(&slippage), size, volume, estimate_max.count(),
            detail::out<oms_order_size_t>(made)));
    return made;
}

/// How much of an order a bar fills: of its volume at most participation_max, rounded down, for all
/// orders together (zipline's volume limit).
///
/// @param slippage  the model: participation_max is read.
/// @param volume  of the bar, lots.
/// @param done  lots of it that were filled before.
/// @param qty  lots of the order.
/// @return status::ok; status::e_null, status::e_align.
/// Value: lots that are filled, 0 to qty; written on status::ok.
///
/// Cost: O(1).
inline result<oms::lots> slippage_fill_max(
        const oms::slippage &slippage, std::uint64_t volume, std::uint64_t done, oms::lots qty)
        noexcept {
    result<oms::lots> made;
    detail::code(made) = static_cast<oms::status>(oms_slippage_fill_max(
            detail::raw(&slippage), volume, done, qty.count(), detail::out<oms_lots_t>(made)));
    return made;
}

/// The fee of an execution: |value| * rate + per_lot * |lots|, rounded towards plus infinity (the
/// trader pays more or is given less), then at most maximum, at least minimum. The rate is the
/// maker's or the taker's of the last tier whose volume is reached, of the schedule below the
/// first; without a known liquidity the dearer of both.
///
/// @param fees  a schedule that fees_check takes.
/// @param value  of the execution, money units; its sign does not matter.
/// @param lots  of the execution; their sign does not matter.
/// @param liquidity  liquidity.
/// @param volume  what was traded in 30 days, in the units of the tiers (fee_volume_get); read when
///   there are tiers.
/// @return status::ok; status::e_null, status::e_align; status::e_enum for the liquidity;
///   status::e_range for a fee that does not fit.
/// Value: money units; positive: paid by the trader, negative: to the trader. Written on
///   status::ok.
///
/// Cost: O(tiers), 8 at most; some 30 instructions without tiers while |value| * rate is below
/// 2^64.
inline result<oms::money> fee(
        const oms::fees &fees, oms::money value, oms::lots lots, oms::liquidity liquidity,
        std::uint64_t volume) noexcept {
    result<oms::money> made;
    detail::code(made) = static_cast<oms::status>(oms_fee(
            detail::raw(&fees), value.count(), lots.count(), static_cast<std::uint32_t>(liquidity),
            volume, detail::out<oms_money_t>(made)));
    return made;
}
// functions]

} // namespace oms

#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif

template <class Kind> struct std::hash<oms::id<Kind>> {
    std::size_t operator()(oms::id<Kind> id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value());
    }
};
template <class Kind> struct std::hash<oms::index<Kind>> {
    std::size_t operator()(oms::index<Kind> index) const noexcept {
        return std::hash<std::uint32_t>{}(index.value());
    }
};
#ifdef __cpp_lib_ranges
template <class T> inline constexpr bool std::ranges::enable_borrowed_range<oms::span<T>> = true;
#endif

#endif // OMS_HPP
