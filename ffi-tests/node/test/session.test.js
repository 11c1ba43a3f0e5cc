'use strict';
/** What a user of the package does, door by door; every answer is the library's. */

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const oms = require('../oms.js');
const abi = require('../abi.js');
const { CAPACITY, Desk } = require('./desk.js');

const { constants: c } = oms;

test('the story is that of examples/story', () => {
  const folder = path.join(__dirname, '..');
  const told = execFileSync(process.execPath, [path.join(folder, 'story.js')], { encoding: 'utf8' });
  const story = path.join(folder, '..', '..', 'examples', 'story', 'story.txt');
  assert.equal(told, fs.readFileSync(story, 'utf8'));
});

test('an order: checked, submitted, replaced, cancelled', () => {
  const { engine, ...desk } = new Desk();
  const d = Object.assign(Object.create(Desk.prototype), desk, { engine });
  const before = engine.digest();
  assert.equal(engine.orderCheck(d.buy(1, 100)).verdict.denied, 0);
  assert.equal(engine.digest(), before, 'a check changes nothing');
  const { status, verdict, order } = d.submit(1, 100);
  assert.equal(status, c.OMS_OK);
  assert.equal(verdict.first, c.OMS_CHECK_NONE);
  assert.equal(typeof order, 'bigint');
  const [command] = engine.poll({ now: d.now }).commands;
  assert.equal(command.kind, c.OMS_COMMAND_NEW);
  assert.equal(command.order, order);
  assert.equal(command.qty, 100n);
  d.report(order, c.OMS_REPORT_ACK);
  assert.equal(engine.orderGet(order, 0).status, c.OMS_STATUS_OPEN);
  assert.equal(engine.orderGet(0, 1).order, order, 'by the client id');
  engine.orderReplace({ now: d.tick(), order, request_id: 2, qty: 120, price: 5_000_000 });
  assert.equal(engine.poll({ now: d.now }).commands[0].kind, c.OMS_COMMAND_REPLACE);
  d.report(order, c.OMS_REPORT_REPLACE_ACK, { request_id: 2, qty: 120, price: 5_000_000 });
  assert.equal(engine.orderGet(order, 0).order_qty, 120n);
  engine.orderCancel({ now: d.tick(), order, request_id: 3 });
  assert.equal(engine.poll({ now: d.now }).commands[0].kind, c.OMS_COMMAND_CANCEL);
  d.report(order, c.OMS_REPORT_CANCEL_ACK, { request_id: 3 });
  assert.equal(names('orderStatusName', engine.orderGet(order, 0).status), 'CANCELLED');
  assert.equal(engine.audit().item, 0, 'every sum is what its parts add up to');
});

const names = (of, code) => oms.names[of](code);

test('a denial is an answer and says why', () => {
  const d = new Desk();
  const { status, verdict, order } = d.submit(1, 501);
  assert.equal(status, c.OMS_OK);
  assert.equal(order, 0n);
  assert.equal(verdict.denied, 1);
  assert.equal(verdict.first, c.OMS_CHECK_QTY);
  assert.deepEqual([verdict.limit, verdict.observed], [500n, 501n]);
  assert.match(oms.denial(verdict), /^denied by QTY in scope 0: observed 501, limit 500 \(LOTS\)/);
  assert.equal(oms.denial(d.submit(2, 500).verdict), '');
  assert.equal(d.engine.denialsGet(0).denied_by[c.OMS_CHECK_QTY], 1n);
});

