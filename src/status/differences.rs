// The codes of reconciliation, as `tables.rs` has the other codes.
code_tables! {
    DIFFERENCES
    "What differs from the venue's books: code of OMS_EVENT_DIFFERENCE."
    Difference: u32 "OMS_DIFFERENCE_" "oms_difference_t" {
        None = 0 "NONE" "the round is over: limit = rows, observed = differences";
        NetQty = 1 "NET_QTY" "net lots of a symbol";
        LongQty = 2 "LONG_QTY" "long lots of a hedged symbol";
        ShortQty = 3 "SHORT_QTY" "short lots of a hedged symbol";
        MissingLong = 4 "MISSING_LONG" "long lots of a symbol that the venue did not mention";
        MissingShort = 5 "MISSING_SHORT" "short lots of a symbol that the venue did not mention";
        AveragePrice = 6 "AVERAGE_PRICE" "average price of the same lots; no tolerance counts it";
        UnknownOrder = 7 "UNKNOWN_ORDER" "lots open there: an order that is not known here";
        EndedHere = 8 "ENDED_HERE" "lots open there: an order that has ended here";
        EndedThere = 9 "ENDED_THERE" "lots reserved here: an order that has ended at the venue";
        NotSent = 10 "NOT_SENT" "lots reserved here: the venue has it, NEW was not handed out";
        Symbol = 11 "SYMBOL" "symbol of an order";
        Side = 12 "SIDE" "side of an order";
        Quantity = 13 "QUANTITY" "quantity of a live order, old or new of a replace in flight";
        Price = 14 "PRICE" "price of a live order, old or new of a replace in flight";
        FillMissed = 15 "FILL_MISSED" "lots executed: more at the venue";
        FillExtra = 16 "FILL_EXTRA" "lots executed: more here";
        MissingOrder = 17 "MISSING_ORDER" "lots reserved here: an order the venue did not mention";
        InDoubt = 18 "IN_DOUBT" "the same, never acknowledged; no tolerance counts it";
    }

    "What a round of reconciliation is about; 0: positions and orders of all symbols and venues."
    ReconcileFlag: u32 "OMS_RECONCILE_" "oms_reconcile_flags_t" {
        OneSymbol = 1 "ONE_SYMBOL" "what is not mentioned counts for `symbol` only";
        OneVenue = 2 "ONE_VENUE" "orders that are not mentioned count for `venue` only";
        NoPositions = 4 "NO_POSITIONS" "positions are not given";
        NoOrders = 8 "NO_ORDERS" "orders are not given";
    }

    "Where a round of reconciliation stands."
    ReconcileState: u8 "OMS_RECONCILE_STATE_" "oms_reconcile_state_t" {
        None = 0 "NONE" "there was none yet";
        Rows = 1 "ROWS" "positions and orders are given";
        Ending = 2 "ENDING" "what was not mentioned is looked for";
        Done = 3 "DONE" "it is over";
    }
}
