/** The base of every HTTP site: what a route must declare, what a request may do, how an answer is sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
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
import type { Result } from '../../vocabulary/result.ts';
import type { SavedThing } from '../../vocabulary/saved-things.ts';
import type { Actor } from '../access-policy/access.ts';
import { canonicalAddress } from '../addresses.ts';
import type { LogDetails } from '../audit-hook/audit.ts';
import type { RefusalWriter } from '../audit-hook/refusals.ts';
import type { Clock } from '../clock.ts';
import type { AnyTables, AuditedReader, Reader, Writer } from '../database/database.ts';
import type { Ceilings } from '../exports/export-ceilings.ts';
import { decorateReplies } from '../rendering/page-replies.ts';
import type { ProblemPage } from '../rendering/problem-pages.ts';
import type { ViewModels, Views } from '../rendering/views.ts';
import { decorateRequests, registerRequestHooks, registerRoutes } from './hooks/request-hooks.ts';
import { notFound, Problem, type ProblemKind } from './problem.ts';
import { answerProblem, registerProblems } from './problem-answers.ts';
import type { Look, Work } from './request.ts';
import type { RequestServices } from './request-services.ts';
import { GuardedResponse, refuseUnreadable } from './unrouted.ts';

export { type Answers, type FormErrors, readForm, type Typed } from '../forms/forms.ts';

/** The path of a route with one id. */
export const IdPath = z.object({ id: z.uuid() });

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
    /** Writes under another action, with its log row, in a transaction of its own. */
    readonly changeUnder: (
      action: string,
      event: string,
      subject: string | null,
      write: (tx: Writer<AnyTables>) => Promise<void>,
    ) => Promise<void>;
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
    /** Hands out a file, marked in its name and its head; refuses, and writes down, what is above the ceiling of who asks. */
    export(file: ExportedFile): Promise<string | Uint8Array | Readable>;
  }
  interface FastifyContextConfig {
    readonly action?: string;
    /** Answers from memory: opens no transaction. */
    readonly fromMemory?: boolean;
    /** Reads what was sent to the letter, and answers for what it cannot keep. */
    readonly verbatim?: boolean;
    /** Each press asks for something new, and so is carried out each time. */
    readonly repeatable?: boolean;
    /** A program asks, and signs each request: it has no session, and a browser's cookies count for nothing here. The route checks the signature and then begins to read (`work.begin`): before that the database is not asked. */
    readonly signed?: boolean;
    /** Answers for any id, somebody's or nobody's, and leaves on the beat, as what is not found does. */
    readonly onTheBeat?: boolean;
    /** A page of the private journey. From outside, the entrance answers instead, unless the page is also a named one. */
    readonly indoors?: boolean;
    /** Also a page of the named site, at its own address. */
    readonly named?: boolean;
    /** Uses the database by itself: it queues behind other such requests, and requests that need no database do not queue behind it. */
    readonly asksStore?: boolean;
    /** Its page may run the island with which a reader leaves. */
    readonly island?: boolean;
    /** What the page after this form says was saved; only that something was, where nothing is said. */
    readonly saves?: SavedThing | null | undefined;
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
  /** Also a page of the named site. */
  readonly named: boolean;
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
  params?: Path,
  querystring?: Query,
): RouteAccess<Path, Query> {
  const schema = { params: params ?? Anything, querystring: querystring ?? Anything };
  return { config: { action }, schema } as RouteAccess<Path, Query>;
}

/** For what answers for any id: by how long it takes, nobody can tell whose it is, or that it is nobody's. */
export const withUniformTiming = <Options extends { readonly config: object }>(options: Options): Options => ({
  ...options,
  config: { ...options.config, onTheBeat: true },
});

/** For a form: the next page says “Note saved.” where it would say “Saved.”, or nothing where null is given. */
export const saving = <Options extends { readonly config: object }>(
  saves: SavedThing | null | undefined,
  options: Options,
): Options => ({ ...options, config: { ...options.config, saves } });