test('fills make a position, trades mark it, triggers close it', () => {
  const d = new Desk();
  d.bought(1, 100);
  const position = d.engine.positionNet(d.symbol);
  assert.equal(position.qty, 100n);
  d.engine.trade({ now: d.tick(), symbol: d.symbol, source: c.OMS_TRADE_LAST, price: 5_000_050,
    qty: 1 });
  assert.equal(d.engine.symbolGet(d.symbol).last, 5_000_050n);
  const { trigger } = d.engine.triggerArm({ now: d.tick(), position: position.position,
    kind: c.OMS_TRIGGER_STOP_LOSS, action: c.OMS_ACTION_CLOSE, level: 4_900_000 });
  d.engine.triggerMove({ now: d.tick(), trigger, level: 4_950_000 });
  assert.equal(d.engine.triggerGet(trigger).level, 4_950_000n);
  d.quote(4_949_999, 4_950_100);
  const { commands } = d.engine.poll({ now: d.now });
  assert.equal(commands.length, 1);
  assert.equal(commands[0].side, c.OMS_SIDE_SELL);
  d.report(commands[0].order, c.OMS_REPORT_ACK);
  d.report(commands[0].order, c.OMS_REPORT_FILL, { exec_id: 9, qty: 100, price: 4_949_000 });
  assert.throws(() => d.engine.positionNet(d.symbol), { code: 'OMS_E_UNKNOWN' });
  assert.equal(d.engine.statisticsGet(0).losses, 1n);
  assert.equal(d.engine.accountGet().realised, -100n * 51_100n * 10n);
});

test('the breaker trips, stops and is reset by hand', () => {
  const d = new Desk();
  const order = d.bought(1, 500);
  d.quote(4_500_000, 4_500_100);
  assert.equal(d.engine.riskGet(0).state, c.OMS_BREAKER_OPEN);
  assert.equal(d.engine.tripGet(0, 0).limit, 2_000_000_000n);
  const { verdict } = d.submit(2, 1, 4_500_100);
  assert.equal(verdict.first, c.OMS_CHECK_BREAKER);
  d.engine.control({ now: d.tick(), action: c.OMS_CONTROL_BREAKER_RESET });
  assert.equal(d.engine.riskGet(0).state, c.OMS_BREAKER_CLOSED);
  assert.ok(d.engine.orderGet(order, 0).cum_qty === 500n);
});

test('kill stops at once', () => {
  const d = new Desk();
  d.engine.kill();
  assert.equal(d.submit(1, 1).verdict.first, c.OMS_CHECK_TRADING_STATE);
});

test('many quotes in one call, each with its status', () => {
  const d = new Desk();
  const other = d.define('ETH/USD');
  const now = d.tick();
  const { status, taken, statuses } = d.engine.quoteBatch([
    { now, symbol: d.symbol, bid: 1, ask: 2 },
    { now, symbol: 7, bid: 1, ask: 2 },
    { now, symbol: other, bid: 3, ask: 4 },
  ]);
  assert.equal(status, c.OMS_OK);
  assert.equal(taken, 2);
  assert.deepEqual(statuses, [c.OMS_OK, c.OMS_E_SYMBOL, c.OMS_OK]);
  assert.equal(d.engine.symbolGet(other).bid, 3n);
  assert.equal(d.engine.quoteBatch([]).taken, 0);
});

test('a scope is found by its name', () => {
  const capacity = { ...CAPACITY, scopes: 2, books: 2 };
  const d = new Desk({ capacity });
  const { scope } = d.engine.scopeDefine({ now: d.tick(), name: 'alpha' });
  assert.equal(d.engine.scopeByName('alpha'), scope);
  assert.throws(() => d.engine.scopeByName('beta'), { code: 'OMS_E_UNKNOWN' });
});

test('equal calls give equal digests; engines do not touch each other', () => {
  const [a, b, idle] = [new Desk(), new Desk(), new Desk()];
  const still = idle.engine.digest();
  for (const d of [a, b]) d.bought(1, 100);
  assert.equal(a.engine.digest(), b.engine.digest());
  a.submit(2, 1);
  assert.notEqual(a.engine.digest(), b.engine.digest());
  assert.equal(idle.engine.digest(), still);
});

test('every door of the header is a method, and every function is bound', () => {
  assert.ok(abi.doors.length > 60);
  const camel = (name) => name.slice(4).replace(/_(\w)/g, (_, x) => x.toUpperCase());
  for (const name of abi.doors) assert.equal(typeof oms.Engine.prototype[camel(name)], 'function');
});
