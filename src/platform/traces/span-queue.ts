/** A bounded queue of spans for the collector. It counts those that do not arrive. */
import { TraceFlags } from '@opentelemetry/api';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';

type Export = SpanExporter['export'];

export type QueueOptions = {
  readonly exporter: SpanExporter;
  /** Spans that may wait, those under way among them. */
  readonly most: number;
  /** In milliseconds: how long spans are collected before they are sent, and when an export without an answer is given up. */
  readonly delayMs: number;
  readonly givenUpMs: number;
  /** Hears the reason of the first loss. */
  readonly onFirstLoss: (error: unknown) => void;
};

export class SpanQueue implements SpanProcessor {
  readonly #options: QueueOptions;
  readonly #batches: BatchSpanProcessor;
  #waiting = 0;
  #lost = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
    const { exporter, most, delayMs, givenUpMs } = options;
    this.#batches = new BatchSpanProcessor({
      exporter: {
        export: (spans, done) => this.#send(spans, done),
        shutdown: () => exporter.shutdown(),
      },
      maxQueueSize: most,
      maxExportBatchSize: Math.min(512, most),
      scheduledDelayMillis: delayMs,
      exportTimeoutMillis: givenUpMs,
    });
  }

  get lost(): number {
    return this.#lost;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    if (this.#waiting >= this.#options.most) this.#lose(1, { code: 'EQUEUE' });
    else {
      this.#waiting += 1;
      this.#batches.onEnd(span);
    }
  }

  forceFlush(): Promise<void> {
    return this.#batches.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#batches.shutdown();
  }

  /** The exporter retries by itself for some seconds. Spans of an export that fails are lost. */
  #send(spans: ReadableSpan[], done: Parameters<Export>[1]): void {
    let settled = false;
    const settle = (error: unknown): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      this.#waiting -= spans.length;
      if (error) this.#lose(spans.length, error);
      done({ code: 0 });
    };
    const timer = setTimeout(() => settle({ code: 'ETIMEDOUT' }), this.#options.givenUpMs).unref();
    this.#options.exporter.export(spans, ({ code, error }) => settle(code === 0 ? undefined : (error ?? {})));
  }

  #lose(count: number, error: unknown): void {
    if (this.#lost === 0) this.#options.onFirstLoss(error);
    this.#lost += count;
  }
}
