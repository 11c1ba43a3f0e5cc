/* The batch calls against single calls: two engines told the same stay the same, bad records among
 * the good ones; and what bad pointers and counts are answered. */
#include "common.h"

#define MOST 64
#define UNTOUCHED 77

static engine_t single, batched;
static uint64_t now = DAY;

static void same(void) {
    CHECK(digest_of(single.oms) == digest_of(batched.oms));
    CHECK(audited(single.oms) && audited(batched.oms));
}

/* The counts that every batch answers. */
static void counted(const int32_t *want, const int32_t *got, size_t count, oms_status_t status,
                    size_t taken) {
    oms_status_t sum = OMS_OK;
    size_t i, good = 0;
    for (i = 0; i < count; i++) {
        CHECK_EQ(want[i], got[i]);
        if (want[i] == OMS_MORE) sum = OMS_MORE;
        if (want[i] >= 0) good++;
    }
    CHECK_ST(status, sum);
    CHECK_EQ(taken, good);
    same();
}

static void quotes(const oms_quote_t *records, size_t count) {
    int32_t want[MOST], got[MOST];
    size_t i, taken = MOST + 1;
    oms_status_t status;
    for (i = 0; i < count; i++) want[i] = oms_quote(single.oms, &records[i]);
    status = oms_quote_batch(batched.oms, records, count, got, &taken);
    counted(want, got, count, status, taken);
}

static void reports(const oms_venue_report_t *records, size_t count) {
    int32_t want[MOST], got[MOST];
    size_t i, taken = MOST + 1;
    oms_status_t status;
    for (i = 0; i < count; i++) want[i] = oms_venue_report(single.oms, &records[i]);
    status = oms_venue_report_batch(batched.oms, records, count, got, &taken);
    counted(want, got, count, status, taken);
}

static void verdicts_agree(const int32_t *codes, const oms_verdict_t *want,
                           const oms_verdict_t *got, size_t count) {
    oms_verdict_t untouched;
    size_t i;
    memset(&untouched, UNTOUCHED, sizeof untouched);
    for (i = 0; i < count; i++) {
        CHECK(memcmp(&want[i], &got[i], sizeof got[i]) == 0);
        CHECK_EQ(codes[i] < 0, memcmp(&got[i], &untouched, sizeof untouched) == 0);
    }
}

static void checks(const oms_order_submit_t *records, size_t count) {
    int32_t want[MOST], got[MOST];
    oms_verdict_t alone[MOST], together[MOST];
    size_t i, taken = MOST + 1;
    oms_status_t status;
    memset(alone, UNTOUCHED, sizeof alone);
    memset(together, UNTOUCHED, sizeof together);
    for (i = 0; i < count; i++) want[i] = oms_order_check(single.oms, &records[i], &alone[i]);
    status = oms_order_check_batch(batched.oms, records, count, got, together, &taken);
    counted(want, got, count, status, taken);
    verdicts_agree(got, alone, together, count);
}

static void submits(const oms_order_submit_t *records, size_t count, oms_id_t *ids, int with_ids) {
    int32_t want[MOST], got[MOST];
    oms_verdict_t alone[MOST], together[MOST];
    oms_id_t others[MOST];
    size_t i, taken = MOST + 1;
    oms_status_t status;
    memset(alone, UNTOUCHED, sizeof alone);
    memset(together, UNTOUCHED, sizeof together);
    memset(ids, UNTOUCHED, count * sizeof *ids);
    memset(others, UNTOUCHED, sizeof others);
    for (i = 0; i < count; i++)
        want[i] = oms_order_submit(single.oms, &records[i], &alone[i], &ids[i]);
    status = oms_order_submit_batch(batched.oms, records, count, got, together,
                                    with_ids ? others : NULL, &taken);
    counted(want, got, count, status, taken);
    verdicts_agree(got, alone, together, count);
    if (with_ids) CHECK(memcmp(ids, others, count * sizeof *ids) == 0);
}

static void both_poll(void) {
    poll_drop(single.oms, now);
    poll_drop(batched.oms, now);
    same();
}

static void set_up(engine_t *engine) {
    oms_config_t config;
    oms_limits_set_t limits;
    config_small(&config);
    config.work_per_call = 2;
    engine_ready(engine, &config);
    limits_off(&limits, 0);
    limits.qty_max = 100;
    limits.long_max = 150;
    OK(oms_limits_set(engine->oms, &limits));
}

