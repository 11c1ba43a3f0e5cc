"""The engine through `oms`: an order's life, batches, errors, memory."""

import copy
import gc
import pickle
import unittest

import oms

ONE = {"mantissa": 1}


def engine(**fields):
    """An engine with one symbol and no limits but the breaker's defaults."""
    made = oms.Engine(starting_balance=10**12, clock=lambda: 1000, **fields)
    made.symbol_define(
        name="BTC-EUR", tick_size={"mantissa": 1, "exponent": -2},
        lot_size={"mantissa": 1, "exponent": -3}, multiplier=ONE, conversion=ONE,
    )
    made.limits_set(oms.limits_off())
    made.scope_limits_set(oms.scope_limits_off())
    return made


def market(made, client_id, side=oms.Side.BUY, qty=10):
    """Submits a market order."""
    return made.order_submit(
        symbol=0, client_id=client_id, side=side, qty=qty, order_type=oms.OrderType.MARKET
    )


class Life(unittest.TestCase):
    def test_an_order_from_submission_to_position(self):
        e = engine()
        self.assertEqual(e.quote(symbol=0, bid=1000, ask=1010), oms.Status.OK)
        said = market(e, 7)
        self.assertEqual(said.status, oms.Status.OK)
        self.assertFalse(said.verdict.denied)
        self.assertEqual(e.order_get(said.order).status, oms.OrderStatus.PENDING)
        polled = e.poll()
        (command,) = polled.commands
        self.assertEqual((command.kind, command.order), (oms.CommandKind.NEW, said.order))
        self.assertFalse(polled.more)
        e.venue_report(order=said.order, report=oms.ReportKind.ACK)
        e.venue_report(
            client_id=7, report=oms.ReportKind.FILL, exec_id=1, qty=10, price=1010, commission=3
        )
        order = e.order_get(client_id=7)
        self.assertEqual(order.status, oms.OrderStatus.FILLED)
        self.assertEqual(order.notional, 10100)
        self.assertEqual(order.facts, oms.OrderFacts.SENT | oms.OrderFacts.ACKED)
        position = e.position_net(0)
        self.assertEqual((position.qty, position.side), (10, oms.PositionSide.LONG))
        self.assertEqual(e.statistics_get(0).executions, 1)
        events, log = e.order_log(said.order)
        self.assertEqual([x.kind.name for x in events if x.kind.name == "ORDER_FILL"],
                         ["ORDER_FILL"])
        self.assertEqual((log.count, log.more), (len(events), 0))
        self.assertEqual(e.audit().item, oms.AuditItem.NONE)
        self.assertEqual(e.now(), 1000)

    def test_apply_takes_any_record(self):
        e = engine()
        status, _ = e.apply(oms.Quote(symbol=0, bid=1000, ask=1010, now=1001))
        self.assertEqual(status, oms.Status.OK)
        status, answer = e.apply(
            oms.OrderSubmit(symbol=0, client_id=1, side=1, qty=1, order_type=1, now=1002)
        )
        self.assertEqual(e.order_get(answer.id).client_id, 1)

    def test_modes_fill_by_themselves(self):
        for mode in (oms.Mode.PAPER, oms.Mode.BACKTEST):
            e = engine(mode=mode)
            e.quote(symbol=0, bid=1000, ask=1010)
            order = e.order_get(market(e, 1).order)
            self.assertEqual((order.status, order.avg_price), (oms.OrderStatus.FILLED, 1010))
            self.assertEqual(e.poll().commands, [])
            self.assertEqual(e.execution_stats_get(0).executed, 1)

    def test_wide_numbers_keep_their_sign(self):
        record = oms.OrderAdopt()
        for value in (0, 1, -1, 2**64, -(2**64) - 5, 2**126, -(2**127)):
            record.notional = value
            self.assertEqual(record.notional, value)

    def test_scopes_by_name(self):
        e = engine()
        number = e.scope_define(name="DESK").scope
        self.assertEqual(e.scope_by_name("DESK"), number)
        with self.assertRaises(oms.OmsError):
            e.scope_by_name("NONE")


