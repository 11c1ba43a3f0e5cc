"""Real backtests of freqtrade with the example strategies: `make freqtrade` runs them.

    freqtrade_backtest.py [--spot] [--futures] [BASE_QUOTE-TIMEFRAME.csv | .feather ...]

Needs freqtrade; markets are supplied without network. Without files the candles are generated. No
hook may fail, every stop and target must be where the candles say, and every position of the core
must be freqtrade's trade: side, quantity, average price, realised PnL, outcome.

A file has the columns date (text, or milliseconds since 1970), open, high, low, close and volume.
"""

from __future__ import annotations

import argparse
import logging
import math
import random
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import freqtrade_check as check
import pandas as pd
from freqtrade.data.history import get_datahandler
from freqtrade.enums import CandleType, MarginMode, RunMode, TradingMode
from freqtrade.exchange import Exchange
from freqtrade.optimize.backtesting import Backtesting
from freqtrade.persistence import LocalTrade
from order_manager.clock import nanos_of

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
COLUMNS = ["date", "open", "high", "low", "close", "volume"]
# Price of the first candle, digits, and how much a candle moves.
GENERATED = {"BTC/USDT": (61_000.0, 1, 0.003), "ETH/USDT": (200.0, 2, 0.004),
             "XRP/USDT": (0.5, 4, 0.005)}
CANDLES = 3000
FUNDING = 0.0003


@dataclass
class Mode:
    """Spot or futures."""

    name: str
    strategy: str
    trading: TradingMode
    margin: MarginMode
    candles: CandleType

    @property
    def is_spot(self) -> bool:
        """Long only, without leverage."""
        return self.trading == TradingMode.SPOT

    def pair(self, name: str) -> str:
        """As freqtrade calls it."""
        return name if self.is_spot else f"{name}:{name.split('/')[1]}"


MODES = (
    Mode("spot", "OmsExample", TradingMode.SPOT, MarginMode.NONE, CandleType.SPOT),
    Mode("futures", "OmsExampleFutures", TradingMode.FUTURES, MarginMode.ISOLATED,
         CandleType.FUTURES),
)


def candles(seed: int, price: float, digits: int, size: float) -> pd.DataFrame:
    """A random walk in five minutes with gaps now and then, so that a stop can be jumped over."""
    rng = random.Random(seed)
    rows = []
    for i in range(CANDLES):
        if rng.random() < 0.03:
            price *= math.exp(rng.gauss(0, 3 * size))
        close = price * math.exp(rng.gauss(0.1 * size * math.sin(i / 300 + seed), size))
        high = max(price, close) * (1 + abs(rng.gauss(0, size / 4)))
        low = min(price, close) * (1 - abs(rng.gauss(0, size / 4)))
        rows.append([*(round(x, digits) for x in (price, high, low, close)), rng.uniform(10, 100)])
        price = close
    frame = pd.DataFrame(rows, columns=COLUMNS[1:])
    dates = pd.date_range("2024-01-01", periods=CANDLES, freq="5min", tz="UTC")
    frame.insert(0, "date", dates)
    return frame


def given(path: Path) -> tuple[str, str, pd.DataFrame]:
    """Pair, timeframe and candles of a file; the pair as on the spot market."""
    name, timeframe, *_ = [*path.stem.split("-"), ""]
    parts = name.split("_")
    if len(parts) < 2 or not timeframe or path.suffix not in (".csv", ".feather"):
        raise SystemExit(f"{path}: the name is not BASE_QUOTE-TIMEFRAME.csv or .feather")
    frame = pd.read_csv(path) if path.suffix == ".csv" else pd.read_feather(path)
    lacking = [c for c in COLUMNS if c not in frame]
    if lacking:
        raise SystemExit(f"{path}: no column {', '.join(lacking)}")
    unit = "ms" if pd.api.types.is_integer_dtype(frame["date"]) else None
    frame["date"] = pd.to_datetime(frame["date"], unit=unit, utc=True)
    return f"{parts[0]}/{parts[1]}", timeframe, frame[COLUMNS]


