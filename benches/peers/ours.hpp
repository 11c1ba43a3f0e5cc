// The library, asked as the peers are.
#pragma once

#include "../desk.h"
#include "peer.hpp"

namespace peers {

class OurDesk {
public:
    OurDesk(bool rates, std::uint32_t orders, std::uint32_t triggers, std::uint32_t positions) {
        desk_size_t size{};
        size.orders = orders;
        size.triggers = triggers;
        size.positions = positions;
        size.symbol_flags = positions > 1 ? OMS_SYMBOL_HEDGED : 0;
        size.rates = rates ? DESK_RATES : DESK_NO_RATES;
        desk_open(&desk_, &size);
        desk_order(&order_);
        OMS_REQUEST_INIT(&quote_, OMS_REQUEST_QUOTE);
        OMS_REQUEST_INIT(&drain_, OMS_REQUEST_DRAIN);
        OMS_REQUEST_INIT(&report_, OMS_REQUEST_VENUE_REPORT);
        OMS_REQUEST_INIT(&stop_, OMS_REQUEST_TRIGGER_ARM);
        OMS_REQUEST_INIT(&disarm_, OMS_REQUEST_TRIGGER_CANCEL);
        OMS_REQUEST_INIT(&cancel_, OMS_REQUEST_ORDER_CANCEL);
        stop_.kind = OMS_TRIGGER_STOP_LOSS;
        stop_.action = OMS_ACTION_CLOSE;
    }
    OurDesk(const OurDesk&) = delete;
    OurDesk& operator=(const OurDesk&) = delete;
    ~OurDesk() { desk_close(&desk_); }

    bool check(const Ask& ask) {
        fill_in(ask);
        failed_ |= oms_order_check(desk_.oms, &order_, &desk_.verdict);
        return desk_.verdict.denied == 0;
    }

    bool submit(const Ask& ask) {
        fill_in(ask);
        failed_ |= oms_order_submit(desk_.oms, &order_, &desk_.verdict, &desk_.id);
        tally_.accepted += desk_.verdict.denied == 0;
        return desk_.verdict.denied == 0;
    }

    void cancel(std::uint64_t id, std::uint64_t now) {
        cancel_.header.now = now;
        cancel_.client_id = id;
        cancel_.request_id = id;
        failed_ |= oms_order_cancel(desk_.oms, &cancel_);
    }

    void ack(std::uint64_t id, std::uint64_t now) {
        report(OMS_REPORT_ACK, id, 0, 0, 0, now);
    }
    void fill(std::uint64_t id, std::uint64_t exec, std::int64_t qty, std::int64_t price,
              std::uint64_t now) {
        report(OMS_REPORT_FILL, id, exec, qty, price, now);
    }

    void quote(std::int64_t bid, std::int64_t ask, std::uint64_t now) {
        quote_.header.now = drain_.header.now = now;
        quote_.bid = bid;
        quote_.ask = ask;
        oms_status_t status = oms_quote(desk_.oms, &quote_);
        while (status == OMS_MORE) {
            status = oms_drain(desk_.oms, &drain_);
        }
        failed_ |= status;
    }

    void hold_live(const Ask& ask) {
        oms_order_adopt_t adopt;
        OMS_REQUEST_INIT(&adopt, OMS_REQUEST_ORDER_ADOPT);
        adopt.header.now = ask.now;
        adopt.client_id = ask.id;
        adopt.side = static_cast<std::uint8_t>(ask.side);
        adopt.order_type = OMS_TYPE_LIMIT;
        adopt.qty = ask.qty;
        adopt.price = ask.price;
        desk_ok(oms_order_adopt(desk_.oms, &adopt, nullptr), "adopt");
    }
    void hold_stop(const Ask& ask, std::int64_t level) {
        order_.order_type = OMS_TYPE_STOP;
        order_.stop_price = level;
        hold(ask);
    }
    void hold_trailing(const Ask& ask, std::int64_t offset, std::int64_t parts) {
        order_.order_type = OMS_TYPE_TRAILING_STOP;
        order_.trail_offset = parts != 0 ? 0 : offset;
        order_.trail_ratio = parts;
        hold(ask);
    }
    void open(std::int64_t qty, std::int64_t price) {
        oms_position_adopt_t adopt;
        OMS_REQUEST_INIT(&adopt, OMS_REQUEST_POSITION_ADOPT);
        adopt.header.now = adopt.opened_at = desk_.now;
        adopt.qty = qty;
        adopt.price = price;
        adopt.side = OMS_POSITION_LONG;
        desk_ok(oms_position_adopt(desk_.oms, &adopt, &stop_.position), "position");
    }

    void arm(std::uint64_t id, std::int64_t level) {
        stop_.tag = id;
        stop_.level = level;
        failed_ |= oms_trigger_arm(desk_.oms, &stop_, &desk_.id);
    }
    oms_id_t armed() const { return desk_.id; }
    void disarm(oms_id_t id) {
        disarm_.trigger = id;
        failed_ |= oms_trigger_cancel(desk_.oms, &disarm_);
    }

    void take_out() {
        oms_poll_t poll;
        OMS_REQUEST_INIT(&poll, OMS_REQUEST_POLL);
        poll.max_commands = poll.max_events = DESK_ROOM;
        do {
            failed_ |=
                oms_poll(desk_.oms, &poll, desk_.commands, desk_.events, &desk_.polled);
            for (std::uint32_t i = 0; i < desk_.polled.commands; ++i) {
                tally_.commands += desk_.commands[i].kind == OMS_COMMAND_NEW;
            }
        } while (desk_.polled.more_commands || desk_.polled.more_events);
    }

    Tally tally() const {
        desk_need(failed_ == 0, "a call failed");
        oms_position_t position{};
        oms_account_t account{};
        desk_ok(oms_account_get(desk_.oms, &account), "account");
        Tally sum = tally_;
        if (oms_position_net(desk_.oms, 0, &position) == OMS_OK) {
            sum.position = position.side == OMS_POSITION_LONG ? position.qty : -position.qty;
        }
        // A tick-lot is 0.01 x 0.01, money has six decimals.
        sum.realised = account.realised / 100;
        return sum;
    }

private:
    void fill_in(const Ask& ask) {
        order_.header.now = ask.now;
        order_.client_id = ask.id;
        order_.side = static_cast<std::uint8_t>(ask.side);
        order_.qty = ask.qty;
        order_.price = ask.price;
    }

    void hold(const Ask& ask) {
        fill_in(ask);
        order_.price = 0;
        desk_ok(oms_order_submit(desk_.oms, &order_, &desk_.verdict, &desk_.id), "hold");
        desk_accepted(&desk_);
        desk_order(&order_);
    }

    void report(std::uint8_t kind, std::uint64_t id, std::uint64_t exec, std::int64_t qty,
                std::int64_t price, std::uint64_t now) {
        report_.header.now = now;
        report_.report = kind;
        report_.client_id = id;
        report_.exec_id = exec;
        report_.qty = qty;
        report_.price = price;
        const oms_status_t status = oms_venue_report(desk_.oms, &report_);
        failed_ |= status == OMS_IGNORED ? 0 : status;
    }

    desk_t desk_;
    oms_order_submit_t order_;
    oms_quote_t quote_;
    oms_drain_t drain_;
    oms_venue_report_t report_;
    oms_trigger_arm_t stop_;
    oms_trigger_cancel_t disarm_;
    oms_order_cancel_t cancel_;
    std::int32_t failed_ = 0;
    Tally tally_;
};

} // namespace peers
