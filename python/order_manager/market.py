"""Markets of the simulated modes: an engine with the core's own venue for each symbol."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import oms

from order_manager.core import drain, engine, symbol
from order_manager.desk import Home, hold_of
from order_manager.slippage_simulator import SlippageModel, SlippageSimulator, positive, value
from order_manager.units import from_ticks, percent, ticks

if TYPE_CHECKING:
    from order_manager.order_types import Order, OrderStatus

logger = logging.getLogger("order_manager")

# Their slippage is half of bid and ask; the others begin at the price.
BY_SPREAD = {SlippageModel.SPREAD_BASED, SlippageModel.REALISTIC}


class MarketData:
    """What the caller says of a market: its best prices in ticks, and what it trades in a day."""

    def __init__(self, data: dict[str, Any] | None, simulator: SlippageSimulator) -> None:
        data = data or {}
        price = data.get("price", data.get("close"))
        self.bid, self.ask = self._best(data, price, simulator)
        volume = data.get("volume_24h") or 0
        self.volume = value(volume, "volume_24h") // 10**4

    def _best(
        self, data: dict[str, Any], price: Any, simulator: SlippageSimulator
    ) -> tuple[int, int]:
        if data.get("bid") is not None and data.get("ask") is not None:
            bid, ask = (positive(ticks(data[n], n), n, data[n]) for n in ("bid", "ask"))
            if bid > ask:
                raise ValueError(f"market data: the bid {data['bid']} is above the ask")
            return bid, ask
        if price is None:
            raise ValueError("market data is needed: {'price': ..., 'volume_24h': ...}")
        at = positive(ticks(price), "price", price)
        if simulator.model not in BY_SPREAD:
            return at, at
        # Half the spread to either side, as the core rounds it.
        model = oms.slippage_init(oms.SlippageModel.SPREAD)
        spread = data.get("spread_pct")
        model.spread = percent(simulator.config.spread_pct if spread is None else spread,
                               "spread_pct")
        bid, ask = (
            oms.slippage_price(model, oms.SlippageOrder(side=side, price=at))
            for side in (oms.Side.SELL, oms.Side.BUY)
        )
        return max(bid, 1), ask


class Market(Home):
    """A market of one symbol, and the orders that were sent to it."""

    PLACES = 16

    def __init__(self, mode: int, simulator: SlippageSimulator, seed: int, now: int) -> None:
        self.engine = engine(
            orders=self.PLACES, symbols=1, positions=2, triggers=self.PLACES, events=16,
            mode=mode, seed=seed,
        )
        self.symbol = symbol(self.engine, "MARKET", now)
        self.slippage, fees = simulator.core()
        # Each market draws a noise of its own.
        self.slippage.seed = (self.slippage.seed + seed) % 2**64
        self.volume = -1
        self.live: list[Order] = []
        self.sent = 0
        self.engine.fees_set(now=now, symbol=self.symbol, fees=fees)

    def show(self, data: MarketData, now: int) -> None:
        """A price: what rests there may be executed by it."""
        if data.volume != self.volume:
            self.volume = data.volume
            settings = oms.simulation_init()
            settings.now, settings.symbol = now, self.symbol
            settings.slippage, settings.volume_24h = self.slippage, data.volume
            self.engine.simulation_set(settings)
        status = self.engine.quote(now=now, symbol=self.symbol, bid=data.bid, ask=data.ask)
        self.settle(status, now)

    def settle(self, status: int, now: int) -> None:
        """Lets everything that is queued happen, and keeps what has ended.

        Nobody takes the events: the records say it all.
        """
        drain(self.engine, status, now)
        ended = [order for order in self.live if order.is_terminal]
        for order in ended:
            self.live.remove(order)
            order.freeze()

    def place(self, order: Order, now: int) -> oms.Verdict:
        """Submits an order; the verdict says whether the core took it."""
        # Positions are the caller's: reduce_only is the exchange's to judge.
        terms = order.core_terms()
        terms["hold"] = oms.Hold.CORE if hold_of(terms) == oms.Hold.VENUE else terms.get("hold", 0)
        self.sent += 1
        deadline = order.deadline()
        said = self.engine.order_submit(
            now=now, symbol=self.symbol, client_id=self.sent,
            timeout_at=deadline if deadline > now else now + 1, **terms,
        )
        if not said.verdict.denied:
            order._home, order._id = self, said.order
            self.live.append(order)
            self.settle(said.status, now)
        return said.verdict

    @property
    def has_room(self) -> bool:
        """Whether it takes another order."""
        return len(self.live) < self.PLACES

    def lead(self, order: Order, before: OrderStatus, target: OrderStatus, now: int) -> None:
        """An order in a simulated market is cancelled by its owner; the rest happens there."""
        if target.name != "CANCELLED":
            logger.warning("order %s lives in a simulated market: it decides", order.order_id)
            return
        self.sent += 1
        self.settle(
            self.engine.order_cancel(now=now, order=order._id, request_id=self.sent), now
        )

    def fill(self, order: Order, quantity: int, price: int, commission: int, now: int) -> None:
        """The market executes, nobody else."""
        raise ValueError(f"order {order.order_id} lives in a simulated market, which executes it")

    def time_out(self, order: Order, now: int) -> bool:
        """The clock decides."""
        self.settle(self.engine.timer(now=now), now)
        record = order._record()
        return record is not None and bool(record.marks & oms.OrderMarks.TIMED_OUT)

    def why_not(self, order: Order) -> str:
        """Why an order was not executed, for people."""
        quotes = self.engine.symbol_get(self.symbol)
        record = order._record()
        if record is not None and record.status == oms.OrderStatus.REJECTED:
            return f"rejected by the simulated venue: {oms.reason_name(record.reason)}"
        best = from_ticks(quotes.ask if order.is_buy else quotes.bid)
        wanted = order.stop_price if order.price is None else order.price
        at = "" if wanted is None else f" at {wanted}"
        return (
            f"{order.order_type.value} order{at}: the market ({best}) has not reached it; the "
            f"order is {order.status.value} and waits for update_market"
        )
