/** The base of every HTTP site: what a route must declare, what a request may do, how an answer is sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyTypeProvider,
  type RawServerDefault,
  type RouteShorthandOptions,
} from 'fastify';
import { z } from 'zod';
import { markedName } from '../../vocabulary/marking.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { Actor } from '../access-policy/access.ts';
import { canonicalAddress, isRegular } from '../addresses.ts';
import type { LogDetails } from '../audit-hook/audit.ts';
import { findRefusalReason, findRequestedId, listIds, type RefusalWriter } from '../audit-hook/refusals.ts';
import type { Clock } from '../clock.ts';
import { dayOf } from '../clock.ts';
import { withoutControls } from '../controls.ts';
import type { AnyTables, AuditedReader, Reader, Writer } from '../database/database.ts';
import { type Ceilings, isWithinCeiling } from '../exports/export-ceilings.ts';
import { isMultipart } from '../files/public-uploads.ts';
import { isRefused } from '../forms/forms.ts';
import { afterCollision, keepAnswer } from '../forms/idempotency.ts';
import { decoratePageReplies } from '../rendering/page-replies.ts';
import { findPageRedirect } from '../rendering/paging.ts';
import type { ProblemPage } from '../rendering/problem-pages.ts';
import type { Model, ViewModels, Views } from '../rendering/views.ts';
import { findJourneyRequest } from './private-request.ts';
import { AlreadySubmitted, findProblemKind, notFound, Problem, type ProblemKind, problems } from './problem.ts';
import { type Look, Work } from './request.ts';
import type { RequestServices } from './request-services.ts';
import { GuardedResponse, refuseUnreadable } from './unrouted.ts';

export { type Answers, type FormErrors, readForm } from '../forms/forms.ts';

interface ZodTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
  readonly serializer: unknown;
}
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypes>;
/** What a site registers routes on, as our routes are typed. */
export const typed = (site: FastifyInstance): App => site.withTypeProvider<ZodTypes>();
export type { FastifyReply as Reply, FastifyRequest as Request } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    work: Work;
    /** Reads only, in one transaction that row policies bound to who asks. */
    readonly db: Reader<AnyTables>;
    readonly now: Date;
    readonly today: string;
    /** The language that the reader of a public page chose; English where nobody chose. */
    readonly language: string;
    /** Who asks; a bug where the route lets anyone in. */
    readonly actor: Actor;
    readonly can: (action: string) => boolean;
    /** Whether who asks may do this and take along what it opens as a file. */
    readonly mayTake: (action: string) => boolean;
    readonly look: (event: string, subject: string | null, details?: LogDetails) => AuditedReader<AnyTables>;
    /** Says that the page also shows what this action opens: its marking is the highest of them. */
    readonly mark: (action: string) => void;
    readonly returned: (ids: readonly string[]) => void;
    readonly under: <Value>(
      action: string,
      read: (db: Reader<AnyTables>, look: Look) => Promise<Value>,
    ) => Promise<Value>;
    readonly change: <Value, Refusal extends string>(
      event: string,
      subject: string | null,
      decide: (tx: Writer<AnyTables>) => Promise<Result<Value, Refusal>>,
      details?: LogDetails,
    ) => Promise<Result<Value, Refusal>>;
  }
  interface FastifyInstance {
    /** Writes down what was refused. */
    readonly refusals: RefusalWriter;
    /** Every address that is answered, and the action that it asks for. */
    readonly offered: readonly RouteInfo[];
  }
  interface FastifyReply {
    /** Gives the connection back and renders: `return reply.page(…)`. The answer is 422 where the model carries errors, and leads to the last page where one past it was asked for. */
    page<View extends keyof ViewModels>(view: View, model: ViewModels[View]): Promise<string>;
    page(view: string, model?: Model): Promise<string>;
    /** Hands out a file, marked in its name and its head; refuses, and writes down, what is above the ceiling of who asks. */
    export(file: ExportedFile): Promise<string | Uint8Array | Readable>;
  }
  interface FastifyContextConfig {
    readonly action?: string;
    /** Answers from memory: opens no transaction. */
    readonly fromMemory?: boolean;
    /** Reads what was sent to the letter, and answers for what it cannot keep. */
    readonly verbatim?: boolean;
    /** A program asks, and signs each request: it has no session, and a browser's cookies count for nothing here. The route checks the signature and then begins to read (`work.begin`): before that the database is not asked. */
    /** Each press asks for something new, and so is carried out each time. */
    readonly repeatable?: boolean;
    readonly signed?: boolean;
    /** Answers for any id, somebody's or nobody's, and leaves on the beat, as what is not found does. */
    readonly onTheBeat?: boolean;
    /** Internal only: from outside, the entrance of the journey answers instead. */
    readonly indoors?: boolean;
    /** Uses the database by itself: it queues behind other such requests, and requests that need no database do not queue behind it. */
    readonly asksStore?: boolean;
    /** Its page may run the island with which a reader leaves. */
    readonly island?: boolean;
  }
}

