"""A real backtest of freqtrade with the example strategy: `make freqtrade` runs it.

Needs freqtrade. Markets are supplied without network, candles are generated. No hook may fail,
every exit by a stop or target must be at a price that the candles recompute, and the core's account
must be that of freqtrade.
"""

from __future__ import annotations

import logging
import math
import random
import sys
import tempfile
from pathlib import Path
from unittest import mock

import pandas as pd
from freqtrade.data.history import get_datahandler
from freqtrade.enums import CandleType, RunMode
from freqtrade.exchange import Exchange
from freqtrade.optimize.backtesting import Backtesting

PAIRS = ("BTC/USDT", "ETH/USDT", "XRP/USDT")
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
CANDLES = 6000
STOP, TARGET = 1.5, 3.0


def candles(seed: int, price: float) -> pd.DataFrame:
    """A random walk in five minutes, without gaps between candles."""
    rng = random.Random(seed)
    rows = []
    for i in range(CANDLES):
        drift = 0.0004 * math.sin(i / 300 + seed)
        close = price * math.exp(rng.gauss(drift, 0.004))
        high = max(price, close) * (1 + abs(rng.gauss(0, 0.001)))
        low = min(price, close) * (1 - abs(rng.gauss(0, 0.001)))
        rows.append((round(price, 2), round(high, 2), round(low, 2), round(close, 2),
                     rng.uniform(10, 100)))
        price = close
    frame = pd.DataFrame(rows, columns=["open", "high", "low", "close", "volume"])
    dates = pd.date_range("2024-01-01", periods=CANDLES, freq="5min", tz="UTC")
    frame.insert(0, "date", dates)
    return frame


def markets() -> dict:
    """What an exchange says of its markets, as far as freqtrade reads it."""
    found = {}
    for pair in PAIRS:
        base, quote = pair.split("/")
        found[pair] = {
            "id": base + quote, "symbol": pair, "base": base, "quote": quote, "baseId": base,
            "quoteId": quote, "active": True, "type": "spot", "spot": True, "margin": False,
            "swap": False, "future": False, "option": False, "contract": False, "linear": None,
            "inverse": None, "contractSize": None, "taker": 0.001, "maker": 0.001,
            "precision": {"amount": 1e-8, "price": 1e-8},
            "limits": {"amount": {"min": 1e-8, "max": None}, "price": {"min": None, "max": None},
                       "cost": {"min": 1.0, "max": None}, "leverage": {"min": 1, "max": 1}},
            "info": {},
        }
    return found


def reload(self: Exchange, force: bool = False, **kwargs) -> None:
    """Instead of asking the exchange."""
    self._markets = markets()
    self._api.set_markets(list(self._markets.values()))
    self._last_markets_refresh = 2**40


def config(folder: Path) -> dict:
    """As freqtrade's configuration has it after it was read."""
    return {
        "runmode": RunMode.BACKTEST, "dry_run": True, "dry_run_wallet": 10_000,
        "stake_currency": "USDT", "stake_amount": 1000, "max_open_trades": 3, "timeframe": "5m",
        "tradable_balance_ratio": 0.99, "fiat_display_currency": "", "trading_mode": "spot",
        "margin_mode": "", "candle_type_def": CandleType.SPOT, "strategy": "OmsExample",
        "strategy_path": str(EXAMPLES), "user_data_dir": folder, "datadir": folder,
        "dataformat_ohlcv": "feather", "dataformat_trades": "feather", "export": "none",
        "exchange": {"name": "binance", "pair_whitelist": list(PAIRS), "pair_blacklist": [],
                     "key": "", "secret": ""},
        "pairlists": [{"method": "StaticPairList"}], "fee": 0.001, "timerange": None,
        "entry_pricing": {"price_side": "other", "use_order_book": False},
        "exit_pricing": {"price_side": "other", "use_order_book": False},
        "unfilledtimeout": {"entry": 10, "exit": 10, "unit": "minutes", "exit_timeout_count": 0},
        "position_adjustment_enable": True, "order_types": {
            "entry": "limit", "exit": "limit", "stoploss": "market",
            "stoploss_on_exchange": False},
        "order_time_in_force": {"entry": "GTC", "exit": "GTC"}, "verbosity": 0,
        "backtest_cache": "none", "enable_protections": False,
        "original_config": {}, "internals": {},
        "recursive_strategy_search": False, "use_exit_signal": True, "disableparamexport": True,
    }


