/** Sends spans to a collector by OTLP over HTTP. `main.ts` imports it only where a collector is set: nothing else loads OpenTelemetry. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Attributes,
  type Context,
  type HrTime,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Clock } from '../clock.ts';
import { safelightVersion } from '../version.ts';
import type { TraceSettings } from './settings.ts';
import { SpanQueue } from './span-queue.ts';
import { findErrorCode, type RequestTrace, type TracedRequest, type Traces } from './traces.ts';

export type TracesOptions = {
  readonly settings: TraceSettings;
  readonly clock: Clock;
  /** Hears once that spans do not arrive, with a code alone. */
  readonly warn: (fields: { readonly collector: string; readonly code: string | number | undefined }) => void;
  /** Other than the usual limits in tests. */
  readonly limits?: Partial<Limits>;
  readonly exporter?: SpanExporter;
};

type Limits = {
  readonly mostWaiting: number;
  readonly delayMs: number;
  readonly givenUpMs: number;
  readonly flushMs: number;
};
const usualLimits: Limits = { mostWaiting: 2_048, delayMs: 5_000, givenUpMs: 30_000, flushMs: 2_000 };

/** A page asks for far fewer. */
const mostStatements = 100;

export function openTraces(options: TracesOptions): Traces {
  const { settings, clock, warn } = options;
  const limits = { ...usualLimits, ...options.limits };
  const queue = new SpanQueue({
    exporter: options.exporter ?? new OTLPTraceExporter({ url: settings.address }),
    most: limits.mostWaiting,
    delayMs: limits.delayMs,
    givenUpMs: limits.givenUpMs,
    onFirstLoss: (error) => warn({ collector: new URL(settings.address).origin, code: codeOfLoss(error) }),
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': settings.serviceName, 'service.version': safelightVersion }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.share) }),
    spanProcessors: [queue],
  });
  const tracer = provider.getTracer('safelight', safelightVersion);
  return {
    startRequest: (request) => startRequest(tracer, clock, request),
    noteFailedChore: (chore, error) => noteFailedChore(tracer, clock, chore, error),
    lost: () => queue.lost,
    close: () => within(provider.shutdown(), limits.flushMs),
  };
}

function startRequest(tracer: Tracer, clock: Clock, request: TracedRequest): RequestTrace | undefined {
  const { route, withStatements } = request;
  const method = request.method === 'GET' || request.method === 'POST' ? request.method : '_OTHER';
  const from = clock.now().getTime();
  const counted = performance.now();
  const now = (): number => from + performance.now() - counted;
  const attributes: Attributes = {
    'http.request.method': method,
    'http.route': route,
    'safelight.site': 'staff',
  };
  const name = `${method === '_OTHER' ? 'HTTP' : method} ${route}`;
  const root = tracer.startSpan(
    name,
    { root: true, kind: SpanKind.SERVER, startTime: toHrTime(from), attributes },
    ROOT_CONTEXT,
  );
  if (!root.isRecording()) return undefined;
  let statements: Statement[] | undefined = withStatements ? [] : undefined;
  return {
    addStatement: (operation, milliseconds, errorCode) => {
      if (!statements || statements.length >= mostStatements) return;
      statements.push({ operation, from: now() - milliseconds, to: now(), errorCode });
    },
    end: (statusCode) => {
      // A record that is hidden and one that does not exist look alike here too.
      if (statusCode !== 404)
        for (const statement of statements ?? []) sendStatement(tracer, trace.setSpan(ROOT_CONTEXT, root), statement);
      statements = undefined;
      root.setAttribute('http.response.status_code', statusCode);
      if (statusCode >= 500) fail(root, String(statusCode));
      root.end(toHrTime(now()));
    },
  };
}

type Statement = {
  readonly operation: string;
  readonly from: number;
  readonly to: number;
  readonly errorCode: string | undefined;
};

function sendStatement(tracer: Tracer, parent: Context, { operation, from, to, errorCode }: Statement): void {
  const attributes: Attributes = { 'db.system.name': 'postgresql', 'db.operation.name': operation };
  const span = tracer.startSpan(operation, { kind: SpanKind.CLIENT, startTime: toHrTime(from), attributes }, parent);
  if (errorCode !== undefined) fail(span, errorCode);
  span.end(toHrTime(to));
}

function noteFailedChore(tracer: Tracer, clock: Clock, chore: string, error: unknown): void {
  const now = toHrTime(clock.now().getTime());
  const attributes: Attributes = { 'safelight.chore': chore };
  const span = tracer.startSpan(`chore ${chore}`, { root: true, startTime: now, attributes }, ROOT_CONTEXT);
  fail(span, findErrorCode(error) ?? 'error');
  span.end(now);
}

/** Never with a message: it may quote what somebody typed. */
function fail(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A plain number below the start of the process would be read as counted from there. */
const toHrTime = (milliseconds: number): HrTime => {
  const whole = Math.floor(milliseconds / 1_000);
  return [whole, Math.floor((milliseconds - whole * 1_000) * 1e6)];
};

/** A status of HTTP is a number. What the collector answered is not passed on. */
function codeOfLoss(error: unknown): string | number | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'number' ? code : findErrorCode(error);
}

async function within(work: Promise<void>, milliseconds: number): Promise<void> {
  const ended = new AbortController();
  const bound = sleep(milliseconds, undefined, { signal: ended.signal }).catch(() => {});
  await Promise.race([work.catch(() => {}), bound]);
  ended.abort();
}
