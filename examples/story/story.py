"""One trading day in twenty calls: open, protect, trip, reset, report. README.md beside this file
says what each line is; the same story is told in other languages, with equal names and lines."""

from __future__ import annotations

import oms

SECOND = 1_000_000_000
MONEY = 1_000_000  # money has six decimals


class Day:
    """The engine, its symbol, and the story's clock: a second from step to step."""

    def __init__(self) -> None:
        self.now = 0
        self.order = 0
        self.engine = self.start()
        self.symbol = self.define_symbol()

    def tick(self) -> int:
        """A second passes."""
        self.now += SECOND
        return self.now

    def start(self) -> oms.Engine:
        """An engine of the smallest kind: one symbol, a loss of 2000 a day stops it until someone
        has looked."""
        config = oms.config_init(
            capacity={"orders": 64, "symbols": 1, "positions": 8, "triggers": 8, "events": 256,
                      "executions": 64, "rate": 16, "scopes": 1, "books": 0},
            starting_balance=100_000 * MONEY,
            breaker={
                "daily_loss_money": 2000 * MONEY,
                "orders_per_hour": oms.OFF,
                "flags": oms.BreakerFlags.MANUAL_RESET | oms.BreakerFlags.REALISED_ONLY,
            },
        )
        print(f"start: balance {config.starting_balance}")
        return oms.Engine(config, clock=lambda: self.now)

    def define_symbol(self) -> int:
        """BTC/USD, a tick of 0.01, a lot of 0.001: one tick of one lot is 10 units of money."""
        request = oms.SymbolDefine(
            now=self.now,
            name="BTC/USD",
            tick_size={"mantissa": 1, "exponent": -2},
            lot_size={"mantissa": 1, "exponent": -3},
            multiplier={"mantissa": 1},
            conversion={"mantissa": 1},
        )
        symbol = self.engine.symbol_define(request).symbol
        print(f"symbol: {request.name}")
        return symbol

    def set_limits(self) -> None:
        """The largest quantity, no short position, a collar."""
        request = oms.limits_off()
        request.set({"now": self.now, "symbol": self.symbol, "qty_max": 5000, "long_max": 5000,
                     "short_max": 0, "collar_ratio": oms.pct(3)})
        self.engine.limits_set(request)
        firm = oms.scope_limits_off()
        firm.now = self.now
        self.engine.scope_limits_set(firm)
        print(f"limits: qty {request.qty_max}, long {request.long_max}, "
              f"short {request.short_max}, collar {request.collar_ratio}")

    def poll(self) -> None:
        """Hands out what waits: commands for the venue, then events."""
        polled = self.engine.poll(max_commands=8, max_events=32)
        for c in polled.commands:
            print(f"  command {oms.command_name(c.kind)}: {oms.side_name(c.side)} "
                  f"{oms.order_type_name(c.order_type)}, qty {c.qty}, price {c.price}")
            self.order = c.order
        for e in polled.events:
            print(f"  event {oms.event_name(e.kind)}: code {e.code}, qty {e.qty}, "
                  f"price {e.price}, value {e.value}")

    def quote(self, bid: int, ask: int) -> None:
        """Best bid and ask."""
        self.engine.quote(now=self.tick(), symbol=self.symbol, bid=bid, ask=ask)
        print(f"quote: {bid} {ask}")

    def submit(self, client_id: int, qty: int, price: int) -> None:
        """A limit order that buys."""
        said = self.engine.order_submit(
            now=self.tick(), client_id=client_id, symbol=self.symbol, side=oms.Side.BUY,
            order_type=oms.OrderType.LIMIT, time_in_force=oms.TimeInForce.GTC, qty=qty,
            price=price,
        )
        verdict = said.verdict
        if verdict.denied:
            print(f"submit {client_id}: denied by {oms.check_name(verdict.first)}, "
                  f"limit {verdict.limit}, observed {verdict.observed}")
        else:
            print(f"submit {client_id}: accepted")

    def report(self, report: int, exec_id: int = 0, qty: int = 0, price: int = 0,
               commission: int = 0) -> None:
        """What the venue says of an order, and what the order is then."""
        self.engine.venue_report(
            now=self.tick(), order=self.order, report=report, exec_id=exec_id, qty=qty,
            price=price, commission=commission,
        )
        order = self.engine.order_get(self.order)
        print(f"report {oms.report_name(report)}: order {oms.order_status_name(order.status)}, "
              f"filled {order.cum_qty} of {order.order_qty}")

    def show_position(self, p: oms.Position) -> None:
        """The money of a position, and how it ended."""
        print(f"position: {oms.position_side_name(p.side)}, qty {p.qty}, entry {p.entry_price}, "
              f"realised {p.realised}, unrealised {p.unrealised}, commission {p.commission}, "
              f"exit {oms.exit_reason_name(p.exit)}")

    def show_breaker(self) -> None:
        """Where the breaker stands."""
        status = self.engine.risk_get(0)
        print(f"breaker: {oms.breaker_state_name(status.state)}, "
              f"cause {oms.cause_name(status.cause)}, equity {status.equity}, "
              f"session {status.session_pnl}")

    def open_position(self) -> int:
        """Buys two coins; the venue executes them in two parts."""
        self.quote(5_000_000, 5_000_100)
        self.submit(1, 2000, 5_000_100)
        self.poll()
        self.report(oms.ReportKind.ACK)
        self.report(oms.ReportKind.FILL, 101, 1200, 5_000_100, 30 * MONEY)
        self.report(oms.ReportKind.FILL, 102, 800, 5_000_000, 20 * MONEY)
        self.poll()
        position = self.engine.position_net(self.symbol)
        self.show_position(position)
        return position.position

    def arm(self, position: int, kind: int, level: int) -> None:
        """A trigger that closes the whole position."""
        armed = self.engine.trigger_arm(
            now=self.tick(), position=position, kind=kind, action=oms.TriggerAction.CLOSE,
            level=level,
        )
        trigger = self.engine.trigger_get(armed.trigger)
        print(f"arm {oms.trigger_kind_name(trigger.kind)}: "
              f"{oms.trigger_state_name(trigger.state)} at {trigger.level}")

    def protect(self, position: int) -> None:
        """A stop below and a target above: each closes the whole position when it fires."""
        self.arm(position, oms.TriggerKind.STOP_LOSS, 4_900_000)
        self.arm(position, oms.TriggerKind.TAKE_PROFIT, 5_200_000)

    def trip(self, position: int) -> None:
        """The market rises, then falls through the stop; the closing order is filled below it."""
        self.quote(5_100_000, 5_100_100)
        self.show_position(self.engine.position_get(position))
        self.quote(4_899_900, 4_900_000)
        self.poll()
        self.report(oms.ReportKind.ACK)
        self.report(oms.ReportKind.FILL, 103, 2000, 4_899_000, 49 * MONEY)
        self.poll()
        self.show_position(self.engine.position_get(position))
        self.show_breaker()
        self.submit(2, 100, 4_900_000)
        self.poll()

    def reset(self) -> None:
        """Someone has looked: the breaker is closed by hand, and an order passes."""
        self.engine.control(now=self.tick(), action=oms.ControlAction.BREAKER_RESET)
        self.show_breaker()
        self.submit(3, 100, 4_900_000)
        self.poll()
        self.report(oms.ReportKind.ACK)
        self.poll()

    def final_report(self) -> None:
        """What is left at the end: the account, the trades, the trip."""
        a, s = self.engine.account_get(), self.engine.statistics_get(0)
        t = self.engine.trip_get(0, 0)
        print(f"account: equity {a.equity}, realised {a.realised}, commission {a.commission}, "
              f"open {a.open}, live orders {a.live_orders}")
        print(f"orders: accepted {s.accepted}, denied {s.denied}, executions {s.executions}")
        print(f"trades: closed {s.closed}, wins {s.wins}, losses {s.losses}, total {s.total}, "
              f"largest loss {s.largest_loss}")
        print(f"trip: {oms.cause_name(t.cause)}, limit {t.limit}, observed {t.observed}, "
              f"by hand {t.by_hand}")


def main() -> None:
    """The whole day."""
    day = Day()
    day.set_limits()
    position = day.open_position()
    day.protect(position)
    day.trip(position)
    day.reset()
    day.final_report()


if __name__ == "__main__":
    main()
