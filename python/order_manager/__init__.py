"""Order management for trading strategies: orders, positions, breaker, slippage, execution.

The classes convert units, keep names and log; every decision is taken by the core (`oms`). Logging
goes to the logger "order_manager".
"""

from order_manager.circuit_breaker import (
    CircuitBreaker,
    CircuitBreakerConfig,
    CircuitBreakerState,
    Trip,
    TripReason,
)
from order_manager.clock import set_clock
from order_manager.order_executor import ExecutionMode, ExecutionResult, OrderExecutor
from order_manager.order_types import (
    LimitOrder,
    MarketOrder,
    Order,
    OrderSide,
    OrderStatus,
    OrderType,
    StopLossOrder,
    TakeProfitOrder,
    TrailingStopOrder,
)
from order_manager.position_manager import Position, PositionManager, PositionSide
from order_manager.slippage_simulator import SlippageConfig, SlippageModel, SlippageSimulator

__all__ = [
    "CircuitBreaker",
    "CircuitBreakerConfig",
    "CircuitBreakerState",
    "ExecutionMode",
    "ExecutionResult",
    "LimitOrder",
    "MarketOrder",
    "Order",
    "OrderExecutor",
    "OrderSide",
    "OrderStatus",
    "OrderType",
    "Position",
    "PositionManager",
    "PositionSide",
    "SlippageConfig",
    "SlippageModel",
    "SlippageSimulator",
    "StopLossOrder",
    "TakeProfitOrder",
    "TrailingStopOrder",
    "Trip",
    "TripReason",
    "set_clock",
]
