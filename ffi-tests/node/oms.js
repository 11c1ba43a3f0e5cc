'use strict';
/**
 * oms-core from Node: dist/liboms.so through koffi. Every decision is the library's; here records
 * are passed and answers returned. include/oms.h is the manual: oms_order_submit is
 * `engine.orderSubmit(request)`, fields and constants have the names they have there.
 *
 * - 64-bit values (ids, money, prices, quantities, times) are BigInt; where they are given, an
 *   integer number does as well.
 * - A call that is refused throws OmsError. A denial by the risk gate is no error: the answer's
 *   `verdict.denied` is 1, and `denial(verdict)` says why.
 * - What changes the engine answers {status, ...}; a read answers the record itself.
 */

const path = require('node:path');
const koffi = require('koffi');
const abi = require('./abi.js');
const { INTEGERS, LITTLE, decode, encode, get, integer, room, viewOf } = require('./records.js');

const { constants } = abi;
const LIBRARY = process.env.OMS_LIBRARY
  || path.join(__dirname, '..', '..', 'dist', 'liboms.so');

const shared = koffi.load(LIBRARY);
const camel = (name) => name.replace(/^oms_/, '').replace(/_(\w)/g, (_, c) => c.toUpperCase());
const plain = (type) => (type === 'size_t' ? 'uint64_t' : type);

/** Every function of the header, as koffi calls it: records by address. */
const native = Object.fromEntries(Object.entries(abi.functions).map(([name, f]) => {
  const params = f.params.map(([, type, way]) => {
    if (type === 'char') return 'str';
    return way === 'value' ? type : 'void *';
  });
  return [name, shared.func(name, f.result === 'const char *' ? 'str' : f.result, params)];
}));

if (native.oms_abi_version() !== constants.OMS_ABI_VERSION) {
  throw new Error(`${LIBRARY} has ABI version ${native.oms_abi_version()}, this package `
    + `${constants.OMS_ABI_VERSION}: take both from one version of oms-core`);
}

/** A call that was refused; nothing has changed. */
class OmsError extends Error {
  /**
   * @param {string} call    the function of the header
   * @param {number} status  OMS_E_*
   * @param {{value?: any, limit?: string, what?: string, request?: any}} about
   */
  constructor(call, status, about = {}) {
    const name = `OMS_${native.oms_status_name(status)}`;
    const what = about.what ? `: ${about.what}` : '';
    super(`${call}: ${name} (${status}): ${native.oms_status_text(status)}${what}`);
    this.name = 'OmsError';
    /** The function of the header. */
    this.call = call;
    /** The number of the status; `code` is its name. */
    this.status = status;
    this.code = name;
    /** The value that was refused and what holds for it, where the status alone does not tell. */
    this.value = about.value;
    this.limit = about.limit;
    /** What was given. */
    this.request = about.request;
  }
}

/** Throws for a status that is an error; returns it otherwise. */
function must(call, status, about) {
  if (status < 0) throw new OmsError(call, status, about);
  return status;
}

/** Why a verdict denies, in a line; '' for one that accepts. */
function denial(verdict) {
  if (!verdict.denied) return '';
  return `denied by ${native.oms_check_name(verdict.first)} in scope ${verdict.scope}: observed `
    + `${verdict.observed}, limit ${verdict.limit} (${native.oms_unit_name(verdict.unit)}); it must `
    + `hold that ${native.oms_check_text(verdict.first)}`;
}

/** A record that a function of the library fills with defaults, with the given fields. */
function filled(call, record, values, ...args) {
  const bytes = room(record);
  must(call, native[call](bytes, ...args));
  encode(record, values, bytes);
  return decode(record, bytes);
}

/** Limits of a symbol, each off but those that are given. */
const limitsOff = (values = {}) => filled('oms_limits_off', 'oms_limits_set_t', values);
/** Limits of a scope, each off but those that are given. */
const scopeLimitsOff = (values = {}) => filled(
  'oms_scope_limits_off', 'oms_scope_limits_set_t', values);
/** The settings of a simulated venue to begin with, and those that are given. */
const simulationDefaults = (values = {}) => filled(
  'oms_simulation_init', 'oms_simulation_set_t', values);

/** The bytes of a configuration: the library's defaults, and what is given. */
function configuration(values) {
  const bytes = room('oms_config_t');
  must('oms_config_init', native.oms_config_init(bytes, BigInt(bytes.length)));
  return encode('oms_config_t', values, bytes);
}

/** Which field of a configuration is refused, its value and what holds for it. */
function refusedField(bytes, request) {
  const field = room('oms_poll_t').subarray(0, 4);
  const status = native.oms_config_check(bytes, field);
  const rule = abi.configFields[viewOf(field).getUint32(0, LITTLE)];
  const names = (rule || '').split(':')[0].split('.');
  const value = names.reduce((at, name) => at?.[name], decode('oms_config_t', bytes));
  const shown = value === undefined || typeof value === 'object' ? '' : `; it is ${value}`;
  return new OmsError('oms_init', status, { value, limit: rule, what: rule + shown, request });
}

/** Zeroed memory whose first byte lies at a multiple of OMS_ALIGN. */
function alignedMemory(size) {
  const bytes = new Uint8Array(new ArrayBuffer(size + constants.OMS_ALIGN));
  const over = Number(koffi.address(bytes) % BigInt(constants.OMS_ALIGN));
  const from = over === 0 ? 0 : constants.OMS_ALIGN - over;
  return bytes.subarray(from, from + size);
}