class Batches(unittest.TestCase):
    def test_quotes_of_many_symbols_in_one_call(self):
        e = oms.Engine(starting_balance=10**9, capacity={"symbols": 100, "positions": 100})
        for i in range(100):
            e.symbol_define(
                name=f"S{i}", tick_size=ONE, lot_size=ONE, multiplier=ONE, conversion=ONE
            )
        quotes = e.prices(range(100))
        oms.set_prices(quotes, range(1, 101), range(2, 102), 5)
        quotes[3].symbol = 999
        said = e.quote_batch(quotes)
        self.assertEqual(said.taken, 99)
        self.assertEqual(said.statuses[3], oms.Status.E_SYMBOL)
        self.assertEqual(e.symbol_get(99).ask, 101)

    def test_orders_and_reports(self):
        e = engine()
        orders = oms.Array(oms.OrderSubmit, 3)
        for i, order in enumerate(orders):
            order.set({"now": 1000, "symbol": 0, "client_id": i + 1, "side": 1, "qty": i,
                       "order_type": 1})
        checked = e.order_check_batch(orders)
        self.assertEqual([v.denied for v in checked.verdicts], [1, 0, 0])
        sent = e.order_submit_batch(orders)
        self.assertEqual([bool(o) for o in sent.orders], [False, True, True])
        self.assertEqual(sent.verdicts[0].first, oms.Check.FIELDS)
        e.poll()
        reports = oms.Array(oms.VenueReport, 2)
        for report, order in zip(reports, sent.orders[1:]):
            report.set({"now": 1001, "order": order, "report": oms.ReportKind.ACK})
        self.assertEqual(e.venue_report_batch(reports).statuses, [0, 0])

    def test_columns(self):
        quotes = oms.Array(oms.Quote, 2)
        with self.assertRaises(TypeError):
            quotes.column("symbol")
        with self.assertRaises(IndexError):
            quotes[2]
        self.assertEqual(quotes[-1].to_dict()["bid"], 0)


class Errors(unittest.TestCase):
    def test_a_refusal_says_what_and_what_to_do(self):
        e = engine()
        before = e.digest()
        with self.assertRaises(oms.OmsError) as caught:
            e.quote(symbol=3, bid=1, ask=2)
        error = caught.exception
        self.assertEqual((error.status, error.name), (oms.Status.E_SYMBOL, "E_SYMBOL"))
        self.assertEqual(error.request.symbol, 3)
        for part in ("oms_quote", "no such symbol", "symbol=3", "What to do"):
            self.assertIn(part, str(error))
        self.assertEqual(e.digest(), before)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual(str(again), str(error))

    def test_every_code_has_advice(self):
        for status in oms.Status:
            if status < 0 and status not in (oms.Status.E_HANDLE, oms.Status.E_ALIGN):
                self.assertNotEqual(
                    oms.OmsError("oms_x", status).advice, "see help of the function", status.name
                )

    def test_a_full_table_says_its_limit(self):
        e = engine(capacity={"symbols": 1, "positions": 1})
        with self.assertRaises(oms.OmsError) as caught:
            e.symbol_define(
                name="B", tick_size=ONE, lot_size=ONE, multiplier=ONE, conversion=ONE
            )
        self.assertEqual(caught.exception.status, oms.Status.E_CAPACITY)
        self.assertEqual((caught.exception.value, caught.exception.limit), ("1 in use", 1))

    def test_a_denial_is_no_error_and_can_be_one(self):
        e = engine()
        limits = oms.limits_off()
        limits.qty_max = 5
        e.limits_set(limits)
        verdict = market(e, 1, qty=6).verdict
        error = oms.Denied(verdict)
        self.assertEqual((error.check, error.limit, error.observed), (oms.Check.QTY, 5, 6))
        self.assertIn("observed 6 lots, limit 5 lots", str(error))
        self.assertEqual(pickle.loads(pickle.dumps(error)).name, "QTY")

    def test_a_bad_configuration_names_the_field(self):
        config = oms.config_init(money_exp=3)
        self.assertEqual(oms.config_check(config), oms.ConfigField.MONEY_EXP)
        with self.assertRaisesRegex(oms.OmsError, "MONEY_EXP"):
            oms.Engine(config)
        self.assertEqual(oms.config_check(oms.config_init(starting_balance=1)),
                         oms.ConfigField.NONE)
        fees = oms.fees_init(oms.FeePlan.STANDARD)
        fees.maker = 2 * 10**9
        self.assertEqual(oms.fees_check(fees), oms.SimField.MAKER)

    def test_what_is_misspelt_or_does_not_fit(self):
        e = engine()
        with self.assertRaisesRegex(TypeError, "no field 'sybmol'.*symbol"):
            e.quote(sybmol=0)
        with self.assertRaisesRegex(TypeError, "not both"):
            e.quote(oms.Quote(), symbol=1)
        with self.assertRaisesRegex(TypeError, "Quote is needed"):
            e.quote(oms.Trade())
        with self.assertRaisesRegex(OverflowError, "Quote.bid"):
            oms.Quote(bid=2**63)
        with self.assertRaisesRegex(ValueError, "at most 31"):
            oms.SymbolDefine(name="X" * 32)


