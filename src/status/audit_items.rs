// What an audit finds, as `tables.rs` has the other codes.
code_tables! {
    AUDIT_ITEMS
    "The aggregate that oms_audit found to differ."
    AuditItem: u32 "OMS_AUDIT_" "oms_audit_item_t" {
        None = 0 "NONE" "none";
        WorkingBuy = 1 "WORKING_BUY" "reserved buy lots of a symbol";
        WorkingSell = 2 "WORKING_SELL" "reserved sell lots of a symbol";
        LiveOrders = 3 "LIVE_ORDERS" "number of live orders";
        EndedOrders = 4 "ENDED_ORDERS" "number of ended orders that may be evicted";
        Commands = 5 "COMMANDS" "number of orders with a command waiting";
        ClientIndex = 6 "CLIENT_INDEX" "an order is not found by its client id";
        LongQty = 7 "LONG_QTY" "long lots of a symbol";
        ShortQty = 8 "SHORT_QTY" "short lots of a symbol";
        LongCost = 9 "LONG_COST" "entry cost of a symbol's longs";
        ShortCost = 10 "SHORT_COST" "entry cost of a symbol's shorts";
        Unrealised = 11 "UNREALISED" "unrealised PnL of the account";
        Closing = 12 "CLOSING" "lots of a position that are being closed";
        OpenPositions = 13 "OPEN_POSITIONS" "number of open positions";
        OpeningOrders = 14 "OPENING_ORDERS" "orders that hold room for a position";
        Triggers = 15 "TRIGGERS" "number of triggers of a position";
        TriggerQueue = 16 "TRIGGER_QUEUE" "an armed trigger does not stand in its queue";
        TagIndex = 17 "TAG_INDEX" "a position is not found by its tag";
        Executions = 18 "EXECUTIONS" "an execution is not found by its id";
        OrderSlots = 19 "ORDER_SLOTS" "order slots that triggers hold";
        CumQty = 20 "CUM_QTY" "an order's cum_qty and its value disagree";
        Realised = 21 "REALISED" "realised PnL of the account against its symbols'";
        Commission = 22 "COMMISSION" "commissions of the account against its symbols'";
        WorkingOrders = 23 "WORKING_ORDERS" "number of working orders of a symbol or in all";
        Claims = 24 "CLAIMS" "positions that are open or may be opened";
        Reducers = 25 "REDUCERS" "list of reduce-only orders of a position";
        HeldOrders = 26 "HELD_ORDERS" "an order held here and its trigger do not match";
        BracketLegs = 27 "BRACKET_LEGS" "room reserved for the legs of brackets";
        Deadlines = 28 "DEADLINES" "an order does not stand in the queue of deadlines";
        Excess = 29 "EXCESS" "reduce-only orders could flip a position";
        Statistics = 30 "STATISTICS" "counts of closed positions";
        Links = 31 "LINKS" "of two orders that cancel each other only one knows";
        Watch = 32 "WATCH" "prices of a symbol that are taken to mean nothing";
        Weights = 33 "WEIGHTS" "what a tick of a symbol is worth";
        Equity = 34 "EQUITY" "equity as the breaker knows it";
        Folds = 35 "FOLDS" "ranges that plain orders are judged by";
        FiredTriggers = 36 "FIRED_TRIGGERS" "a trigger that has fired waits for nothing";
        Probes = 37 "PROBES" "orders or positions of the half-open breaker's probes";
        BookOrders = 38 "BOOK_ORDERS" "what the orders of a scope have reserved in a symbol";
        BookPositions = 39 "BOOK_POSITIONS" "what the positions of a scope add up to in a symbol";
        BookClaims = 40 "BOOK_CLAIMS" "what a scope claims in a symbol";
        ScopeCounts = 41 "SCOPE_COUNTS" "working orders and claims of a scope";
        ScopeAccount = 42 "SCOPE_ACCOUNT" "the account of a scope against its books";
        WorkingValue = 43 "WORKING_VALUE" "value of a symbol's working orders";
        TradedValue = 44 "TRADED_VALUE" "value of a symbol's executions";
        Values = 45 "VALUES" "what a symbol, or all of them, come to in money";
        Groups = 46 "GROUPS" "members and exposure of a group of symbols";
        SymbolRate = 47 "SYMBOL_RATE" "request times of a symbol go back";
        Recent = 48 "RECENT" "an accepted order is not found among those like it";
        Children = 51 "CHILDREN" "lots of an order's children, working and executed";
        Resting = 53 "RESTING" "a resting order does not stand where its price says";
        Kills = 54 "KILLS" "what is left of a place that is killed or cleared";
        Venue = 56 "VENUE" "the simulated venue, or what it works for an order";
    }
}
