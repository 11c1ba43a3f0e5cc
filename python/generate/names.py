"""How what the header calls things is called in Python."""

from __future__ import annotations

import keyword
import os

from generate.header import Scalar

# Written by hand in oms/: the function and where it is to be found.
BY_HAND = {
    "oms_init": "Engine",
    "oms_breaker_init": "Breaker",
    "oms_request_init": "Request",
    "oms_config_init": "config_init",
    "oms_config_check": "config_check",
    "oms_slippage_check": "slippage_check",
    "oms_fees_check": "fees_check",
    "oms_slippage_depth": "slippage_depth",
    "oms_fee_volume_add": "fee_volume_add",
    "oms_apply": "Engine.apply",
    "oms_quote_batch": "Engine.quote_batch",
    "oms_venue_report_batch": "Engine.venue_report_batch",
    "oms_order_check_batch": "Engine.order_check_batch",
    "oms_order_submit_batch": "Engine.order_submit_batch",
    "oms_poll": "Engine.poll",
    "oms_order_log": "Engine.order_log",
    "oms_scope_by_name": "Engine.scope_by_name",
}

# Records whose name would be that of something else.
RENAMED = {"oms_order_t": "Order", "oms_status_t": "Status"}


def camel(name: str) -> str:
    """`oms_order_submit_t` is OrderSubmit."""
    if name in RENAMED:
        return RENAMED[name]
    words = name.removeprefix("oms_").removesuffix("_t").split("_")
    return "".join(w[:1].upper() + w[1:] for w in words)


def attribute(name: str) -> str:
    """The name of a field or parameter."""
    return name + "_" if keyword.iskeyword(name) else name


def prefix(scalar: Scalar) -> str:
    """What the constants of an enumeration begin with: `OMS_SIDE_`."""
    names = [c.name for c in scalar.constants]
    if len(names) > 1:
        common = os.path.commonprefix(names)
        return common[: common.rindex("_") + 1]
    return names[0][: names[0].rindex("_") + 1]


def is_flags(scalar: Scalar) -> bool:
    """Whether the constants are bits that are set together."""
    return scalar.name.endswith(("_flags_t", "_facts_t", "_marks_t"))
