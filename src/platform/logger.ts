/** The service's own log. It names routes, statuses and kinds of error; never a body, a name, an address or what somebody typed. */
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';

export const openLogger = (level: string): FastifyBaseLogger =>
  pino({
    level,
    base: null,
    serializers: {
      req: (request: { method: string; routeOptions?: { url?: string } }) => ({
        method: request.method,
        route: request.routeOptions?.url,
      }),
      res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        code: error.code,
        ...(level === 'debug' && { message: error.message }),
        stack: framesOf(error),
      }),
    },
  });

/** Where it happened, without the message, which may quote what somebody typed: that is for a developer's own machine, at the level of debug. */
const framesOf = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .join('\n');
