/* Slippage, sizes, fees: the numbers of the sources, what is refused, and the same bits. */
#include "common.h"

static oms_slippage_t model;
static oms_slippage_order_t order;

static void use(oms_slippage_model_t number) {
    OK(oms_slippage_init(number, &model));
    OK(oms_slippage_check(&model, NULL));
    model.noise = 0;
}

/* The price of an order of so many millionths of the volume, at 50 000 ticks. */
static oms_ticks_t price_of(oms_side_t side, uint64_t millionths) {
    oms_ticks_t price = 0;
    memset(&order, 0, sizeof order);
    order.side = side;
    order.price = 50000;
    order.size = millionths * 1000;
    order.volume = 1000000000;
    OK(oms_slippage_price(&model, &order, &price));
    return price;
}

static void numbers(void) {
    static const struct {
        oms_slippage_model_t model;
        uint64_t millionths;
        oms_ticks_t move;
    } rows[] = {
        {OMS_SLIPPAGE_FIXED, 10000, 25},       {OMS_SLIPPAGE_VOLUME, 10000, 50},
        {OMS_SLIPPAGE_VOLUME, 900000, 250},    {OMS_SLIPPAGE_SPREAD, 10000, 5},
        {OMS_SLIPPAGE_REALISTIC, 10000, 30},   {OMS_SLIPPAGE_VOLUME_SHARE, 900000, 4},
        {OMS_SLIPPAGE_SQUARE_ROOT, 10000, 100}, {OMS_SLIPPAGE_ALMGREN, 10000, 9},
    };
    size_t n;
    for (n = 0; n < COUNT(rows); n++) {
        check_about(oms_slippage_model_name(rows[n].model));
        use(rows[n].model);
        CHECK_EQ(price_of(OMS_SIDE_BUY, rows[n].millionths), 50000 + rows[n].move);
        CHECK_EQ(price_of(OMS_SIDE_SELL, rows[n].millionths), 50000 - rows[n].move);
    }
    check_about(NULL);
}

/* Quotes: from their mid, with their spread, never better than the opposite best. */
static void quotes(void) {
    oms_ticks_t price;
    use(OMS_SLIPPAGE_REALISTIC);
    (void)price_of(OMS_SIDE_BUY, 10000);
    order.flags = OMS_SLIPPAGE_FLAG_QUOTED;
    order.bid = 49975;
    order.ask = 50025;
    OK(oms_slippage_price(&model, &order, &price));
    CHECK_EQ(price, 50050);
    order.flags |= OMS_SLIPPAGE_FLAG_LIMITED;
    order.limit = 50030;
    OK(oms_slippage_price(&model, &order, &price));
    CHECK_EQ(price, 50030);
    order.side = OMS_SIDE_SELL;
    OK(oms_slippage_price(&model, &order, &price));
    CHECK_EQ(price, 50030);
    order.limit = INT64_MIN;
    OK(oms_slippage_price(&model, &order, &price));
    CHECK_EQ(price, 49950);
    model.noise = OMS_BPS(100);
    for (order.number = 0; order.number < 1000; order.number++) {
        OK(oms_slippage_price(&model, &order, &price));
        CHECK(price <= 49975);
    }
}

/* The first prices of the default seed: the same with every compiler and on every machine. */
static void bits(void) {
    static const oms_ticks_t first[] = {5002257, 5003175, 5001830, 5003954,
                                        5001354, 5002903, 5003544, 5003749};
    size_t n;
    OK(oms_slippage_init(OMS_SLIPPAGE_REALISTIC, &model));
    (void)price_of(OMS_SIDE_BUY, 10000);
    order.price = 5000000;
    for (n = 0; n < COUNT(first); n++) {
        oms_ticks_t price = 0, again = 1;
        order.number = n;
        OK(oms_slippage_price(&model, &order, &price));
        OK(oms_slippage_price(&model, &order, &again));
        CHECK_EQ(price, first[n]);
        CHECK_EQ(price, again);
    }
}

