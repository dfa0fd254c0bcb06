/** Answers each press of a button on the journey: the page behind it, what could not be kept to be sent again, or the entrance. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isUnavailable } from '../../platform/database/database.ts';
import {
  InvalidForm,
  isMultipart,
  readUploads,
  toFormBody,
  type UploadedForm,
} from '../../platform/files/public-uploads.ts';
import { isSentFromElsewhere } from '../../platform/http/private-host.ts';
import { draftGoneHeader, runInternally, stepMark } from '../../platform/http/private-request.ts';
import { lengthHeader, nextInterval, padPage, responseTiming } from '../../platform/http/response-timing.ts';
import type { App, Reply, Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { maxAnswerLength } from '../../vocabulary/answer-lengths.ts';
import { AdmissionQueue } from './admission-queue.ts';
import { answerInternally } from './answer.ts';
import { DatabaseHealth } from './database-health.ts';
import type { Answer } from './inject.ts';
import { encodingFor } from './precompressed.ts';
import { entranceOn, type JourneyRequest, readJourneyRequest } from './request.ts';
import { pathOf, rewriteLinks } from './rewritten-links.ts';
import type { Journeys, RequestSource } from './steps.ts';

const [brotlied, gzipped] = [promisify(brotliCompress), promisify(gzip)];
/** What takes as long as gzip, and leaves a tenth less. Its window is no wider than a page: the usual one takes megabytes for each. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 16 } };

/** The same words for the entrance, the moment of leaving, and the title of all pages between. */
export const neutralTexts = { neutral: true, title: 'Information' } as const;

/** Also says whether the database was away when the files arrived, in which case they were discarded. */
type JourneyUploads = UploadedForm & { readonly away: boolean };

/** Why nothing was kept. */
type Returned = 'away' | 'too long';
/** Statuses by which an area says that nothing was kept. */
const returnedReasons: Readonly<Record<number, Returned | undefined>> = { 413: 'too long', 503: 'away' };
/** Longer than anything but what is written; it is shown, to be made shorter. */
const tooLongTexts = { long: 500, most: maxAnswerLength.toLocaleString('en-GB') };

type ReturnedPage = typeof tooLongTexts & {
  readonly to: string;
  readonly fields: JourneyRequest['fields'];
  readonly files: boolean;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'public/private-journey/public-gone': typeof neutralTexts & { readonly exitTo: string };
    'public/private-journey/public-send-again': ReturnedPage;
    'public/private-journey/public-too-long': ReturnedPage;
    'public/private-journey/public-leaving': { readonly here: string };
  }
}

/** The addresses behind the entrance, and those of them that ask the database. */
export class InternalAddresses {
  readonly #paths = new Set<string>();
  readonly #asking = new Set<string>();

  add(
    methods: readonly string[],
    url: string,
    { indoors, asksStore }: { indoors?: boolean; asksStore?: boolean },
  ): void {
    if (indoors) this.#paths.add(url);
    if (asksStore) for (const method of methods) this.#asking.add(`${method} ${url}`);
  }

  has = (path: string): boolean => this.#paths.has(path);

  asksDatabase({ way, to }: JourneyRequest): boolean {
    return this.#asking.has(`${way} ${pathOf(to)}`);
  }
}

/** What was written so far is in the database under this token, which is used once. */
const hasDraft = ({ way, fields }: JourneyRequest): boolean =>
  way === 'POST' && fields.some(([name, value]) => name === 'draft' && value !== '');

/** What a browser opens in a window says so, and nobody can make it say otherwise by sending again. */
const requestSourceOf = ({ headers }: Pick<Request, 'headers'>): RequestSource =>
  headers['sec-fetch-dest'] === 'empty' ? 'script' : 'page';

async function send(request: Request, reply: Reply, html: string): Promise<Reply> {
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
  const packing = encodingFor(request);
  if (packing === 'identity') return reply.send(html);
  reply.header('content-encoding', packing);
  return reply.send(await (packing === 'br' ? brotlied(html, brotliOptions) : gzipped(html)));
}

/** Not packed: what it says would show in its length. */
async function sendPadded(reply: Reply, html: string, began: number, interval: number): Promise<Reply> {
  await nextInterval(began, interval);
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
}

type Given = {
  readonly journeys: Journeys;
  readonly addresses: InternalAddresses;
  readonly showEntrance: (request: Request, reply: Reply) => Reply;
};

export class Submissions {
  readonly #app: App;
  readonly #parts: AreaParts;
  readonly #given: Given;
  /** Requests that need the database queue separately, so that help and signs are still shown while it hangs. */
  readonly #queues = { store: new AdmissionQueue(), memory: new AdmissionQueue() };
  readonly #databaseHealth = new DatabaseHealth();
  readonly #exitPage: string;
  readonly #isForeign: (request: Request) => boolean;

  constructor(app: App, parts: AreaParts, given: Given) {
    this.#app = app;
    this.#parts = parts;
    this.#given = given;
    const { views, exitTo, privateHost } = parts;
    this.#isForeign = ({ raw }) => isSentFromElsewhere(raw, privateHost?.origin);
    this.#exitPage = views.render('public/private-journey/public-gone', { ...neutralTexts, exitTo });
  }