class Failures(logging.Handler):
    """Hooks that failed: freqtrade logs them and goes on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what is about a hook."""
        text = record.getMessage()
        if record.exc_info or "Strategy caused" in text or "Unexpected error" in text:
            self.found.append(text)


def run() -> tuple[pd.DataFrame, object, dict, Failures]:
    """The backtest: trades, strategy, candles by pair."""
    failures = Failures()
    logging.getLogger().addHandler(failures)
    frames = {pair: candles(i + 1, 100.0 * (i + 1)) for i, pair in enumerate(PAIRS)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        handler = get_datahandler(folder, "feather")
        for pair, frame in frames.items():
            handler.ohlcv_store(pair, "5m", frame, CandleType.SPOT)
        with (mock.patch.object(Exchange, "reload_markets", reload),
              mock.patch.object(Exchange, "validate_config", lambda self, c: None)):
            settings = config(folder)
            backtesting = Backtesting(settings, Exchange(settings, validate=False))
            data, timerange = backtesting.load_bt_data()
            backtesting.backtest_one_strategy(backtesting.strategylist[0], data, timerange)
    (content,) = backtesting.all_bt_content.values()
    return content["results"], backtesting.strategylist[0], frames, failures


def recompute(trade: pd.Series, frame: pd.DataFrame) -> str | None:
    """What is wrong with an exit by the core's stop or target, by the candles alone.

    freqtrade asks custom_exit with the open of each candle, after the entry's own candle.
    """
    by_time = {int(d.timestamp() * 1000): i for i, d in enumerate(frame["date"])}
    cost = amount = 0.0
    done: list[tuple[int, float]] = []
    for order in sorted(trade["orders"], key=lambda o: o["order_filled_timestamp"]):
        if order["ft_is_entry"]:
            cost += order["amount"] * order["safe_price"]
            amount += order["amount"]
            done.append((order["order_filled_timestamp"], cost / amount))
    begin, end = done[0][0], int(trade["close_date"].timestamp() * 1000)
    for i in range(by_time[begin] + 1, by_time[end] + 1):
        at = int(frame["date"][i].timestamp() * 1000)
        average = [a for t, a in done if t < at][-1]
        price = frame["open"][i]
        stop = price <= average * (1 - STOP / 100) + 1e-7
        target = price >= average * (1 + TARGET / 100) - 1e-7
        if stop or target:
            if at != end:
                return f"the price was there at {frame['date'][i]} already"
            said = "oms_stop_loss" if stop else "oms_take_profit"
            return None if trade["exit_reason"] == said else f"{said} was expected"
    return "the candles do not reach it"


def main() -> int:
    """Runs it and says what is wrong."""
    trades, strategy, frames, failures = run()
    wrong = [f"hook: {text}" for text in failures.found]
    ours = trades[trades["exit_reason"].isin(["oms_stop_loss", "oms_take_profit"])]
    for _, trade in ours.iterrows():
        if said := recompute(trade, frames[trade["pair"]]):
            wrong.append(f"{trade['pair']} {trade['close_date']}: {said}")
    report = strategy.oms_report()
    total = trades["profit_abs"].sum()
    if report["closed"] != len(trades) or abs(report["total"] - total) > 0.01:
        wrong.append(f"the core has {report}, freqtrade {len(trades)} trades and {total}")
    if len(ours) < 20 or not report["denied"]:
        wrong.append(f"too little happened: {len(ours)} exits by the core, {report}")
    partial = sum(len(orders) > 2 for orders in trades["orders"])
    print(f"{len(trades)} trades, {len(ours)} closed by the core's stops and targets, {partial} "
          f"of several orders; profit {total:.4f}, the core's {report['total']:.4f}; "
          f"{report['denied']} entries denied")
    for text in wrong[:20]:
        print(f"WRONG: {text}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
