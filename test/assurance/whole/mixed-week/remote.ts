/** A running server in place of an application in this process: what fills pages by `inject` does the same over HTTP. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';

/** In milliseconds: a page that takes longer has failed. */
const longestAnswer = 30_000;

const headersOf = ({ headers, cookies }: InjectOptions): Record<string, string> => ({
  ...(headers as Record<string, string>),
  ...(cookies && {
    cookie: Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
  }),
});

function cookieOf(line: string): { readonly name: string; readonly value: string } {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  return { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)) };
}

/** Asks the server as a browser without script does. Redirects are the caller’s to follow. `heard` is told each answer. */
export function remoteApp(base: string, heard: (status: number) => void = () => {}): FastifyInstance {
  const inject = async (asked: string | InjectOptions): Promise<LightMyRequestResponse> => {
    const options = typeof asked === 'string' ? { url: asked } : asked;
    const answer = await fetch(new URL(String(options.url), base), {
      method: options.method ?? 'GET',
      headers: headersOf(options),
      ...(options.payload !== undefined && { body: options.payload as string }),
      redirect: 'manual',
      signal: AbortSignal.timeout(longestAnswer),
    });
    const rawPayload = Buffer.from(await answer.arrayBuffer());
    heard(answer.status);
    return {
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      cookies: answer.headers.getSetCookie().map(cookieOf),
      rawPayload,
      body: rawPayload.toString(),
    } as unknown as LightMyRequestResponse;
  };
  return { inject } as unknown as FastifyInstance;
}