/* Orders, reports and quotes in batches, with records that are denied and refused among them. */
static void equality(void) {
    oms_order_submit_t orders[8];
    oms_venue_report_t acks[8];
    oms_quote_t falls[6];
    oms_id_t ids[8];
    size_t i;
    set_up(&single);
    set_up(&batched);
    for (i = 0; i < 8; i++)
        order_record(&orders[i], ++now, i + 1, OMS_SIDE_BUY, 40, 1000);
    orders[1].qty = 101;              /* denied by QTY */
    orders[2].header.kind = OMS_REQUEST_QUOTE; /* refused */
    orders[4].client_id = 4;          /* the order before it, but for its price: denied */
    orders[4].price = 999;
    orders[5].symbol = 9;             /* denied by SYMBOL */
    orders[6].reserved0 = 1;          /* refused */
    /* Alone each fits; together the last one is beyond long_max. */
    checks(orders, 8);
    submits(orders, 8, ids, 1);
    submits(orders, 8, ids, 0);       /* all again: OMS_EXISTS where it was taken */
    submits(orders, 8, ids, 1);
    both_poll();
    for (i = 0; i < 8; i++) {
        OMS_REQUEST_INIT(&acks[i], OMS_REQUEST_VENUE_REPORT);
        acks[i].header.now = ++now;
        acks[i].order = ids[0];
        acks[i].report = OMS_REPORT_FILL;
        acks[i].exec_id = i + 1;
        acks[i].qty = 5;
        acks[i].price = 1000;
    }
    acks[0].report = OMS_REPORT_ACK;
    acks[0].exec_id = 0;
    acks[0].qty = acks[0].price = 0;
    acks[3].exec_id = 2;              /* a duplicate */
    acks[3].header.now = acks[1].header.now;
    acks[4].order = 12345;            /* of nobody */
    acks[5].report = 99;              /* refused */
    reports(acks, 8);
    both_poll();

    /* Held stops that a falling price reaches: more than one call works off. */
    for (i = 0; i < 8; i++) {
        order_record(&orders[i], ++now, 100 + i, OMS_SIDE_SELL, 1, 0);
        orders[i].order_type = OMS_TYPE_STOP;
        orders[i].stop_price = 990 - (oms_ticks_t)i / 4;
    }
    submits(orders, 8, ids, 1);
    for (i = 0; i < 6; i++) {
        OMS_REQUEST_INIT(&falls[i], OMS_REQUEST_QUOTE);
        falls[i].header.now = ++now;
        falls[i].bid = 992 - (oms_ticks_t)i;
        falls[i].ask = falls[i].bid + 10;
    }
    falls[1].ask = falls[1].bid - 1;  /* refused */
    quotes(falls, 6);
    while (drain(single.oms, now) == OMS_MORE) CHECK_ST(drain(batched.oms, now), OMS_MORE);
    OK(drain(batched.oms, now));
    same();
    both_poll();
    CHECK_EQ(account_of(batched.oms).accepted, account_of(single.oms).accepted);
    quotes(falls, 0);
    submits(orders, 0, ids, 1);
    engine_free(&single);
    engine_free(&batched);
}

