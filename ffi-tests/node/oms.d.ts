/**
 * oms-core from Node. include/oms.h is the manual: `oms_order_submit` is `engine.orderSubmit`,
 * fields and constants have the names they have there.
 */
import {
  Command, Config, Done, Doors, Event, Given, LimitsSet, Names, Polled, Quote, ScopeLimitsSet,
  SimulationSet, Verdict,
} from './abi';

export * from './abi';

/** An engine and the memory it lies in. One thread (worker) uses it. */
export class Engine {
  /** Fields left out have the library's defaults. Throws OmsError: the field, its value, its rule. */
  constructor(config?: Given<Config>);
  /** Whether close() was called. */
  readonly closed: boolean;
  /** Lets go of the memory; every call after it throws OMS_E_NULL. */
  close(): void;
  /** What waits, oldest first. A command is handed out once and counts as sent. */
  poll(request: { now: bigint | number; maxCommands?: number; maxEvents?: number }):
    Done & Omit<Polled, 'commands' | 'events'> & { commands: Command[]; events: Event[] };
  /** Quotes of many symbols in one call, each with its status; `taken` were not refused. */
  quoteBatch(quotes: Given<Quote>[]): { status: number; taken: number; statuses: number[] };
  /** The number of a scope. */
  scopeByName(name: string): number;
}
export interface Engine extends Doors {}

/** A call that was refused; nothing has changed. */
export class OmsError extends Error {
  /** The function of the header. */
  readonly call: string;
  /** OMS_E_*, and its name. */
  readonly status: number;
  readonly code: string;
  /** The value that was refused and what holds for it, where the status alone does not tell. */
  readonly value: unknown;
  readonly limit: string | undefined;
  /** What was given. */
  readonly request: unknown;
}

/** Why a verdict denies, in a line; '' for one that accepts. */
export function denial(verdict: Verdict): string;
/** Limits of a symbol, each off but those that are given. */
export function limitsOff(values?: Given<LimitsSet>): LimitsSet;
/** Limits of a scope, each off but those that are given. */
export function scopeLimitsOff(values?: Given<ScopeLimitsSet>): ScopeLimitsSet;
/** The settings of a simulated venue to begin with, and those that are given. */
export function simulationDefaults(values?: Given<SimulationSet>): SimulationSet;
/** A ratio of so many percent, or of so many hundredths of a percent. */
export function percent(n: bigint | number): bigint;
export function basisPoints(n: bigint | number): bigint;
/** The name of a value: names.sideName(1) is 'BUY'. */
export const names: Names;
/** Of the library, "major.minor.patch". */
export function version(): string;
