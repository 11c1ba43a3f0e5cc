"""Five demonstrations: an order's life, positions, the breaker, slippage, and all of it together.

    python examples/order_management_example.py
"""

from __future__ import annotations

from order_manager import (
    CircuitBreaker,
    CircuitBreakerConfig,
    ExecutionMode,
    LimitOrder,
    MarketOrder,
    OrderExecutor,
    OrderSide,
    OrderStatus,
    PositionManager,
    PositionSide,
    SlippageConfig,
    SlippageModel,
    SlippageSimulator,
    TrailingStopOrder,
)


def title(text: str) -> None:
    """A heading."""
    print(f"\n{text}\n{'-' * len(text)}")


def order_lifecycle() -> None:
    """An order from its description to its execution, and two that end otherwise."""
    title("1. Basic order lifecycle")
    order = MarketOrder(symbol="BTC/USDT", side=OrderSide.BUY, quantity=0.1)
    print(f"{order.status.value}")
    for status in (OrderStatus.SUBMITTED, OrderStatus.OPEN):
        order.update_status(status)
        print(f"{order.status.value}")
    order.update_fill(filled_qty=0.04, fill_price=50000.0, commission=2.0)
    print(f"{order.status.value}: {order.fill_percentage:.0f}% @ {order.average_fill_price:,.2f}")
    order.update_fill(filled_qty=0.06, fill_price=50010.0, commission=3.0)
    print(f"{order.status.value}: {order.fill_percentage:.0f}% @ {order.average_fill_price:,.2f}, "
          f"commission {order.commission:.2f}")
    cancelled = LimitOrder("ETH/USDT", OrderSide.SELL, 2.0, price=3100.0)
    cancelled.update_status(OrderStatus.SUBMITTED)
    cancelled.update_status(OrderStatus.CANCELLED)
    again = cancelled.update_status(OrderStatus.OPEN)
    print(f"limit order: {cancelled.status.value}; opened again: {again}")
    trailing = TrailingStopOrder("BTC/USDT", OrderSide.SELL, 0.1, trailing_distance=2.0,
                                 trailing_percent=True)
    for price in (50000.0, 52000.0, 51500.0, 50960.0):
        stop = trailing.update_trailing_stop(price)
        print(f"trailing stop: price {price:,.0f}, stop {stop:,.0f}, "
              f"triggered: {trailing.is_triggered}")


def position_management() -> None:
    """Positions with stops, valued at prices, and what they brought."""
    title("2. Position management with PnL")
    manager = PositionManager(max_positions=2)
    btc = manager.open_position("BTC/USDT", PositionSide.LONG, 50000.0, 0.1, stop_loss=48000.0,
                                take_profit=52000.0, entry_commission=5.0)
    eth = manager.open_position("ETH/USDT", PositionSide.SHORT, 3000.0, 2.0, stop_loss=3150.0)
    third = manager.open_position("XRP/USDT", PositionSide.LONG, 0.5, 100.0)
    print(f"third position: {third}; room for it: {manager.can_open_position('XRP/USDT')}")
    assert btc is not None and eth is not None
    manager.update_prices({"BTC/USDT": 52000.0, "ETH/USDT": 2950.0})
    for position in manager.get_all_positions():
        print(f"{position.symbol}: {position.unrealized_pnl:+.2f} "
              f"({position.unrealized_pnl_pct:+.2f}%)")
    for position in manager.check_stop_loss_take_profit():
        reason = "stop_loss" if position.should_stop_loss else "take_profit"
        manager.close_position(position.position_id, position.current_price, 5.2, reason)
        print(f"{position.symbol} closed, {reason}: {position.realized_pnl:+.2f}")
    stats = manager.get_statistics()
    print(f"open {stats['open_positions']}, closed {stats['closed_positions']}, "
          f"win rate {stats['win_rate']:.1f}%, total {stats['total_pnl']:+.2f}")


def circuit_breaker() -> None:
    """What stops trading, and what does not."""
    title("3. Circuit breaker")
    breaker = CircuitBreaker(CircuitBreakerConfig(max_daily_loss_pct=5.0,
                                                  max_consecutive_losses=3))
    breaker.check_and_trip(current_pnl=8.0, current_drawdown=-2.0)
    print(f"after a profit of 8%: {breaker.state.value}")
    for pnl in (-10.0, -20.0, -30.0):
        breaker.record_trade(pnl=pnl)
        print(f"trade {pnl:+.2f}: {breaker.state.value}, "
              f"{breaker.consecutive_losses} losses in a row")
    assert breaker.last_trip is not None
    print(f"{breaker.last_trip.details}")
    print(f"may trade: {breaker.is_operational}")
    breaker.reset(manual=True)
    print(f"after a reset: {breaker.is_operational}")


def slippage() -> None:
    """What an order costs, by several models."""
    title("4. Slippage simulation")
    order = MarketOrder("BTC/USDT", OrderSide.BUY, 1.0)
    for model in (SlippageModel.FIXED, SlippageModel.VOLUME_BASED, SlippageModel.SPREAD_BASED,
                  SlippageModel.REALISTIC):
        simulator = SlippageSimulator(model, SlippageConfig(seed=7))
        price, commission = simulator.simulate_execution(order, 50000.0, 10_000_000.0, 0.02)
        print(f"{model.value:13} {price:12,.2f}  commission {commission:.2f}")
    simulator = SlippageSimulator()
    for value in (100_000.0, 900_000.0):
        good, warning = simulator.validate_order_size(value, 10_000_000.0)
        print(f"order of {value:,.0f}: {'fine' if good else warning}")


def complete_workflow() -> None:
    """Breaker, executor and positions together."""
    title("5. Complete workflow")
    breaker = CircuitBreaker()
    manager = PositionManager(max_positions=3)
    executor = OrderExecutor(mode=ExecutionMode.BACKTEST, circuit_breaker=breaker)
    for price, exit_price in ((50000.0, 50800.0), (50800.0, 50300.0)):
        market = {"price": price, "volume_24h": 1_000_000_000.0}
        entry = executor.execute(MarketOrder("BTC/USDT", quantity=0.1), market_data=market)
        if not entry.success:
            print(f"not executed: {entry.error_message}")
            continue
        position = manager.open_position(
            symbol="BTC/USDT", side=PositionSide.LONG, entry_price=entry.execution_price,
            quantity=entry.filled_quantity, entry_commission=entry.commission,
            stop_loss=entry.execution_price * 0.95, take_profit=entry.execution_price * 1.10,
        )
        assert position is not None
        out = executor.execute(MarketOrder("BTC/USDT", OrderSide.SELL, 0.1),
                               market_data={"price": exit_price})
        manager.close_position(position.position_id, out.execution_price, out.commission)
        breaker.record_trade(pnl=position.realized_pnl)
        print(f"in at {entry.execution_price:,.2f}, out at {out.execution_price:,.2f}: "
              f"{position.realized_pnl:+.2f}")
    stats = executor.get_statistics()
    print(f"executions {stats['total_executions']}, success {stats['success_rate']:.1f}%, "
          f"PnL {manager.get_total_realized_pnl():+.2f}, breaker {breaker.state.value}")


def main() -> None:
    """All five."""
    order_lifecycle()
    position_management()
    circuit_breaker()
    slippage()
    complete_workflow()


if __name__ == "__main__":
    main()