static void refusals(void) {
    oms_ticks_t price = 77;
    uint32_t field = 99;
    oms_slippage_t kept;
    use(OMS_SLIPPAGE_REALISTIC);
    kept = model;
    CHECK_ST(oms_slippage_init(0, &model), OMS_E_ENUM);
    CHECK_ST(oms_slippage_init(9, &model), OMS_E_ENUM);
    CHECK_ST(oms_slippage_init(257, &model), OMS_E_ENUM);
    CHECK(memcmp(&kept, &model, sizeof model) == 0);
    OK(oms_slippage_check(&model, &field));
    CHECK_EQ(field, OMS_SIM_FIELD_NONE);
    model.noise = -1;
    CHECK_ST(oms_slippage_check(&model, &field), OMS_E_CONFIG);
    CHECK_EQ(field, OMS_SIM_FIELD_NOISE);
    (void)memset(&order, 0, sizeof order);
    order.volume = 1;
    CHECK_ST(oms_slippage_price(&model, &order, &price), OMS_E_ENUM);
    order.side = OMS_SIDE_BUY;
    CHECK_ST(oms_slippage_price(&model, &order, &price), OMS_E_RANGE);
    model = kept;
    order.flags = 4;
    CHECK_ST(oms_slippage_price(&model, &order, &price), OMS_E_ENUM);
    order.flags = OMS_SLIPPAGE_FLAG_QUOTED;
    order.bid = 1;
    CHECK_ST(oms_slippage_price(&model, &order, &price), OMS_E_PRICE);
    order.ask = INT64_MAX;
    CHECK_ST(oms_slippage_price(&model, &order, &price), OMS_E_PRICE);
    order.ask = 1;
    model.model = 0;
    CHECK_ST(oms_slippage_price(&model, &order, &price), OMS_E_ENUM);
    model.model = OMS_SLIPPAGE_DEPTH;
    CHECK_ST(oms_slippage_price(&model, &order, &price), OMS_E_STATE);
    model.model = OMS_SLIPPAGE_ALMGREN;
    order.volume = 0;
    CHECK_ST(oms_slippage_price(&model, &order, &price), OMS_E_RANGE);
    CHECK_EQ(price, 77);
}

static void sizes(void) {
    oms_order_size_t said;
    oms_ratio_t estimate = 0;
    use(OMS_SLIPPAGE_REALISTIC);
    OK(oms_slippage_worst_case(&model, 1, 100, &estimate));
    CHECK_EQ(estimate, OMS_BPS(6));
    CHECK_ST(oms_slippage_worst_case(&model, 1, 0, &estimate), OMS_E_RANGE);
    OK(oms_order_size_check(&model, 5, 100, OMS_BPS(50), &said));
    CHECK_EQ(said.code, OMS_SIZE_OK);
    CHECK_EQ(said.estimate, OMS_BPS(26));
    OK(oms_order_size_check(&model, 5, 100, OMS_BPS(26) - 1, &said));
    CHECK_EQ(said.code, OMS_SIZE_SLIPPAGE_TOO_HIGH);
    CHECK_EQ(said.estimate_max, OMS_BPS(26) - 1);
    OK(oms_order_size_check(&model, 6, 100, OMS_OFF, &said));
    CHECK_EQ(said.code, OMS_SIZE_TOO_LARGE);
    CHECK_EQ(said.participation, OMS_PCT(6));
    CHECK_EQ(said.participation_max, OMS_PCT(5));
    OK(oms_order_size_check(&model, 6, 0, OMS_OFF, &said));
    CHECK_EQ(said.code, OMS_SIZE_NO_VOLUME);
}

