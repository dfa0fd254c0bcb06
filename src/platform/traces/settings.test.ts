import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../config.ts';

const tracesOf = (environment: Readonly<Record<string, string>>) => readConfig(environment).traces;
const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

test('sends traces nowhere unless a collector is set, whatever else is meant for other programs', () => {
  for (const environment of [
    {},
    { OTEL_SERVICE_NAME: 'another' },
    { OTEL_TRACES_SAMPLER: 'jaeger_remote', OTEL_TRACES_SAMPLER_ARG: 'x' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
  ])
    assert.equal(tracesOf(environment), undefined, JSON.stringify(environment));
});

test('finds the address of traces as the OpenTelemetry specification says', () => {
  const addressOf = (environment: Readonly<Record<string, string>>) => tracesOf(environment)?.address;
  assert.equal(addressOf(collector), 'http://127.0.0.1:4318/v1/traces');
  assert.equal(
    addressOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/' }),
    'https://collector.example/otlp/v1/traces',
  );
  assert.equal(
    addressOf({ ...collector, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/traces' }),
    'http://127.0.0.1:9/traces',
  );
});

test('traces every request unless a sampler says otherwise', () => {
  const shareOf = (more: Readonly<Record<string, string>>) => tracesOf({ ...collector, ...more })?.share;
  assert.equal(shareOf({}), 1);
  assert.equal(shareOf({ OTEL_TRACES_SAMPLER: 'always_off' }), 0);
  assert.equal(shareOf({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' }), 0.1);
  assert.equal(shareOf({ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }), 0);
  assert.equal(shareOf({ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio' }), 1);
  assert.equal(shareOf({ OTEL_TRACES_SAMPLER: 'always_on', OTEL_TRACES_SAMPLER_ARG: '0.1' }), 1);
});

test('refuses an address or a sampler that cannot be meant, with its name', () => {
  for (const [more, said] of [
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '127.0.0.1:4318' }, /OTEL_EXPORTER_OTLP_ENDPOINT must be the address/],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'grpc://x:4317' }, /OTEL_EXPORTER_OTLP_TRACES_ENDPOINT must be the address/],
    [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, /OTEL_TRACES_SAMPLER must be one of always_on, /],
    [{ OTEL_TRACES_SAMPLER: 'toString' }, /OTEL_TRACES_SAMPLER must be one of/],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' }, /OTEL_TRACES_SAMPLER_ARG must be a share/],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: 'x' }, /OTEL_TRACES_SAMPLER_ARG must be a share/],
  ] as const)
    assert.throws(() => tracesOf({ ...collector, ...more }), said);
});