/** A file to be taken along. Its name is letters, digits, dots and dashes. */
export type ExportedFile = {
  readonly fileName: string;
  /** Its media type, without the character set. */
  readonly type: string;
  /** A stream goes out as it is read: the look is written down before its first piece. */
  readonly content: string | Uint8Array | Readable;
  /** Checked again when the log is written, for content that may be withdrawn in the meantime. If it was, nothing is sent. */
  readonly isStillAvailable?: () => Promise<boolean>;
};

export type RouteInfo = {
  readonly method: string;
  readonly url: string;
  readonly action: string;
  readonly onTheBeat: boolean;
  readonly indoors: boolean;
  readonly repeatable: boolean;
};

export type RouteAccess<Path extends z.ZodType, Query extends z.ZodType> = RouteShorthandOptions & {
  readonly config: { readonly action: string };
  readonly schema: { readonly params: Path; readonly querystring: Query };
};

const Anything = z.unknown();

/** Who may ask: an action of the policy table, or 'anyone'. A path that does not fit the schema is not found; a query falls back to the schema's defaults or is refused as it says. */
export function may<Path extends z.ZodType = z.ZodUnknown, Query extends z.ZodType = z.ZodUnknown>(
  action: string,
  params: Path = Anything as never,
  querystring: Query = Anything as never,
): RouteAccess<Path, Query> {
  return { config: { action }, schema: { params, querystring } } as RouteAccess<Path, Query>;
}

/** For what answers for any id: by how long it takes, nobody can tell whose it is, or that it is nobody's. */
export const withUniformTiming = <Options extends { readonly config: object }>(options: Options): Options => ({
  ...options,
  config: { ...options.config, onTheBeat: true },
});

/** For what memory answers without asking the database. */
export const fromMemory = { config: { action: 'anyone', fromMemory: true } } as const satisfies RouteShorthandOptions;

/** For what opens no transaction of its own request, and asks a store all the same. */
export const fromStore = {
  config: { ...fromMemory.config, asksStore: true },
} as const satisfies RouteShorthandOptions;

export type ProblemAnswer =
  | { readonly redirect: string }
  | { readonly view: 'platform/problem-public' | 'platform/problem-staff'; readonly model: ProblemPage };

export type HttpOptions = RequestServices & {
  readonly clock: Clock;
  readonly views: Views;
  readonly logger: FastifyBaseLogger;
  readonly trustProxy: boolean;
  readonly refusals: RefusalWriter;
  readonly ceilings: Ceilings;
  /** Said by every answer: what a browser may do with it. */
  readonly headers: (request: FastifyRequest) => Readonly<Record<string, string>>;
  /** The session's token as the request carries it. */
  readonly tokenOf: (request: FastifyRequest) => string | undefined;
  /** What every page of a site shows around its own model. */
  readonly shell: (request: FastifyRequest, reply: FastifyReply) => object;
  /** Answers a problem or a bug in the site's own layout. */
  readonly problemPage: (kind: ProblemKind | 'bug', request: FastifyRequest, reply: FastifyReply) => ProblemAnswer;
};

const bodyLimit = 64 * 1024;
/** A form has so long to arrive in whole; one with files has as long as a photo takes over a slow line, as long as something comes. */
const longestForm = 30_000;
const longestUpload = 600_000;