class Memory(unittest.TestCase):
    def test_the_engine_keeps_its_memory_and_goes_with_it(self):
        engines = [engine() for _ in range(20)]
        first = engines[0]
        del engines
        gc.collect()
        first.quote(symbol=0, bid=1, ask=2)
        self.assertEqual(first.audit().item, oms.AuditItem.NONE)

    def test_a_part_keeps_the_whole(self):
        capacity = oms.config_init().capacity
        gc.collect()
        self.assertEqual(capacity.orders, 1024)

    def test_records_copy_and_pickle_engines_do_not(self):
        quote = oms.Quote(symbol=1, bid=5, ask=6, now=9)
        for other in (pickle.loads(pickle.dumps(quote)), copy.deepcopy(quote), quote.copy()):
            self.assertEqual(other, quote)
            other.bid = 4
            self.assertNotEqual(other, quote)
        for call in (pickle.dumps, copy.copy, copy.deepcopy):
            with self.assertRaisesRegex(TypeError, "configuration"):
                call(engine())
        again = oms.Engine(engine().config_get())
        self.assertEqual(again.config_get().starting_balance, 10**12)


class Alone(unittest.TestCase):
    def test_the_breaker(self):
        b = oms.Breaker(consecutive_losses=2)
        self.assertEqual(b.record_trade(1, -5).cause, oms.Cause.NONE)
        trip = b.record_trade(2, -5)
        self.assertEqual((trip.cause, trip.observed), (oms.Cause.CONSECUTIVE_LOSSES, 2))
        self.assertEqual(b.is_operational(3), 0)
        self.assertEqual(b.status(3).state, oms.BreakerState.OPEN)
        b.reset(4)
        self.assertEqual(b.is_operational(4), 1)
        with self.assertRaises(oms.OmsError):
            oms.Breaker(consecutive_losses=0)

    def test_slippage_fees_and_depth(self):
        model = oms.slippage_init(oms.SlippageModel.FIXED)
        order = oms.SlippageOrder(side=oms.Side.BUY, price=100_000, size=1)
        self.assertEqual(oms.slippage_price(model, order), 100_050)
        fees = oms.fees_init(oms.FeePlan.STANDARD)
        self.assertEqual(oms.fee(fees, 10_000, 1, oms.Liquidity.TAKER, 0), 10)
        fill = oms.slippage_depth(oms.Side.BUY, [(100, 5), (101, 5)], 7, 200)
        self.assertEqual((fill.filled, fill.value, fill.worst), (7, 702, 101))
        volume = oms.FeeVolume()
        oms.fee_volume_add(volume, 1, 40)
        self.assertEqual(oms.fee_volume_get(volume, 2), 40)


if __name__ == "__main__":
    unittest.main()