def market(pair: str) -> dict[str, Any]:
    """What an exchange says of a market, as far as freqtrade reads it."""
    base, quote = pair.split(":")[0].split("/")
    spot = ":" not in pair
    return {
        "id": base + quote, "symbol": pair, "base": base, "quote": quote, "baseId": base,
        "quoteId": quote, "active": True, "type": "spot" if spot else "swap", "spot": spot,
        "margin": False, "swap": not spot, "future": False, "option": False,
        "contract": not spot, "linear": None if spot else True,
        "inverse": None if spot else False, "settle": None if spot else quote,
        "contractSize": None if spot else 1.0, "taker": 0.001, "maker": 0.001,
        "precision": {"amount": 1e-6, "price": 1e-8},
        "limits": {"amount": {"min": 1e-6, "max": None}, "price": {"min": None, "max": None},
                   "cost": {"min": 1.0, "max": None}, "leverage": {"min": 1, "max": 10}},
        "info": {},
    }


def config(mode: Mode, pairs: list[str], timeframe: str, folder: Path) -> dict[str, Any]:
    """As freqtrade's configuration has it after it was read."""
    return {
        "runmode": RunMode.BACKTEST, "dry_run": True, "dry_run_wallet": 10_000,
        "stake_currency": pairs[0].split(":")[0].split("/")[1], "stake_amount": 1000,
        "max_open_trades": 3, "timeframe": timeframe, "tradable_balance_ratio": 0.99,
        "fiat_display_currency": "", "trading_mode": mode.trading, "margin_mode": mode.margin,
        "candle_type_def": mode.candles, "strategy": mode.strategy,
        "strategy_path": str(EXAMPLES), "user_data_dir": folder, "datadir": folder,
        "dataformat_ohlcv": "feather", "dataformat_trades": "feather", "export": "none",
        "exchange": {"name": "binance", "pair_whitelist": pairs, "pair_blacklist": [],
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
        "original_config": {}, "internals": {}, "liquidation_buffer": 0.05,
        "recursive_strategy_search": False, "use_exit_signal": True, "disableparamexport": True,
    }


def exchange(settings: dict[str, Any]) -> Exchange:
    """Binance's, which is asked nothing."""
    pairs = settings["exchange"]["pair_whitelist"]
    with mock.patch.object(Exchange, "validate_config", lambda self, c: None):
        made = Exchange(settings, validate=False)
    made._markets = {pair: market(pair) for pair in pairs}
    made._api.set_markets(list(made._markets.values()))
    made._last_markets_refresh = 2**40
    tier = {"minNotional": 0, "maxNotional": 10**9, "maintenanceMarginRate": 0.02,
            "maxLeverage": 10, "maintAmt": 0.0}
    made._leverage_tiers = {pair: [tier] for pair in pairs}
    return made


def store(mode: Mode, folder: Path, frames: dict[str, pd.DataFrame], timeframe: str,
          made: Exchange) -> None:
    """Candles where freqtrade looks for them; of futures also what is funded, and marks."""
    handler = get_datahandler(folder, "feather")
    for n, (pair, frame) in enumerate(frames.items()):
        handler.ohlcv_store(pair, timeframe, frame, mode.candles)
        if mode.is_spot:
            continue
        by_date = frame.set_index("date")
        marks = by_date.resample("1h").first().dropna().reset_index()
        rates = by_date.resample("8h").first().dropna().reset_index()
        rates[["open", "high", "low", "close"]] = FUNDING * (1 - 2 * (n % 2))
        handler.ohlcv_store(pair, made.get_option("mark_ohlcv_timeframe"), marks,
                            CandleType.from_string(made.get_option("mark_ohlcv_price")))
        handler.ohlcv_store(pair, made.get_option("funding_fee_timeframe"), rates,
                            CandleType.FUNDING_RATE)


class Failures(logging.Handler):
    """Hooks that failed, which freqtrade logs and goes on, and what the mixin could not book."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what is about a hook."""
        text = record.getMessage()
        is_usual = "no entry" in text or "not enlarged" in text or "breaker tripped" in text
        if (record.exc_info or "Strategy caused" in text or "Unexpected error" in text
                or (record.name == "oms.freqtrade" and not is_usual)):
            self.found.append(text)


def run(mode: Mode, frames: dict[str, pd.DataFrame], timeframe: str) -> (
        tuple[check.Account, list[Any], Failures]):
    """A backtest, with every hook watched."""
    failures = Failures()
    logging.getLogger().addHandler(failures)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = config(mode, list(frames), timeframe, folder)
        made = exchange(settings)
        store(mode, folder, frames, timeframe, made)
        backtesting = Backtesting(settings, made)
        data, timerange = backtesting.load_bt_data()
        account = check.Account(backtesting.strategylist[0])
        backtesting.backtest_one_strategy(backtesting.strategylist[0], data, timerange)
    logging.getLogger().removeHandler(failures)
    trades = list(LocalTrade.bt_trades)
    account.close(trades)
    return account, trades, failures


def offline(*args: Any) -> None:
    """Instead of a connection."""
    raise OSError("a backtest needs no network")


def judge(mode: Mode, frames: dict[str, pd.DataFrame], timeframe: str) -> (
        tuple[dict[str, float], list[str]]):
    """Runs it; what was seen, and what is wrong."""
    account, trades, failures = run(mode, frames, timeframe)
    strategy = account.strategy
    wrong = [f"hook: {text}" for text in failures.found] + account.wrong
    outcomes = [check.Outcome.of(t) for t in trades]
    tables = {pair: frame.to_dict("records") for pair, frame in frames.items()}
    times = {pair: {nanos_of(row["date"]): i for i, row in enumerate(rows)}
             for pair, rows in tables.items()}
    for one in outcomes:
        if said := check.exits(one, tables[one.pair], times[one.pair],
                               strategy.oms_stop_loss_pct, strategy.oms_take_profit_pct):
            wrong.append(f"{one.pair}, trade of {one.begin}: {said}")
    report, total = strategy.oms_report(), sum(account.outcomes.values())
    if report["closed"] != len(outcomes) or abs(report["total"] - total) > check.CENT:
        wrong.append(f"the core has {report}, freqtrade {len(outcomes)} trades and {total}")
    seen = {
        "trades": len(outcomes), "short": sum(o.is_short for o in outcomes),
        "enlarged": sum(sum(f.is_entry for f in o.fills) > 1 for o in outcomes),
        "reduced": sum(sum(not f.is_entry for f in o.fills) > 1 for o in outcomes),
        "stops at the open": sum(o.reason == "oms_stop_loss" for o in outcomes),
        "stops within a candle": sum(o.reason in check.STOPS for o in outcomes),
        "targets": sum(o.reason == "oms_take_profit" for o in outcomes),
        "denied": report["denied"], "compared": account.compared,
        "funded": round(account.funded, 2), "profit": round(total, 2),
    }
    return seen, wrong


def enough(mode: Mode) -> dict[str, float]:
    """What generated candles must have led to, or nothing was tested."""
    found = {"trades": 100, "enlarged": 20, "reduced": 20, "stops at the open": 5,
             "stops within a candle": 20, "targets": 5, "denied": 1, "compared": 1000}
    return found if mode.is_spot else {**found, "short": 40, "funded": 1}


def generated(folder: Path) -> list[Path]:
    """Candles in files, of both kinds."""
    made = []
    for n, (pair, how) in enumerate(GENERATED.items()):
        path = folder / f"{pair.replace('/', '_')}-5m{'.csv' if n % 2 else '.feather'}"
        frame = candles(n + 1, *how)
        if n % 2:
            frame.to_csv(path, index=False)
        else:
            frame.to_feather(path)
        made.append(path)
    return made


def main() -> int:
    """Runs them and says what is wrong."""
    parser = argparse.ArgumentParser(description="backtests of freqtrade with the core")
    for mode in MODES:
        parser.add_argument(f"--{mode.name}", action="append_const", dest="modes",
                            const=mode.name, help="only this market")
    parser.add_argument("files", nargs="*", type=Path, help="BASE_QUOTE-TIMEFRAME.csv or .feather")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        read = [given(path) for path in arguments.files or generated(Path(name))]
    timeframes = {timeframe for _, timeframe, _ in read}
    if len(timeframes) != 1:
        raise SystemExit(f"one timeframe for all files, not {', '.join(sorted(timeframes))}")
    # Whatever asks for the network fails.
    socket.socket.connect = offline
    bad = 0
    for mode in MODES:
        if arguments.modes and mode.name not in arguments.modes:
            continue
        frames = {mode.pair(pair): frame.copy() for pair, _, frame in read}
        seen, wrong = judge(mode, frames, *timeframes)
        if not arguments.files:
            wrong += [f"too little happened: {word} {seen[word]}"
                      for word, least in enough(mode).items() if seen[word] < least]
        print(f"{mode.name}: " + ", ".join(f"{word} {n}" for word, n in seen.items()))
        for text in wrong[:20]:
            print(f"WRONG: {mode.name}: {text}")
        bad += len(wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