/** A Fastify instance in which an unguarded route stops the start. */
export function openHttp(options: HttpOptions): FastifyInstance {
  const { access, clock, views } = options;
  const app = Fastify({
    bodyLimit,
    // We run one proxy. Entries before its own could have been written by anyone.
    trustProxy: options.trustProxy && ((_address: string, hop: number): boolean => hop === 0),
    rewriteUrl: ({ url = '/' }) => canonicalAddress(url),
    http: { ServerResponse: GuardedResponse },
    clientErrorHandler: refuseUnreadable,
    // An id that is longer than any of ours: nobody has this address.
    frameworkErrors: (_error, request: FastifyRequest, reply: FastifyReply) =>
      void answerProblem(notFound('page'), request, reply).then((page) =>
        reply.headers(options.headers(request)).send(page),
      ),
    requestTimeout: longestUpload,
    connectionTimeout: 60_000,
    keepAliveTimeout: 5_000,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    loggerInstance: options.logger,
    childLoggerFactory: (logger) => logger, // A request has no number of its own to log.
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    genReqId: () => '',
  });

  app.setValidatorCompiler(({ schema, httpPart }) => (input: unknown) => {
    const parsed = (schema as unknown as z.ZodType).safeParse(input);
    if (parsed.success) return { value: parsed.data };
    return { error: httpPart === 'params' ? notFound('page') : new Problem('bad request', 'the address does not fit') };
  });

  const offered: RouteInfo[] = [];
  const endReading = (request: FastifyRequest, done: () => void): void => {
    if (!request.work) done();
    else
      request.work
        .endReading()
        .catch((error: unknown) => app.log.error({ err: error }, 'end of reading'))
        .then(done);
  };
  const hungUp = (request: FastifyRequest, done: () => void): void => {
    if (!request.work) done();
    else
      request.work
        .disconnect()
        .catch((error: unknown) => app.log.error({ err: error }, 'end of reading'))
        .then(done);
  };
  app.addHook('onRoute', (route) => {
    const action = route.config?.action;
    if (!action) throw new Error(`${route.method} ${route.url} does not say who may ask`);
    access.action(action);
    const { onTheBeat = false, indoors = false, signed = false, repeatable = signed } = route.config ?? {};
    for (const method of [route.method].flat())
      offered.push({ method, url: route.url, action, onTheBeat, indoors, repeatable });
    if (route.config?.fromMemory) return;
    const { onRequestAbort: own = [] } = route;
    route.onRequestAbort = [(request, done) => hungUp(request, done), ...[own].flat()];
  });

  app.decorate('refusals', options.refusals).decorate('offered', offered);
  app.addHook('onClose', () => options.refusals.close());
  app.decorateRequest('work');
  for (const name of ['look', 'mark', 'returned', 'under', 'change'] as const) {
    app.decorateRequest(name, function (this: FastifyRequest, ...given: unknown[]) {
      if (name === 'change' && isRefused(this.body)) throw new Problem('sent before', 'with other answers');
      return (this.work[name] as (...given: unknown[]) => unknown)(...given);
    } as never);
  }
  decorateGetter(app, 'db', (request) => request.work.db);
  decorateGetter(app, 'now', (request) => request.work.now);
  decorateGetter(app, 'today', (request) => dayOf(request.work.now));
  decorateGetter(app, 'language', () => findJourneyRequest()?.language ?? 'en');
  decorateGetter(app, 'actor', (request) => {
    if (!request.work.actor) throw new Error('this route needs no sign-in, so there may be no actor');
    return request.work.actor;
  });
  decorateGetter(app, 'can', (request) => (action: string) => access.allows(request.work.actor, action));
  decorateGetter(app, 'mayTake', ({ work: { actor } }) => (action: string) => {
    const { name, marking } = access.action(action);
    return access.allows(actor, name) && isWithinCeiling('export', marking, actor, options.ceilings, name);
  });

  app.addHook('onRequest', (request, _reply, done) => {
    const { action = 'anyone', fromMemory: memory } = request.routeOptions.config;
    if (!memory) request.work = new Work(options, access.action(action), clock.now());
    done(isRegular(request.url) ? undefined : notFound('page'));
  });
  const patience = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  const waitNoMore = (request: FastifyRequest): void => clearTimeout(patience.get(request));
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isMultipart(request.raw) && !findJourneyRequest())
      patience.set(request, setTimeout(() => request.raw.destroy(), longestForm).unref());
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    waitNoMore(request);
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    waitNoMore(request);
    done();
  });
  // Forms alone are answered, and what nests without end is no form.
  app.removeContentTypeParser('application/json');
  app.addHook('preValidation', (request, _reply, done) => {
    waitNoMore(request);
    if (!request.routeOptions.config.verbatim) {
      request.body = withoutControls(request.body);
      request.query = withoutControls(request.query);
    }
    done();
  });
  // After the body has arrived: a client that stops half-way holds no connection of the database.
  app.addHook('preHandler', (request, _reply, done) => {
    if (!request.work || request.is404 || request.routeOptions.config.signed) done();
    else request.work.begin(options.tokenOf(request), listIds(request.params)).then(() => done(), done);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.headers(options.headers(request));
    if (!request.work) done();
    else {
      const shows = reply.statusCode < 300 || reply.statusCode === 422;
      (shows ? Promise.resolve().then(() => request.work.refuseUnloggedRead()) : Promise.resolve())
        .then(() => request.work.settle())
        .then(() => keepAnswer(request, reply, payload))
        .then(() => (shows && request.routeOptions.config.onTheBeat ? request.work.waitForInterval() : undefined))
        .then(() => done(), done);
    }
  });
  app.addHook('onResponse', (request, _reply, done) => endReading(request, done));
  app.addHook('onError', (request, _reply, _error, done) => endReading(request, done));

  app.decorateReply('page', async function (this: FastifyReply, view: string, model: object = {}) {
    await this.request.work.endReading();
    this.request.work.startWritingLooks();
    const instead = findPageRedirect(model);
    if (instead) {
      this.code(303).header('location', instead);
      return '';
    }
    if (hasErrors(model)) this.code(422);
    this.type('text/html; charset=utf-8');
    return views.render(view, { ...options.shell(this.request, this), ...model });
  });

  decoratePageReplies(app);

  /** Where any id may be asked about, the main log does not say which one a support agency asked about. */
  const subjectOf = (request: FastifyRequest): string | null =>
    request.routeOptions.config.onTheBeat && request.work.actor?.side === 'help'
      ? null
      : findRequestedId(request.params);

  const writeRefusal = (error: unknown, request: FastifyRequest): void => {
    request.work.discardLooks();
    const reason = request.is404 ? undefined : findRefusalReason(error, request.work.actor, options.tokenOf(request));
    if (reason) options.refusals.note(request.work, reason, subjectOf(request));
  };

  app.decorateReply(
    'export',
    async function (this: FastifyReply, { fileName, type, content, isStillAvailable }: ExportedFile) {
      const { work } = this.request;
      const { marking } = work;
      if (!isWithinCeiling('export', marking, work.actor, options.ceilings, work.action.name))
        throw new Problem('not to leave', marking);
      await work.settleBeforeExport(isStillAvailable);
      if (!isStillAvailable) work.exported = { fileName, type, content };
      this.type(content instanceof Readable || type === 'application/pdf' ? type : `${type}; charset=utf-8`);
      this.header('content-disposition', `attachment; filename="${markedName(fileName, marking)}"`);
      this.header('x-safelight-marking', marking);
      return content;
    },
  );

  app.setNotFoundHandler({}, () => {
    throw notFound('page');
  });
  const answerProblem = async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const kind = request.work?.isDisconnected ? 'bad request' : findProblemKind(error);
    if (kind === 'bug' || kind === 'unavailable') request.log.error({ err: error, request: request.work?.id }, kind);
    if (request.work) writeRefusal(error, request);
    if (kind === 'not found' && request.work?.actor) await request.work.waitForInterval();
    const answer = options.problemPage(kind, request, reply);
    if ('redirect' in answer) return reply.redirect(answer.redirect, 303);
    reply.code(kind === 'bug' ? 500 : problems[kind]).type('text/html; charset=utf-8');
    reply.header('cache-control', 'no-store');
    if (kind === 'too many' && error instanceof Error && 'retryAfter' in error)
      reply.header('retry-after', String(error.retryAfter));
    return views.render(answer.view, answer.model);
  };
  app.setErrorHandler(async (error, request, reply) => {
    if (!(error instanceof AlreadySubmitted)) return answerProblem(error, request, reply);
    return afterCollision(request, reply, async () => {
      await request.work.begin(options.tokenOf(request), listIds(request.params));
      return request.routeOptions.handler.call(app, request, reply);
    }).catch((other: unknown) => answerProblem(other, request, reply));
  });
  return app;
}

const hasErrors = ({ errors }: { readonly errors?: unknown }): boolean =>
  typeof errors === 'object' && errors !== null && Object.keys(errors).length > 0;

function decorateGetter<Key extends 'db' | 'now' | 'today' | 'language' | 'actor' | 'can' | 'mayTake'>(
  app: FastifyInstance,
  key: Key,
  get: (request: FastifyRequest) => FastifyRequest[Key],
): void {
  app.decorateRequest(key, {
    getter() {
      return get(this as unknown as FastifyRequest);
    },
  } as never);
}