/* Whatever is answered, nothing is written and nothing changes. */
static void bad_pointers(void) {
    static const size_t huge[] = {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / sizeof(oms_quote_t) + 1};
    static char room[2 * sizeof(oms_order_submit_t)];
    oms_quote_t q;
    oms_venue_report_t r;
    oms_order_submit_t o;
    oms_verdict_t v;
    oms_id_t id = UNTOUCHED;
    int32_t s = UNTOUCHED;
    size_t taken = UNTOUCHED, i;
    uint64_t before;
    oms_t *oms, *none = NULL;
    const void *odd = (const char *)(const void *)room + 1;
    oms_t *stranger;
    void *raw, *memory = aligned_memory(4096, &raw);
    memset(memory, 0, 4096);
    stranger = (oms_t *)memory;
    set_up(&single);
    oms = single.oms;
    before = digest_of(oms);
    OMS_REQUEST_INIT(&q, OMS_REQUEST_QUOTE);
    q.header.now = DAY;
    q.bid = 1;
    q.ask = 2;
    OMS_REQUEST_INIT(&r, OMS_REQUEST_VENUE_REPORT);
    order_record(&o, DAY, 1, OMS_SIDE_BUY, 1, 1000);
    memset(&v, UNTOUCHED, sizeof v);

    CHECK_ST(oms_quote_batch(none, &q, 1, &s, &taken), OMS_E_NULL);
    CHECK_ST(oms_quote_batch(oms, NULL, 1, &s, &taken), OMS_E_NULL);
    CHECK_ST(oms_quote_batch(oms, &q, 1, NULL, &taken), OMS_E_NULL);
    CHECK_ST(oms_quote_batch(oms, (const oms_quote_t *)odd, 1, &s, &taken), OMS_E_ALIGN);
    CHECK_ST(oms_quote_batch(oms, (const oms_quote_t *)odd, 1, NULL, &taken), OMS_E_NULL);
    CHECK_ST(oms_quote_batch(oms, &q, 1, (int32_t *)(uintptr_t)odd, &taken), OMS_E_ALIGN);
    CHECK_ST(oms_quote_batch(oms, &q, 1, &s, (size_t *)(uintptr_t)odd), OMS_E_ALIGN);
    CHECK_ST(oms_quote_batch(stranger, &q, 1, &s, &taken), OMS_E_HANDLE);
    CHECK_ST(oms_venue_report_batch(oms, NULL, 1, &s, &taken), OMS_E_NULL);
    CHECK_ST(oms_venue_report_batch(oms, &r, 1, NULL, &taken), OMS_E_NULL);
    CHECK_ST(oms_venue_report_batch(stranger, &r, 1, &s, &taken), OMS_E_HANDLE);
    CHECK_ST(oms_order_check_batch(none, &o, 1, &s, &v, &taken), OMS_E_NULL);
    CHECK_ST(oms_order_check_batch(oms, &o, 1, &s, NULL, &taken), OMS_E_NULL);
    CHECK_ST(oms_order_check_batch(oms, &o, 1, NULL, &v, &taken), OMS_E_NULL);
    CHECK_ST(oms_order_check_batch(oms, &o, 1, &s, (oms_verdict_t *)(uintptr_t)odd, &taken),
             OMS_E_ALIGN);
    CHECK_ST(oms_order_check_batch(stranger, &o, 1, &s, &v, &taken), OMS_E_HANDLE);
    CHECK_ST(oms_order_submit_batch(none, &o, 1, &s, &v, &id, &taken), OMS_E_NULL);
    CHECK_ST(oms_order_submit_batch(oms, NULL, 1, &s, &v, &id, &taken), OMS_E_NULL);
    CHECK_ST(oms_order_submit_batch(oms, &o, 1, NULL, &v, &id, &taken), OMS_E_NULL);
    CHECK_ST(oms_order_submit_batch(oms, &o, 1, &s, NULL, &id, &taken), OMS_E_NULL);
    CHECK_ST(oms_order_submit_batch(oms, &o, 1, &s, &v, (oms_id_t *)(uintptr_t)odd, &taken),
             OMS_E_ALIGN);
    CHECK_ST(oms_order_submit_batch(stranger, &o, 1, &s, &v, &id, &taken), OMS_E_HANDLE);
    for (i = 0; i < COUNT(huge); i++) {
        CHECK_ST(oms_quote_batch(oms, &q, huge[i], &s, &taken), OMS_E_RANGE);
        CHECK_ST(oms_venue_report_batch(oms, &r, huge[i], &s, &taken), OMS_E_RANGE);
        CHECK_ST(oms_order_check_batch(oms, &o, huge[i], &s, &v, &taken), OMS_E_RANGE);
        CHECK_ST(oms_order_submit_batch(oms, &o, huge[i], &s, &v, &id, &taken), OMS_E_RANGE);
    }
    CHECK(digest_of(oms) == before);
    CHECK(taken == UNTOUCHED && s == UNTOUCHED && id == UNTOUCHED);
    CHECK_EQ(v.mask, UINT64_C(0x4d4d4d4d4d4d4d4d));

    /* Nothing at all is a batch too; and what is not asked for is not written. */
    OK(oms_quote_batch(oms, NULL, 0, NULL, &taken));
    CHECK_EQ(taken, 0);
    OK(oms_venue_report_batch(oms, NULL, 0, NULL, NULL));
    OK(oms_order_check_batch(oms, NULL, 0, NULL, NULL, NULL));
    OK(oms_order_submit_batch(oms, NULL, 0, NULL, NULL, NULL, NULL));
    CHECK(digest_of(oms) == before);
    OK(oms_quote_batch(oms, &q, 1, &s, NULL));
    CHECK_EQ(s, OMS_OK);
    OK(oms_order_submit_batch(oms, &o, 1, &s, &v, NULL, NULL));
    CHECK_EQ(s, OMS_OK);
    CHECK(digest_of(oms) != before);
    engine_free(&single);
    free(raw);
}

int main(void) {
    equality();
    bad_pointers();
    return check_result();
}