  /** `truncated` where the form was longer than is read. */
  async answer(request: Request, reply: Reply, truncated: boolean): Promise<Reply> {
    const began = performance.now();
    const { journeys, addresses, showEntrance } = this.#given;
    const sent = isMultipart(request) ? await this.#readSentFiles(request) : undefined;
    const asked = readJourneyRequest(
      isMultipart(request) ? toFormBody(sent?.answers ?? new URLSearchParams()) : request.body,
      { all: this.#parts.languages, offered: this.#parts.siteSettings.offeredLanguages },
    );
    const now = this.#parts.clock.now();
    if (asked.to === '/exit') return this.#leave(request, reply, asked, now);
    const known = addresses.has(pathOf(asked.to)) && !this.#isForeign(request);
    const advanced = known ? journeys.advance(asked.step, now, requestSourceOf(request)) : undefined;
    const takenOver =
      known && advanced === undefined && hasDraft(asked) ? journeys.takeOver(asked.step, now) : undefined;
    const next = advanced ?? takenOver;
    if (next === undefined) return showEntrance(request, reply);
    const answer = sent?.cut || truncated ? 'too long' : await this.#answerTo(request, asked, sent);
    if (typeof answer === 'string') return this.#giveBack(request, reply, asked, next, answer);
    if (takenOver && answer.headers[draftGoneHeader]) return showEntrance(request, reply);
    const why = asked.way === 'POST' ? returnedReasons[answer.statusCode] : undefined;
    return why
      ? this.#giveBack(request, reply, asked, next, why)
      : this.#pass(request, reply, answer, { began, next, language: asked.language });
  }

  /** A form with files is read as it arrives. The fields before the first file decide whether the files are accepted. */
  async #readSentFiles(request: Request): Promise<JourneyUploads | undefined> {
    const { journeys } = this.#given;
    const { uploads, clock } = this.#parts;
    let away = false;
    const opening = (error: unknown): undefined => {
      if (!isUnavailable(error)) throw error;
      away = true;
    };
    const sent = await readUploads(request.raw, request.headers, async (answers) => {
      const room = uploads.get(answers.get('to') ?? '');
      const [step, now] = [answers.get('step') ?? '', clock.now()];
      const welcome =
        !this.#isForeign(request) &&
        (journeys.canAdvance(step, now, requestSourceOf(request)) || journeys.canTakeOver(step, now));
      return welcome ? room?.open(answers).catch(opening) : undefined;
    }).catch((error: unknown) => {
      if (error instanceof InvalidForm) return undefined;
      throw error;
    });
    return sent && { ...sent, away };
  }

  /** A request that queued while the database did not answer gets that result and does not ask again. */
  async #answerTo(request: Request, asked: JourneyRequest, sent: JourneyUploads | undefined): Promise<Answer | 'away'> {
    const began = performance.now();
    const asks = this.#given.addresses.asksDatabase(asked);
    const leave = await this.#queues[asks ? 'store' : 'memory'].enter(request.ip, this.#parts.clock.now());
    try {
      if (asks && asked.way === 'POST' && (sent?.away || this.#databaseHealth.isFoul(began))) return 'away';
      const answer = await this.#ask(request, asked, sent?.brought);
      if (asks && answer.statusCode === 503) this.#databaseHealth.turnedFoul();
      return answer;
    } finally {
      leave();
    }
  }

  #ask(request: Request, asked: JourneyRequest, brought?: readonly unknown[]): Promise<Answer> {
    return answerInternally(this.#app, request, asked, this.#given.addresses.has, brought);
  }

  /** Leaving does not wait for the destruction of what was typed. */
  #leave(request: Request, reply: Reply, asked: JourneyRequest, now: Date): Promise<Reply> {
    const { exitAddresses, exitTo } = this.#parts;
    this.#given.journeys.end(asked.step, now);
    for (const to of exitAddresses)
      this.#ask(request, { ...asked, to, way: 'POST' }).catch((error: unknown) =>
        this.#app.log.error({ err: error }, 'what was typed was not destroyed at exit'),
      );
    return send(request, reply.header('refresh', `0;url=${exitTo}`), this.#exitPage);
  }

  /** The database is away or the form was too long. The step has been used up, so the typed answers are returned on a new page to be sent again. */
  #giveBack(request: Request, reply: Reply, asked: JourneyRequest, next: string, why: Returned): Promise<Reply> {
    const { views, getShell } = this.#parts;
    const { to, language, fields } = asked;
    const page: ReturnedPage = { ...tooLongTexts, to, fields, files: isMultipart(request) };
    const view =
      why === 'too long' ? 'public/private-journey/public-too-long' : 'public/private-journey/public-send-again';
    const again = runInternally({ language }, () => views.render(view, { ...getShell(language), ...page }));
    const html = this.#rewrite(again, request, language).replaceAll(stepMark, next);
    return send(request, reply.code(why === 'too long' ? 413 : 503), html);
  }

  #rewrite(html: string, request: Request, language: string): string {
    const entrance = entranceOn(this.#parts.privateHost, request);
    return rewriteLinks(html, this.#given.addresses.has, { language, entrance });
  }

  /** What an area answered, with the step that leads on. */
  async #pass(
    request: Request,
    reply: Reply,
    answer: Answer,
    { began, next, language }: { readonly began: number; readonly next: string; readonly language: string },
  ): Promise<Reply> {
    const { location, 'content-type': type = '' } = answer.headers;
    reply.code(answer.statusCode);
    if (location !== undefined) reply.header('location', String(location));
    if (!String(type).startsWith('text/html'))
      return reply.header('cache-control', 'no-store').type(String(type)).send(answer.payload);
    const html = this.#rewrite(String(answer.payload), request, language).replaceAll(stepMark, next);
    const length = Number(answer.headers[lengthHeader] ?? 0);
    const { padded } = this.#parts.requestServices.timing ?? responseTiming;
    return length > 0 ? sendPadded(reply, padPage(html, length), began, padded) : send(request, reply, html);
  }
}
