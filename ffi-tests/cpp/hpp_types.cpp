// The types of oms.hpp: numbers, ids, sets, spans; results; engines that move, borrow and lend; the
// throwing variant. What must not compile is in ffi-tests/hpp/refused.cpp.
#include "common.hpp"

#include <oms.hpp>

#include <string>
#include <unordered_map>
#include <vector>

#if defined(__cpp_lib_span)
#include <span>
#endif

namespace {

using namespace oms::literals;

// ---- what holds of a type is said where it is compiled

static_assert(!std::is_convertible_v<std::int64_t, oms::ticks>);
static_assert(!std::is_convertible_v<oms::ticks, std::int64_t>);
static_assert(!std::is_convertible_v<oms::ticks, oms::lots>);
static_assert(!std::is_constructible_v<oms::ticks, oms::lots>);
static_assert(!std::is_constructible_v<oms::ticks, double>);
static_assert(!std::is_assignable_v<oms::money &, oms::lots>);
static_assert(!std::is_constructible_v<oms::order_id, oms::position_id>);
static_assert(!std::is_constructible_v<oms::trigger_id, oms::order_id>);
static_assert(!std::is_constructible_v<oms::client_order_id, oms::order_id>);
static_assert(!std::is_constructible_v<oms::symbol_id, oms::scope_id>);
static_assert(!std::is_convertible_v<oms::side, oms::position_side>);
static_assert(!std::is_convertible_v<oms::order_status, oms::fix_status>);
static_assert(!std::is_convertible_v<int, oms::side>);
static_assert(!std::is_constructible_v<oms::order_flags, oms::config_flag>);
static_assert(std::is_trivially_copyable_v<oms::order_submit>);
static_assert(std::is_trivially_default_constructible_v<oms::verdict>);
static_assert(!std::is_copy_constructible_v<oms::engine>);
static_assert(std::is_nothrow_move_constructible_v<oms::engine>);
static_assert(std::is_nothrow_move_assignable_v<oms::engine>);
static_assert(noexcept(std::declval<oms::engine &>().quote(oms::quote{})));
static_assert(sizeof(oms::engine) == 2 * sizeof(void *));

static_assert((3_ticks + 4_ticks) * 2 == 14_ticks && -(1_lots) < 0_lots && 2 * 3_money == 6_money);
static_assert(oms::pct(5) == oms::ratio{50000000} && oms::bps(2) == oms::ratio{200000});
static_assert(oms::seconds(1) == oms::milliseconds(1000) && oms::seconds(1).count() == 1000000000);
static_assert(oms::lots{oms::off}.count() == OMS_OFF && oms::money{oms::off} == oms::off);
static_assert(!oms::order_id{} && oms::order_id{3} && oms::order_id{3}.value() == 3);

void sets() {
    const oms::order_flags both = oms::order_flag::reduce_only | oms::order_flag::post_only;
    CHECK(both.has(oms::order_flag::post_only) && !both.has(oms::order_flag::parent));
    CHECK(both.bits() == (OMS_ORDER_REDUCE_ONLY | OMS_ORDER_POST_ONLY));
    CHECK((both & oms::order_flag::post_only) == oms::order_flag::post_only);
    CHECK(oms::order_flags{}.empty());
    using types = oms::set_of<oms::order_type, std::uint32_t>;
    const types two = types::of(oms::order_type::limit, oms::order_type::market);
    CHECK(two.bits() == (1U << OMS_TYPE_LIMIT | 1U << OMS_TYPE_MARKET));
    CHECK(two.has(oms::order_type::limit) && !two.has(oms::order_type::stop));
    CHECK(types::all().bits() == UINT32_MAX && types{}.empty());
    // The last bit of all.
    CHECK(oms::check_set::of(static_cast<oms::check>(63)).bits() == UINT64_C(1) << 63);
}

void names() {
    CHECK(std::string(oms::to_string(oms::side::buy)) == "BUY");
    CHECK(std::string(oms::to_string(oms::status::e_capacity)) == oms_status_name(-15));
    CHECK(std::string(oms::to_string(static_cast<oms::side>(200))) == "?");
    CHECK(std::string(oms::text(oms::check::qty)) == oms_check_text(OMS_CHECK_QTY));
    CHECK(oms::check::none == static_cast<oms::check>(OMS_CHECK_NONE));
    CHECK(oms::name("ABC").view() == "ABC" && oms::name{}.view().empty());
    CHECK(oms::name(std::string(40, 'x')).view().size() == 32);
}

void ids() {
    std::unordered_map<oms::order_id, int> orders{{oms::order_id{1}, 10}};
    std::unordered_map<oms::symbol_id, int> symbols{{oms::symbol_id{1}, 20}};
    orders[oms::order_id{2}] = 11;
    CHECK(orders.at(oms::order_id{1}) == 10 && orders.size() == 2);
    CHECK(symbols.at(oms::symbol_id{1}) == 20 && oms::root == oms::scope_id{0});
}

std::size_t length(oms::span<const int> of) { return of.size(); }

void spans() {
    int array[3] = {1, 2, 3};
    const std::vector<int> vector{4, 5};
    CHECK(length(array) == 3 && length(vector) == 2 && length({}) == 0);
    oms::span<int> all(array);
    all[0] = 9;
    int sum = 0;
    for (int one : all.first(2)) sum += one;
    CHECK(sum == 11 && all.first(7).size() == 3);
    CHECK(oms::span<const int>(all).data() == array);
#if defined(__cpp_lib_span)
    const std::span<int> standard(array);
    CHECK(length(standard) == 3);
    const std::span<const int> back(oms::span<const int>{standard});
    CHECK(back.size() == 3 && back.data() == array);
#endif
}

oms::config small() {
    oms::config config = oms::config_init();
    config.starting_balance = oms::money{INT64_C(1000000000000)};
    config.capacity.orders = 16;
    return config;
}

void results() {
    oms::engine none;
    const auto refused = none.account_get();
    CHECK(!refused && !refused.ok() && refused.code() == oms::status::e_null);
    CHECK(std::string(refused.text()) == oms_status_text(OMS_E_NULL));
    CHECK(none.quote(oms::quote{}).code() == oms::status::e_null);
    CHECK(none.now().value_or(oms::nanos{77}) == oms::nanos{77});
    auto engine = oms::engine::make(small());
    CHECK(engine && engine->raw() != nullptr && engine->owns_memory());
    CHECK(engine->now().value() == oms::nanos{0});
    CHECK(engine->now().value_or(oms::nanos{77}) == oms::nanos{0});
}

void moves() {
    oms::engine first = *oms::engine::make(small());
    oms_t *const raw = first.raw();
    CHECK(first.timer(oms::seconds(5)).ok());
    oms::engine second = std::move(first);
    CHECK(second.raw() == raw && *second.now() == oms::seconds(5));
    CHECK(first.raw() == nullptr && !first.owns_memory());
    CHECK(first.now().code() == oms::status::e_null);
    oms::engine third = *oms::engine::make(small());
    third = std::move(second);
    CHECK(third.raw() == raw && *third.now() == oms::seconds(5));
    oms::engine &same = third;
    third = std::move(same);
    CHECK(third.raw() == raw && *third.now() == oms::seconds(5));
    std::vector<oms::engine> many;
    for (int i = 0; i < 5; i++) many.push_back(*oms::engine::make(small()));
    for (oms::engine &engine : many) CHECK(engine.timer(oms::seconds(1)).ok());
}

void lent() {
    alignas(OMS_ALIGN) static unsigned char memory[OMS_STORAGE_BYTES(16, 16, 256, 256, 1024, 1024,
                                                                    128) +
                                                   OMS_SCOPES_BYTES(7, 64, 128)];
    const oms::config config = small();
    CHECK(oms::engine::in(memory, 64, config).code() == oms::status::e_size);
    CHECK(oms::engine::in(memory + 8, sizeof memory - 8, config).code() == oms::status::e_align);
    CHECK(oms::engine::in(nullptr, sizeof memory, config).code() == oms::status::e_null);
    oms_t *raw = nullptr;
    {
        oms::engine engine = *oms::engine::in(memory, sizeof memory, config);
        raw = engine.raw();
        CHECK(static_cast<void *>(raw) == memory && !engine.owns_memory());
        CHECK(engine.timer(oms::seconds(5)).ok());
    }
    // The memory is the caller's: what was in it is there when the engine object is gone.
    const oms::engine again = oms::engine::borrow(raw);
    CHECK(*again.now() == oms::seconds(5) && !again.owns_memory());

    const oms::breaker_config limits = oms::breaker_config_init();
    CHECK(oms::breaker_size(limits) <= sizeof memory);
    oms::breaker breaker = *oms::breaker::in(memory, sizeof memory, limits);
    oms::breaker moved = std::move(breaker);
    CHECK(*moved.is_operational(oms::nanos{1}) && breaker.raw() == nullptr);
    CHECK(!breaker.is_operational(oms::nanos{1}));
    oms::breaker_config wrong = limits;
    wrong.probe_size = oms::ratio{0};
    CHECK(oms::breaker::make(wrong).code() == oms::status::e_config);
}

#ifdef OMS_HPP_THROWS
template <class F> oms::status thrown(F &&f) {
    try {
        f();
    } catch (const oms::error &e) {
        CHECK(std::string(e.what()) == oms_status_text(static_cast<std::int32_t>(e.code())));
        return e.code();
    }
    return oms::status::ok;
}

void throwing() {
    oms::throwing::engine engine(small());
    oms::quote quote;
    CHECK(thrown([&] { engine.quote(quote); }) == oms::status::e_symbol);
    oms::symbol_define symbol;
    symbol.name = "ABC";
    symbol.tick_size = symbol.lot_size = {1, -2, 0};
    symbol.multiplier = symbol.conversion = {1, 0, 0};
    const oms::symbol_id made = engine.symbol_define(symbol);
    CHECK(made == oms::symbol_id{0});
    quote.bid = 100_ticks;
    quote.ask = 101_ticks;
    CHECK(engine.quote(quote).code() == oms::status::ok);
    const oms::account account = engine.account_get();
    CHECK(account.equity == oms::money{INT64_C(1000000000000)});
    CHECK(engine.symbol_get(made)->bid == 100_ticks);
    CHECK(thrown([&] { engine.order_get(oms::order_id{1}); }) == oms::status::e_unknown);
    oms::config wrong = small();
    wrong.money_exp = 3;
    CHECK(thrown([&] { oms::throwing::engine none(wrong); }) == oms::status::e_config);
    oms::throwing::engine moved = std::move(engine);
    CHECK(thrown([&] { engine.now(); }) == oms::status::e_null);
    CHECK(oms::nanos(moved.now()) == oms::nanos{0});
    // By choice, of an answer.
    CHECK(thrown([] { static_cast<void>(oms::engine::make(oms::config{}).value()); }) ==
          oms::status::e_size);
    CHECK(thrown([] { oms::engine{}.timer(oms::nanos{1}).value(); }) == oms::status::e_null);
    oms::throwing::breaker breaker(oms::breaker_config_init());
    CHECK(oms::trip(breaker.record_order(oms::nanos{1})).cause == oms::cause::none);
}
#endif

} // namespace

int main() {
    sets();
    names();
    ids();
    spans();
    results();
    moves();
    lent();
#ifdef OMS_HPP_THROWS
    throwing();
#endif
    if (failures) std::fprintf(stderr, "%d checks failed\n", failures.load());
    return failures ? 1 : 0;
}