/**
 * An engine and the memory it lies in: an ArrayBuffer of its own, which V8 neither moves nor frees
 * while the engine is reachable. One thread (worker) uses it.
 */
class Engine {
  #memory;

  #oms = 0n;

  /** @param {object} config fields of oms_config_t; the others have the library's defaults */
  constructor(config = {}) {
    const bytes = configuration(config);
    const size = native.oms_size(bytes);
    if (BigInt(size) === 0n) throw refusedField(bytes, config);
    const memory = alignedMemory(Number(size));
    const handle = room('oms_poll_t').subarray(0, 8);
    must('oms_init', native.oms_init(memory, BigInt(size), bytes, handle), { request: config });
    this.#memory = memory;
    this.#oms = viewOf(handle).getBigUint64(0, LITTLE);
  }

  /** Lets go of the memory; every call after it throws OMS_E_NULL. */
  close() {
    this.#memory = undefined;
    this.#oms = 0n;
  }

  /** Whether close() was called. */
  get closed() {
    return this.#memory === undefined;
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.close();
  }

  /** Calls a function of the header with the engine in front; throws what it refuses. */
  #call(name, args, request) {
    const what = this.closed ? 'the engine was closed: make another one' : undefined;
    const handle = this.#oms === 0n ? null : this.#oms;
    return must(name, native[name](handle, ...args), { what, request });
  }

  /** One door or read of abi.js: values and one record in, single answers out. */
  door(name, given) {
    const made = [];
    const rest = [...given];
    let record = false;
    const args = abi.functions[name].params.slice(1).map(([label, type, way]) => {
      if (way === 'out') {
        const bytes = type in abi.records ? room(type) : new Uint8Array(new ArrayBuffer(8));
        made.push([label, type, bytes]);
        return bytes;
      }
      if (rest.length === 0) throw new TypeError(`${camel(name)}: ${label} is missing`);
      const value = rest.shift();
      if (way === 'value') return integer(value, plain(type), `${camel(name)}: ${label}`);
      record = true;
      return encode(type, value, room(type), constants[abi.records[type].kind]);
    });
    if (rest.length > 0) throw new TypeError(`${camel(name)}: ${rest.length} arguments too many`);
    const status = this.#call(name, args, given[0]);
    const outs = made.map(([label, type, bytes]) => [label,
      type in abi.records ? decode(type, bytes) : get(viewOf(bytes), 0, plain(type))]);
    return !record && outs.length === 1 ? outs[0][1] : { status, ...Object.fromEntries(outs) };
  }

  /**
   * What waits, oldest first: commands for the venue and events for people. A command is handed
   * out once and counts as sent.
   */
  poll({ now, maxCommands = 64, maxEvents = 256 }) {
    const request = { now, max_commands: maxCommands, max_events: maxEvents };
    const head = encode('oms_poll_t', request, room('oms_poll_t'), constants.OMS_REQUEST_POLL);
    const commands = room('oms_command_t', maxCommands);
    const events = room('oms_event_t', maxEvents);
    const polled = room('oms_polled_t');
    const status = this.#call('oms_poll', [head, commands, events, polled], request);
    const taken = decode('oms_polled_t', polled);
    return {
      ...taken,
      status,
      commands: Array.from({ length: taken.commands }, (_, i) => decode(
        'oms_command_t', commands, i)),
      events: Array.from({ length: taken.events }, (_, i) => decode('oms_event_t', events, i)),
    };
  }

  /**
   * Quotes of many symbols in one call, each with its time and a status of its own: one that is
   * refused does not stop the others. `taken` is how many were not refused.
   * @param {object[]} quotes fields of oms_quote_t each
   */
  quoteBatch(quotes) {
    const { size, kind } = abi.records.oms_quote_t;
    const bytes = room('oms_quote_t', quotes.length);
    quotes.forEach((quote, i) => encode('oms_quote_t', quote,
      bytes.subarray(i * size, (i + 1) * size), constants[kind]));
    const codes = new Int32Array(new ArrayBuffer(4 * Math.max(quotes.length, 2)));
    const count = new Uint8Array(new ArrayBuffer(8));
    const args = [bytes, BigInt(quotes.length), codes, count];
    const status = this.#call('oms_quote_batch', args, quotes);
    const taken = Number(viewOf(count).getBigUint64(0, LITTLE));
    return { status, taken, statuses: Array.from(codes.subarray(0, quotes.length)) };
  }

  /** The number of a scope. */
  scopeByName(name) {
    const scope = new Uint8Array(new ArrayBuffer(8));
    this.#call('oms_scope_by_name', [name, scope], name);
    return viewOf(scope).getUint32(0, LITTLE);
  }
}

for (const name of abi.doors) {
  Engine.prototype[camel(name)] = function door(...given) {
    return this.door(name, given);
  };
}

/** The name of a value, for every oms_*_name of the header: names.sideName(1) is 'BUY'. */
const names = {};
for (const [name, f] of Object.entries(abi.functions)) {
  if (f.result === 'const char *' && f.params.length === 1) {
    names[camel(name)] = (code) => native[name](integer(code, f.params[0][1], camel(name)));
  }
}

/** A ratio of so many percent, or of so many hundredths of a percent. */
const percent = (n) => BigInt(n) * 10_000_000n;
const basisPoints = (n) => BigInt(n) * 100_000n;

module.exports = {
  Engine,
  OmsError,
  basisPoints,
  constants,
  denial,
  limitsOff,
  names,
  percent,
  scopeLimitsOff,
  simulationDefaults,
  version: () => native.oms_version(),
};
