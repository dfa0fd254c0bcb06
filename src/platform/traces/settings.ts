/** Settings of traces, under the names of the OpenTelemetry specification. */
import { z } from 'zod';

const samplers = {
  always_on: 'all',
  always_off: 'none',
  traceidratio: 'share',
  // No request has a parent, because headers of the browser are not read.
  parentbased_always_on: 'all',
  parentbased_always_off: 'none',
  parentbased_traceidratio: 'share',
} as const;
type Sampler = keyof typeof samplers;

export const traceEnvironment = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_TRACES_SAMPLER: z.string().optional(),
  OTEL_TRACES_SAMPLER_ARG: z.string().optional(),
  // The exporter reads these by itself, and those for certificates.
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: z.string().optional(),
};

export type TraceSettings = {
  /** The whole address that spans are sent to. */
  readonly address: string;
  readonly serviceName: string;
  /** The share of requests that is traced, from 0 to 1. */
  readonly share: number;
};

type Environment = { readonly [Name in keyof typeof traceEnvironment]?: string | undefined };

/** Returns undefined where no collector is set. The other settings are then not checked: they may be meant for other programs. A wrong setting gives a sentence for the operator. */
export function toTraceSettings(env: Environment): TraceSettings | undefined | { readonly problem: string } {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const whole = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const given = whole ?? base;
  if (given === undefined) return undefined;
  const name = whole === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    return { problem: `The setting ${name} must be the address of a collector, like http://127.0.0.1:4318` };
  const sampler = env.OTEL_TRACES_SAMPLER ?? 'parentbased_always_on';
  if (!isSampler(sampler))
    return { problem: `The setting OTEL_TRACES_SAMPLER must be one of ${Object.keys(samplers).join(', ')}` };
  const share = { all: 1, none: 0, share: Number(env.OTEL_TRACES_SAMPLER_ARG ?? 1) }[samplers[sampler]];
  if (!(share >= 0 && share <= 1))
    return { problem: 'The setting OTEL_TRACES_SAMPLER_ARG must be a share of requests, from 0 to 1' };
  return {
    address: whole ?? addTracesPath(given),
    serviceName: env.OTEL_SERVICE_NAME ?? 'safelight',
    share,
  };
}

const isSampler = (text: string): text is Sampler => Object.hasOwn(samplers, text);

function addTracesPath(base: string): string {
  const address = new URL(base);
  address.pathname = `${address.pathname.replace(/\/$/, '')}/v1/traces`;
  return address.href;
}
