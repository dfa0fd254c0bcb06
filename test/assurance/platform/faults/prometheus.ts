/** As much of Prometheus as the alarms of the twelve faults need: it reads real addresses and asks the expressions of alerts.yml. Those with rates and quantiles it leaves out, and says so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Labels = Readonly<Record<string, string>>;
export type Series = { readonly name: string; readonly labels: Labels; readonly value: number };
export type Target = { readonly job: string; readonly instance: string; readonly url: string };
export type Alarm = { readonly alert: string; readonly expr: string; readonly seconds: number };

const file = join(import.meta.dirname, '../../../../deploy/prometheus/alerts.yml');

type Group = {
  readonly interval: string;
  readonly rules: readonly { readonly alert: string; readonly expr: string; readonly for?: string }[];
};

/** "15s", "10m" in seconds. */
export const secondsOf = (text: string): number => {
  const [, count, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (count === undefined) throw new Error(`no duration: ${text}`);
  return Number(count) * { s: 1, m: 60, h: 3_600 }[unit as 's' | 'm' | 'h'];
};

/** The shipped alarms, and how often they are asked. */
export function readAlarms(): { readonly interval: number; readonly alarms: readonly Alarm[] } {
  const { groups } = parse(readFileSync(file, 'utf8')) as { readonly groups: readonly Group[] };
  const [group] = groups;
  if (!group || groups.length !== 1) throw new Error('alerts.yml has another number of groups');
  const alarms = group.rules.map(({ alert, expr, for: lasts }) => ({
    alert,
    expr,
    seconds: lasts === undefined ? 0 : secondsOf(lasts),
  }));
  return { interval: secondsOf(group.interval), alarms };
}

/** The text format 0.0.4. */
export const parseMetrics = (text: string): Series[] =>
  text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
    if (!name || line.startsWith('#')) return [];
    return [{ name, labels: parseLabels(labels), value: Number(value) }];
  });

const parseLabels = (text: string): Labels =>
  Object.fromEntries([...text.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/gi)].map(([, name, value]) => [name, value]));

type Condition = (series: readonly Series[]) => Series[];

const comparison = /^([a-z_]+)(?:\{([^}]*)\})? (==|>=|<=|>|<) ([\d.e]+)$/i;
const compare: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '==': (one, other) => one === other,
  '>=': (one, other) => one >= other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '<': (one, other) => one < other,
};

/** `metric{label="…", other=~"a|b"} > 3`, and several of them joined by “or”. Undefined where it is something else. */
export function conditionOf(expr: string): Condition | undefined {
  const parts = expr.split(' or ').map(comparisonOf);
  if (parts.some((part) => part === undefined)) return undefined;
  return (series) => parts.flatMap((part) => part?.(series) ?? []);
}

function comparisonOf(text: string): Condition | undefined {
  const [, name, matchers = '', sign = '', limit] = comparison.exec(text.trim()) ?? [];
  const asked = compare[sign];
  if (!name || !asked) return undefined;
  const wanted = matchers === '' ? [] : matchers.split(/,\s*/).map(matcherOf);
  return (series) =>
    series.filter(
      (one) => one.name === name && wanted.every((fits) => fits(one.labels)) && asked(one.value, Number(limit)),
    );
}

function matcherOf(text: string): (labels: Labels) => boolean {
  const [, name = '', sign, value = ''] = /^([a-z_]+)(=~|=)"([^"]*)"$/i.exec(text) ?? [];
  if (!sign) throw new Error(`no matcher: ${text}`);
  const pattern = new RegExp(`^(?:${value})$`);
  return (labels) => (sign === '=' ? labels[name] === value : pattern.test(labels[name] ?? ''));
}

const keyOf = ({ name, labels }: Series): string => `${name} ${JSON.stringify(labels)}`;

/** The state of each alarm, as Prometheus keeps it: pending since, and firing when it has lasted. */
export class Watch {
  readonly #conditions: readonly (Alarm & { readonly holds: Condition })[];
  readonly #pending = new Map<string, number>();
  #series = new Map<string, readonly Series[]>();

  constructor(alarms: readonly Alarm[]) {
    this.#conditions = alarms.flatMap((alarm) => {
      const holds = conditionOf(alarm.expr);
      return holds ? [{ ...alarm, holds }] : [];
    });
  }

  /** What a target answered; nothing where it did not. Its series are gone then. */
  take({ job, instance }: Target, text: string | undefined): void {
    const of = (one: Series): Series => ({ ...one, labels: { ...one.labels, job, instance } });
    const up: Series = { name: 'up', labels: {}, value: text === undefined ? 0 : 1 };
    this.#series.set(instance, [up, ...parseMetrics(text ?? '')].map(of));
  }

  /** The names of the alarms whose expression holds, whether they ring yet or not. */
  get holding(): ReadonlySet<string> {
    return new Set([...this.#pending.keys()].map((key) => key.split(' ')[0] ?? ''));
  }

  /** The names of the alarms that ring at this moment, in milliseconds. */
  evaluate(at: number): ReadonlySet<string> {
    const all = [...this.#series.values()].flat();
    const firing = new Set<string>();
    const holding = new Set<string>();
    for (const { alert, seconds, holds } of this.#conditions)
      for (const one of holds(all)) {
        const key = `${alert} ${keyOf(one)}`;
        holding.add(key);
        const since = this.#pending.get(key) ?? at;
        this.#pending.set(key, since);
        if (at - since >= seconds * 1_000) firing.add(alert);
      }
    for (const key of this.#pending.keys()) if (!holding.has(key)) this.#pending.delete(key);
    return firing;
  }
}

const longestRead = 10_000;

/** Reads every target and asks every rule, each at its own moment of each interval, until it is stopped. */
export function watch(
  targets: readonly Target[],
  { every, random }: { readonly every: number; readonly random: () => number },
): {
  readonly firing: () => ReadonlySet<string>;
  readonly holding: () => ReadonlySet<string>;
  readonly stop: () => void;
} {
  const { interval, alarms } = readAlarms();
  const state = new Watch(alarms);
  let firing: ReadonlySet<string> = new Set();
  const timers: NodeJS.Timeout[] = [];
  const repeat = (milliseconds: number, work: () => void): void => {
    const begin = setTimeout(() => {
      work();
      timers.push(setInterval(work, milliseconds));
    }, random() * milliseconds);
    timers.push(begin);
  };
  const read = async (target: Target): Promise<void> => {
    const text = await fetch(target.url, { signal: AbortSignal.timeout(longestRead) })
      .then(async (answer) => (answer.ok ? await answer.text() : undefined))
      .catch(() => undefined);
    state.take(target, text);
  };
  for (const target of targets) repeat(every * 1_000, () => void read(target));
  repeat(interval * 1_000, () => {
    firing = state.evaluate(performance.now());
  });
  return { firing: () => firing, holding: () => state.holding, stop: () => timers.forEach(clearTimeout) };
}