/** For what memory answers without asking the database. */
export const fromMemory = { config: { action: 'anyone', fromMemory: true } } as const satisfies RouteShorthandOptions;

/** For what opens no transaction of its own request, and asks a store all the same. */
export const fromStore = {
  config: { ...fromMemory.config, asksStore: true },
} as const satisfies RouteShorthandOptions;

export type ProblemAnswer =
  | { readonly redirect: string }
  | {
      readonly view: 'platform/problem-public' | 'platform/problem-private' | 'platform/problem-staff';
      readonly model: ProblemPage;
    };

export type HttpOptions = RequestServices & {
  readonly clock: Clock;
  readonly views: Views;
  readonly logger: FastifyBaseLogger;
  readonly trustProxy: boolean;
  readonly refusals: RefusalWriter;
  readonly ceilings: Ceilings;
  /** Codes of the languages that readers of public pages can choose now. */
  readonly offeredLanguages: () => readonly string[];
  /** Said by every answer: what a browser may do with it. */
  readonly headers: (request: FastifyRequest) => Readonly<Record<string, string>>;
  /** The session's token as the request carries it. */
  readonly tokenOf: (request: FastifyRequest) => string | undefined;
  /** What every page of a site shows around its own model. */
  readonly shell: (request: FastifyRequest, reply: FastifyReply) => object;
  /** The address that answers a request, which came with this one. */
  readonly addressOf: (message: IncomingMessage, address: string) => string;
  /** Answers a problem or a bug in the site's own layout. */
  readonly problemPage: (kind: ProblemKind | 'bug', request: FastifyRequest, reply: FastifyReply) => ProblemAnswer;
};

const bodyLimit = 64 * 1024;
/** A form with files has as long as a photo takes over a slow line, as long as something comes. */
const longestUpload = 600_000;

/** A Fastify instance in which an unguarded route stops the start. */
export function openHttp(options: HttpOptions): FastifyInstance {
  const app = createInstance(options);
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (input: unknown) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return { value: parsed.data };
    return { error: httpPart === 'params' ? notFound('page') : new Problem('bad request', 'the address does not fit') };
  });
  // Forms alone are answered, and what nests without end is no form.
  app.removeContentTypeParser('application/json');
  app.decorate('refusals', options.refusals);
  app.addHook('onClose', () => options.refusals.close());
  registerRoutes(app, options);
  decorateRequests(app, options);
  registerRequestHooks(app, options);
  decorateReplies(app, options);
  registerProblems(app, options);
  return app;
}

/** Asked for the head of a page, we make the page: Node has noted already that the answer has no body. Routes of their own for it would double the work of the router at each start. */
function answerHeadAsGet(message: IncomingMessage): void {
  if (message.method === 'HEAD') message.method = 'GET';
}

/** Stands for Fastify's own compilers of JSON schemas, which would be loaded at each start: routes have zod schemas, and none for an answer. */
const refuseJsonSchema = (): never => {
  throw new Error('a route has a JSON schema');
};

const createInstance = (options: HttpOptions): FastifyInstance =>
  Fastify({
    schemaController: {
      compilersFactory: { buildValidator: refuseJsonSchema, buildSerializer: refuseJsonSchema },
    },
    bodyLimit,
    // We run one proxy. Entries before its own could have been written by anyone.
    trustProxy: options.trustProxy && ((_address: string, hop: number): boolean => hop === 0),
    exposeHeadRoutes: false,
    rewriteUrl: (message) => {
      answerHeadAsGet(message);
      return options.addressOf(message, canonicalAddress(message.url ?? '/'));
    },
    http: { ServerResponse: GuardedResponse },
    clientErrorHandler: refuseUnreadable,
    // An id that is longer than any of ours: nobody has this address.
    frameworkErrors: (_error, request: FastifyRequest, reply: FastifyReply) =>
      void answerProblem(notFound('page'), request, reply, options).then((page) =>
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
