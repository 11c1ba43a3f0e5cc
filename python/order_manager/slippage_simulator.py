"""What an order costs beyond the price on the screen, by the models of the core."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

import oms

from order_manager.order_types import SIDES, Order, OrderType
from order_manager.units import (
    MONEY_DIGITS,
    Number,
    from_money,
    from_ratio,
    from_ticks,
    lots,
    percent,
    scaled,
    ticks,
    value_of,
)

VALUE_DIGITS = 4
"""Sizes and volumes are compared in units of 10^-4 of the quote currency."""


class SlippageModel(str, Enum):
    """How far an order moves the price."""

    FIXED = "fixed"
    VOLUME_BASED = "volume_based"
    SPREAD_BASED = "spread_based"
    REALISTIC = "realistic"
    VOLUME_SHARE = "volume_share"
    SQUARE_ROOT = "square_root"
    ALMGREN = "almgren"


MODELS = {
    SlippageModel.FIXED: oms.SlippageModel.FIXED,
    SlippageModel.VOLUME_BASED: oms.SlippageModel.VOLUME,
    SlippageModel.SPREAD_BASED: oms.SlippageModel.SPREAD,
    SlippageModel.REALISTIC: oms.SlippageModel.REALISTIC,
    SlippageModel.VOLUME_SHARE: oms.SlippageModel.VOLUME_SHARE,
    SlippageModel.SQUARE_ROOT: oms.SlippageModel.SQUARE_ROOT,
    SlippageModel.ALMGREN: oms.SlippageModel.ALMGREN,
}


def _tiers() -> dict[str, float]:
    return {"maker": 0.001, "taker": 0.001, "vip1": 0.0009, "vip2": 0.0008}


@dataclass
class SlippageConfig:
    """Parameters of the models, in percent, and commissions as shares."""

    fixed_slippage_pct: Number = 0.05
    volume_slippage_factor: Number = 0.1
    max_volume_pct: Number = 5.0
    spread_pct: Number = 0.02
    market_impact_factor: Number = 0.05
    commission_tiers: dict[str, float] = field(default_factory=_tiers)
    seed: int | None = None
    """Seed of the noise; None: the core's."""
    noise: Number = 0.02
    """Standard deviation of the noise of REALISTIC; 0: none."""
    tier: str | None = None
    """A name in commission_tiers that holds for makers and takers."""
    volatility_pct: Number = 2.0
    """Of a day: SQUARE_ROOT and ALMGREN."""

    def core(self, model: SlippageModel) -> oms.Slippage:
        """The same for the core."""
        made = oms.slippage_init(MODELS[model])
        made.share = percent(self.fixed_slippage_pct, "fixed_slippage_pct")
        if model is not SlippageModel.SQUARE_ROOT:
            made.factor = scaled(self.volume_slippage_factor, 9, "volume_slippage_factor")
        made.participation_max = percent(self.max_volume_pct, "max_volume_pct")
        made.spread = percent(self.spread_pct, "spread_pct")
        made.impact = scaled(self.market_impact_factor, 9, "market_impact_factor")
        made.noise = percent(self.noise, "noise")
        made.volatility = percent(self.volatility_pct, "volatility_pct")
        if self.seed is not None:
            made.seed = self.seed
        bad = oms.slippage_check(made)
        if bad != oms.SimField.NONE:
            raise ValueError(f"{bad.name.lower()} of the slippage is out of its range: {self}")
        return made

    def fees(self) -> oms.Fees:
        """The commissions for the core."""
        made = oms.fees_init(oms.FeePlan.FREE)
        for side in ("maker", "taker"):
            name = self.tier or side
            if name not in self.commission_tiers:
                known = ", ".join(self.commission_tiers)
                raise ValueError(f"no commission tier is called {name!r}; there are: {known}")
            rate = scaled(self.commission_tiers[name], 9, f"commission {name}")
            setattr(made, side, rate)
        bad = oms.fees_check(made)
        if bad != oms.SimField.NONE:
            raise ValueError(f"{bad.name.lower()}: a commission is a share, -1 to 1: {self}")
        return made


