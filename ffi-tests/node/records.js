'use strict';
/**
 * Records of include/oms.h as plain objects: 64-bit fields are BigInt, smaller ones numbers, names
 * strings. Where each field lies is in abi.js, which is made from the header.
 */

const os = require('node:os');
const { records } = require('./abi.js');

const LITTLE = os.endianness() === 'LE';

/** How a field of each C type is read and written, and what it holds. */
const INTEGERS = {
  int64_t: { bytes: 8, big: true, get: 'getBigInt64', set: 'setBigInt64', signed: true },
  uint64_t: { bytes: 8, big: true, get: 'getBigUint64', set: 'setBigUint64' },
  int32_t: { bytes: 4, get: 'getInt32', set: 'setInt32', signed: true },
  uint32_t: { bytes: 4, get: 'getUint32', set: 'setUint32' },
  uint16_t: { bytes: 2, get: 'getUint16', set: 'setUint16' },
  uint8_t: { bytes: 1, get: 'getUint8', set: 'setUint8' },
};

for (const type of Object.values(INTEGERS)) {
  const bits = BigInt(type.bytes * 8);
  type.least = type.signed ? -(1n << (bits - 1n)) : 0n;
  type.most = (1n << (type.signed ? bits - 1n : bits)) - 1n;
}

const isReserved = (name) => /^reserved\d*$/.test(name);
/** Filled in by the library, or by this package. */
const isFrame = (name) => isReserved(name) || name === 'struct_size';
const isText = (type, count) => type === 'uint8_t' && count > 8;
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** An empty buffer for a record, or for `count` of them. */
function room(record, count = 1) {
  return new Uint8Array(new ArrayBuffer(Math.max(records[record].size * count, 8)));
}

/** A value as the integer of a C type; a RangeError that says what may be given. */
function integer(value, type, where) {
  const { big, least, most } = INTEGERS[type];
  if (typeof value === 'boolean') value = Number(value);
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) {
    throw new RangeError(`${where} is ${String(value)}: give an integer of ${type}, ${least} to `
      + `${most}; a number beyond 2^53 is not exact, give a BigInt`);
  }
  const exact = BigInt(value);
  if (exact < least || exact > most) {
    throw new RangeError(`${where} is ${exact}: ${type} takes ${least} to ${most}`);
  }
  return big ? exact : Number(exact);
}

/** Writes a value of one field. */
function put(view, at, type, value, where) {
  if (type in INTEGERS) {
    view[INTEGERS[type].set](at, integer(value, type, where), LITTLE);
  } else {
    write(view, at, type, value, where);
  }
}

/** Writes a text; the library refuses one that leaves no room for the zero at its end. */
function putText(view, at, count, text, where) {
  const bytes = Buffer.from(String(text), 'latin1');
  if (bytes.length > count) {
    throw new RangeError(`${where} has ${bytes.length} bytes: there is room for ${count - 1}`);
  }
  for (let i = 0; i < count; i += 1) view.setUint8(at + i, i < bytes.length ? bytes[i] : 0);
}

/** Writes the given fields of a record; the others stay as they are. */
function write(view, at, record, values, where = record) {
  if (values === null || typeof values !== 'object') {
    throw new TypeError(`${where} is ${String(values)}: give an object with fields of ${record}`);
  }
  const { fields } = records[record];
  const known = new Map(fields.map((field) => [field[0], field]));
  for (const [name, value] of Object.entries(values)) {
    const path = `${where}.${name}`;
    if (name === 'now' && known.has('header')) {
      put(view, at + known.get('header')[2] + 8, 'uint64_t', value, path);
      continue;
    }
    const field = isFrame(name) || name === 'header' ? undefined : known.get(name);
    if (field === undefined) {
      throw new TypeError(`${path}: ${record} has no such field; it has ${settable(record)}`);
    }
    const [, type, offset, count] = field;
    if (isText(type, count)) {
      putText(view, at + offset, count, value, path);
    } else if (count === 0) {
      put(view, at + offset, type, value, path);
    } else {
      putAll(view, at + offset, type, count, value, path);
    }
  }
}

/** Writes an array; what is left out of it stays as it is. */
function putAll(view, at, type, count, values, where) {
  if (!Array.isArray(values) || values.length > count) {
    throw new RangeError(`${where}: give an array of at most ${count}`);
  }
  const step = type in INTEGERS ? INTEGERS[type].bytes : records[type].size;
  values.forEach((value, i) => put(view, at + i * step, type, value, `${where}[${i}]`));
}

/** The fields that may be given. */
function settable(record) {
  return records[record].fields.map(([name]) => (name === 'header' ? 'now' : name))
    .filter((name) => !isFrame(name)).join(', ');
}

/** Reads a record. */
function read(view, at, record) {
  const values = {};
  for (const [name, type, offset, count] of records[record].fields) {
    if (isFrame(name)) continue;
    const place = at + offset;
    if (name === 'header') {
      values.now = view.getBigUint64(place + 8, LITTLE);
    } else if (isText(type, count)) {
      const bytes = new Uint8Array(view.buffer, view.byteOffset + place, count);
      const end = bytes.indexOf(0);
      values[name] = Buffer.from(bytes.subarray(0, end < 0 ? count : end)).toString('latin1');
    } else if (count === 0) {
      values[name] = get(view, place, type);
    } else {
      const step = type in INTEGERS ? INTEGERS[type].bytes : records[type].size;
      values[name] = Array.from({ length: count }, (_, i) => get(view, place + i * step, type));
    }
  }
  return values;
}

/** Reads one field. */
function get(view, at, type) {
  return type in INTEGERS ? view[INTEGERS[type].get](at, LITTLE) : read(view, at, type);
}

/** A record in bytes: `base` with the given fields, and kind and size in its head. */
function encode(record, values, bytes = room(record), kind = undefined) {
  const view = viewOf(bytes);
  write(view, 0, record, values);
  if (kind !== undefined) {
    view.setUint32(0, kind, LITTLE);
    view.setUint32(4, records[record].size, LITTLE);
  }
  return bytes;
}

/** What the `index`-th record in the bytes holds. */
function decode(record, bytes, index = 0) {
  return read(viewOf(bytes), index * records[record].size, record);
}

module.exports = { INTEGERS, LITTLE, decode, encode, get, integer, room, viewOf };
