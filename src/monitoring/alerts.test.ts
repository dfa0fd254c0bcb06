import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { metricHelp } from '../platform/metrics/metrics.ts';
import { rules } from './rules.ts';

const root = join(import.meta.dirname, '../..');
type Alarm = {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly cure: string };
};
const { groups } = parse(readFileSync(join(root, 'deploy/prometheus/alerts.yml'), 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly Alarm[] }[];
};
const alarms = groups.flatMap((group) => group.rules);

const familyOf = (name: string): string => (name in metricHelp ? name : name.replace(/_(bucket|sum|count)$/, ''));

test('every alarm asks for metrics that Safelight exposes', () => {
  assert.ok(alarms.length > 15);
  for (const { alert, expr } of alarms) {
    const asked = expr.match(/\bsafelight_\w+/g) ?? [];
    assert.ok(asked.length > 0 || expr.startsWith('up{'), alert);
    for (const name of asked) assert.ok(familyOf(name) in metricHelp, `${alert}: ${name}`);
  }
});

test('every rule of System health that can ask for a cure has its alarm, and no alarm names another rule', () => {
  const named = alarms.flatMap(({ expr }) =>
    [...expr.matchAll(/rule=~?"([^"]+)"/g)].flatMap(([, all = '']) => all.split('|')),
  );
  const known = rules.map(({ name }) => name).filter((name) => name !== 'version');
  assert.deepEqual([...new Set(named)].sort(), known.sort());
});

test('the guide has a row for every alarm, with its severity', () => {
  const guide = readFileSync(join(root, 'docs/operations/observe.md'), 'utf8');
  for (const { alert, labels, annotations } of alarms) {
    assert.match(guide, new RegExp(`^\\| \`${alert}\` \\| ${labels.severity} \\|`, 'm'), alert);
    assert.ok(annotations.summary.endsWith('.') && annotations.cure.endsWith('.'), alert);
  }
});

test('the guide explains every metric', () => {
  const guide = readFileSync(join(root, 'docs/operations/observe.md'), 'utf8');
  for (const name of Object.keys(metricHelp)) assert.ok(guide.includes(`\`${name}\``), name);
});