class SlippageSimulator:
    """Prices and commissions of simulated executions."""

    def __init__(
        self,
        model: SlippageModel | str = SlippageModel.REALISTIC,
        config: SlippageConfig | None = None,
    ) -> None:
        self.model = SlippageModel(model)
        self.config = config or SlippageConfig()
        self._draws = 0
        self.core()

    def core(self) -> tuple[oms.Slippage, oms.Fees]:
        """Model and commissions for the core, by the configuration as it is now."""
        return self.config.core(self.model), self.config.fees()

    def simulate_execution(
        self,
        order: Order,
        market_price: Number,
        volume_24h: Number | None = None,
        spread_pct: Number | None = None,
    ) -> tuple[float, float]:
        """Price and commission of an order that executes at once, at this price of the market.

        Market orders pay the taker's commission, others the maker's. The price of a limit order is
        never beyond its limit.
        """
        slippage, fees = self.core()
        if spread_pct is not None:
            slippage.spread = percent(spread_pct, "spread_pct")
        at = positive(ticks(market_price, "market_price"), "market_price", market_price)
        quantity = positive(lots(order.quantity), "quantity", order.quantity)
        self._draws += 1
        asked = oms.SlippageOrder(
            side=SIDES[order.side],
            price=at,
            size=value_of(at, quantity, VALUE_DIGITS),
            volume=value(volume_24h or 0, "volume_24h"),
            number=self._draws,
        )
        if order.order_type is not OrderType.MARKET and order.price is not None:
            asked.flags = oms.SlippageFlags.LIMITED
            asked.limit = ticks(order.price)
        try:
            price = oms.slippage_price(slippage, asked)
        except oms.OmsError as e:
            raise ValueError(f"no price by {self.model.value}: {e.text}; a volume is needed, "
                             "and parameters of 0 and above") from e
        takes = order.order_type is OrderType.MARKET
        liquidity = oms.Liquidity.TAKER if takes else oms.Liquidity.MAKER
        paid = oms.fee(fees, value_of(price, quantity, MONEY_DIGITS), quantity, liquidity, 0)
        return from_ticks(price), from_money(paid)

    def estimate_worst_case_slippage(
        self, order_value: Number, market_price: Number, volume_24h: Number
    ) -> float:
        """Half the spread and the impact, without noise, in percent."""
        positive(ticks(market_price, "market_price"), "market_price", market_price)
        volume = positive(value(volume_24h, "volume_24h"), "volume_24h", volume_24h)
        slippage, _ = self.core()
        return from_ratio(oms.slippage_worst_case(slippage, value(order_value, "order_value"),
                                                  volume))

    def validate_order_size(
        self, order_value: Number, volume_24h: Number, max_slippage_pct: Number = 0.5
    ) -> tuple[bool, str | None]:
        """Whether the size suits the market, and if not, why not."""
        slippage, _ = self.core()
        said = oms.order_size_check(
            slippage,
            value(order_value, "order_value"),
            value(volume_24h or 0, "volume_24h"),
            percent(max_slippage_pct, "max_slippage_pct"),
        )
        code = said.code
        if code == oms.SizeCode.TOO_LARGE:
            return False, (
                f"Order too large: {from_ratio(said.participation):.2f}% of the 24h volume, at "
                f"most {from_ratio(said.participation_max):.2f}%. Make it smaller or split it"
            )
        if code == oms.SizeCode.SLIPPAGE_TOO_HIGH:
            return False, (
                f"Slippage too high: {from_ratio(said.estimate):.3f}% at worst, at most "
                f"{from_ratio(said.estimate_max):.3f}%. Make the order smaller"
            )
        if code == oms.SizeCode.NO_VOLUME:
            return False, "No market volume: the size cannot be judged. Give volume_24h"
        return True, None

    def __reduce__(self) -> Any:
        """By configuration, and the number of the next draw."""
        return _restore, (self.model.value, asdict(self.config), self._draws)


def _restore(model: str, config: dict[str, Any], draws: int) -> SlippageSimulator:
    made = SlippageSimulator(model, SlippageConfig(**config))
    made._draws = draws
    return made


def value(amount: Any, what: str) -> int:
    """A size or volume in the units that are compared."""
    units = scaled(amount, VALUE_DIGITS, what, 2**63 - 1)
    if units < 0:
        raise ValueError(f"{what} must not be negative, it is {amount}")
    return units


def positive(units: int, what: str, given: object) -> int:
    """A number that must be above 0."""
    if units <= 0:
        raise ValueError(f"{what} must be positive, not {given}")
    return units