static void depth(void) {
    static const oms_depth_level_t asks[] = {{100, 5}, {101, 10}, {103, 1}};
    oms_depth_fill_t fill;
    oms_lots_t most = 0;
    OK(oms_slippage_depth(OMS_SIDE_BUY, asks, COUNT(asks), 15, INT64_MAX, &fill));
    CHECK_EQ(fill.filled, 15);
    CHECK_EQ(fill.price, 100);
    CHECK_EQ(fill.parts, 666666667);
    CHECK_EQ(fill.exact, 0);
    CHECK_EQ(fill.worst, 101);
    CHECK_EQ(fill.levels, 2);
    CHECK(fill.value.hi == 0 && fill.value.lo == 1510);
    OK(oms_slippage_depth(OMS_SIDE_BUY, asks, COUNT(asks), 15, 100, &fill));
    CHECK_EQ(fill.filled, 5);
    OK(oms_slippage_depth(OMS_SIDE_SELL, NULL, 0, 15, INT64_MIN, &fill));
    CHECK_EQ(fill.filled, 0);
    CHECK_ST(oms_slippage_depth(OMS_SIDE_SELL, asks, COUNT(asks), 15, INT64_MIN, &fill),
             OMS_E_PRICE);
    CHECK_ST(oms_slippage_depth(OMS_SIDE_BUY, asks, COUNT(asks), 0, INT64_MAX, &fill),
             OMS_E_BAD_QTY);
    CHECK_ST(oms_slippage_depth(0, asks, COUNT(asks), 1, INT64_MAX, &fill), OMS_E_ENUM);
    CHECK_ST(oms_slippage_depth(OMS_SIDE_BUY, asks, SIZE_MAX, 1, INT64_MAX, &fill), OMS_E_RANGE);
    use(OMS_SLIPPAGE_VOLUME_SHARE);
    OK(oms_slippage_fill_max(&model, 1000, 20, 100, &most));
    CHECK_EQ(most, 5);
}

static void fees(void) {
    oms_fees_t plan;
    oms_fee_volume_t volume;
    oms_money_t fee = 0;
    uint64_t traded = 0;
    uint32_t field = 99;
    CHECK_ST(oms_fees_init(4, &plan), OMS_E_ENUM);
    OK(oms_fees_init(OMS_FEES_VIP1, &plan));
    OK(oms_fee(&plan, 1000000, 1, OMS_LIQUIDITY_TAKER, 0, &fee));
    CHECK_EQ(fee, 900);
    OK(oms_fee(&plan, -1, -1, OMS_LIQUIDITY_MAKER, 0, &fee));
    CHECK_EQ(fee, 1);
    CHECK_ST(oms_fee(&plan, 1, 1, 3, 0, &fee), OMS_E_ENUM);
    plan.tier_count = 1;
    CHECK_ST(oms_fees_check(&plan, &field), OMS_E_CONFIG);
    CHECK_EQ(field, OMS_SIM_FIELD_TIER_VOLUME);
    plan.tiers[0].volume = 300;
    plan.tiers[0].maker = -OMS_BPS(1);
    plan.tiers[0].taker = OMS_BPS(5);
    OK(oms_fees_check(&plan, &field));
    CHECK_EQ(field, OMS_SIM_FIELD_NONE);
    memset(&volume, 0, sizeof volume);
    OK(oms_fee_volume_add(&volume, 3 * DAY, 200));
    OK(oms_fee_volume_add(&volume, 4 * DAY, 100));
    OK(oms_fee_volume_get(&volume, 33 * DAY - 1, &traded));
    CHECK_EQ(traded, 300);
    OK(oms_fee(&plan, 1000000, 1, OMS_LIQUIDITY_MAKER, traded, &fee));
    CHECK_EQ(fee, -100);
    OK(oms_fee_volume_get(&volume, 33 * DAY, &traded));
    CHECK_EQ(traded, 100);
    OK(oms_fee(&plan, 1000000, 1, OMS_LIQUIDITY_UNKNOWN, traded, &fee));
    CHECK_EQ(fee, 900);
    plan.per_lot = INT64_MAX;
    CHECK_ST(oms_fee(&plan, 1, 2, OMS_LIQUIDITY_TAKER, 0, &fee), OMS_E_RANGE);
}

int main(void) {
    numbers();
    quotes();
    bits();
    refusals();
    sizes();
    depth();
    fees();
    return check_result();
}
