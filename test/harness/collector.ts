/** A collector of traces on this machine, for tests: keeps what it is sent, or never answers. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { TestScope } from './database.ts';

type Value = { readonly stringValue?: string; readonly intValue?: number };
type Attribute = { readonly key: string; readonly value: Value };
export type SentSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly events?: readonly unknown[];
  readonly links?: readonly unknown[];
};
type Sent = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
};

export const attributesOf = ({ attributes }: { readonly attributes: readonly Attribute[] }) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));

export type Collector = {
  readonly address: string;
  /** What was sent, headers included, as text. */
  readonly text: () => string;
  readonly spans: () => readonly SentSpan[];
  readonly resources: () => readonly Readonly<Record<string, unknown>>[];
  readonly requests: () => number;
};

/** `answer` is the status, or `never`. */
export async function openCollector(t: TestScope, answer: number | 'never' = 200): Promise<Collector> {
  const bodies: string[] = [];
  const heads: string[] = [];
  const server = createServer((request, response) => {
    heads.push(`${request.method} ${request.url}\n${JSON.stringify(request.headers)}`);
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      bodies.push(body);
      if (answer !== 'never') response.writeHead(answer, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const sent = (): Sent['resourceSpans'] => bodies.flatMap((body) => (JSON.parse(body) as Sent).resourceSpans);
  return {
    address: `http://127.0.0.1:${(server.address() as { readonly port: number }).port}/v1/traces`,
    text: () => [...heads, ...bodies].join('\n'),
    spans: () => sent().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    resources: () => sent().map(({ resource }) => attributesOf(resource)),
    requests: () => heads.length,
  };
}
