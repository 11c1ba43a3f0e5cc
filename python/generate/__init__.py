"""Makes the parts of `oms` that follow from include/oms.h: constants, records, doors, bindings."""
