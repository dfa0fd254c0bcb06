/** Answers what is thrown: as a page of the site, with what was refused written down. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findRefusalReason, findRequestedId, listIds } from '../audit-hook/refusals.ts';
import { isChangedTable } from '../database/statements.ts';
import { afterCollision } from '../forms/idempotency.ts';
import { asksForOutcome } from '../forms/outcome-check.ts';
import { AlreadySubmitted, findProblemKind, notFound, problems } from './problem.ts';
import type { HttpOptions } from './server.ts';

/** Where any id may be asked about, the main log does not say which one a support agency asked about. */
const subjectOf = (request: FastifyRequest): string | null =>
  request.routeOptions.config.onTheBeat && request.work.actor?.side === 'help' ? null : findRequestedId(request.params);

function writeRefusal(error: unknown, request: FastifyRequest, { tokenOf, refusals }: HttpOptions): void {
  request.work.discardLooks();
  const reason = request.is404 ? undefined : findRefusalReason(error, request.work.actor, tokenOf(request));
  if (reason) refusals.note(request.work, reason, subjectOf(request));
}

/** The page for what was thrown, with its status. What does not exist and what is hidden take the same time. */
export async function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  options: HttpOptions,
): Promise<unknown> {
  const found = request.work?.isDisconnected ? 'bad request' : findProblemKind(error);
  const mayHaveChanged = request.work?.mayHaveChanged || asksForOutcome(request.body);
  const kind = found === 'unavailable' && mayHaveChanged ? 'outcome unknown' : found;
  if (kind === 'bug' || kind === 'unavailable' || kind === 'outcome unknown')
    request.log.error({ err: error, request: request.work?.id }, kind);
  if (request.work) writeRefusal(error, request, options);
  if (kind === 'not found' && request.work?.actor) await request.work.waitForInterval();
  const answer = options.problemPage(kind, request, reply);
  if ('redirect' in answer) return reply.redirect(answer.redirect, 303);
  reply.code(kind === 'bug' ? 500 : problems[kind]).type('text/html; charset=utf-8');
  reply.header('cache-control', 'no-store');
  if (kind === 'too many' && error instanceof Error && 'retryAfter' in error)
    reply.header('retry-after', String(error.retryAfter));
  return options.views.render(answer.view, answer.model);
}

/** Pools that one request may use, each with statements of its own, and one more. */
const mostRepeats = 4;

/** Carries out again a request whose statement met a table that an upgrade had just changed. Its transaction failed, so nothing was done. What failed before its handler is not repeated: checks would be left out. */
async function repeatOnChangedTable(
  error: unknown,
  { work }: FastifyRequest,
  carryOut: () => Promise<unknown>,
): Promise<unknown> {
  let met = error;
  for (let repeats = 0; repeats < mostRepeats; repeats += 1) {
    if (!isChangedTable(met) || !work?.handled || work.mayHaveChanged) break;
    await work.endReading();
    work.discardLooks();
    try {
      return await carryOut();
    } catch (other) {
      met = other;
    }
  }
  throw met;
}

/** A form that another request carried out at the same moment is answered as that one was. */
export function registerProblems(app: FastifyInstance, options: HttpOptions): void {
  app.setNotFoundHandler({}, () => {
    throw notFound('page');
  });
  app.setErrorHandler(async (error, request, reply) => {
    const carryOut = async (): Promise<unknown> => {
      await request.work.begin(options.tokenOf(request), listIds(request.params));
      return request.routeOptions.handler.call(app, request, reply);
    };
    const again =
      error instanceof AlreadySubmitted
        ? afterCollision(request, reply, carryOut)
        : repeatOnChangedTable(error, request, carryOut);
    return again.catch((other: unknown) => answerProblem(other, request, reply, options));
  });
}
