"""Tests of oms and order_manager: `python -m unittest discover -s tests -t .`."""
