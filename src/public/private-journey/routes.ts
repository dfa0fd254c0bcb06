/** The one address of the journey: an entrance that reveals nothing, and every page behind it as the answer to a form. */
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
import { findJourneyRequest, internalOnly, stepMark } from '../../platform/http/private-request.ts';
import { lengthHeader, nextInterval, padPage, responseTiming } from '../../platform/http/response-timing.ts';
import { type App, fromMemory, type Reply, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { maxAnswerLength } from '../../vocabulary/answer-lengths.ts';
import { AdmissionQueue } from './admission-queue.ts';
import { answerInternally } from './answer.ts';
import { DatabaseHealth } from './database-health.ts';
import { createEntrance } from './entrance.ts';
import { type LongForms, readLongForms } from './long-forms.ts';
import { encodingFor } from './precompressed.ts';
import { type JourneyRequest, readJourneyRequest, startPath } from './request.ts';
import { pathOf, rewriteLinks } from './rewritten-links.ts';
import { Journeys, type RequestSource } from './steps.ts';

const [brotlied, gzipped] = [promisify(brotliCompress), promisify(gzip)];
/** What takes as long as gzip, and leaves a tenth less. Its window is no wider than a page: the usual one takes megabytes for each. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 16 } };

/** The browser itself says that a page of another site sends this. */
const isCrossSite = ({ headers }: Request): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';

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

/** The same words for the entrance, the moment of leaving, and the title of all pages between. */
const neutralTexts = { neutral: true, title: 'Information' } as const;

/** Also says whether the database was away when the files arrived, in which case they were discarded. */
type JourneyUploads = UploadedForm & { readonly away: boolean };

/** Statuses by which an area says that nothing was kept. */
const returnedReasons: Readonly<Record<number, 'away' | 'too long' | undefined>> = { 413: 'too long', 503: 'away' };
/** Longer than anything but what is written; it is shown, to be made shorter. */
const tooLongTexts = { long: 500, most: maxAnswerLength.toLocaleString('en-GB') };

/** Registered before the areas that have internal pages. */
export async function journeyRoutes(app: App, parts: AreaParts): Promise<void> {
  const { clock, views, publicShell, publicHeaders, getShell, languages, exitTo, exitAddresses, uploads } = parts;
  const timing = parts.requestServices.timing ?? responseTiming;
  const journeys = new Journeys();
  /** Requests that need the database queue separately, so that help and signs are still shown while it hangs. */
  const queues = { store: new AdmissionQueue(), memory: new AdmissionQueue() };
  const internalPaths = new Set<string>();
  const databaseRoutes = new Set<string>();
  const databaseHealth = new DatabaseHealth();
  let forms: LongForms | undefined;
  const isInternal = (path: string): boolean => internalPaths.has(path);
  const sendEntrance = await createEntrance(views, { ...publicShell, ...neutralTexts, languages }, publicHeaders);
  const exitPage = views.render('public/private-journey/public-gone', { ...neutralTexts, exitTo });

  const showEntrance = (request: Request, reply: Reply, to = startPath): Reply =>
    sendEntrance(request, reply, isInternal(pathOf(to)) ? to : startPath, journeys.begin(clock.now()));

  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.indoors) internalPaths.add(url);
    if (config?.asksStore) for (const way of [method].flat()) databaseRoutes.add(`${way} ${url}`);
  });
  app.addHook('onRequest', (request, reply, done) => {
    const visit = findJourneyRequest();
    if (visit?.body) request.body = visit.body;
    if (!request.routeOptions.config.indoors || visit) done();
    else showEntrance(request, reply, request.method === 'GET' ? request.url : startPath);
  });

  app.get('/', fromMemory, (request, reply) => {
    showEntrance(request, reply);
  });

  /** A form with files is read as it arrives. The fields before the first file decide whether the files are accepted. */
  async function readSentFiles(request: Request): Promise<JourneyUploads | undefined> {
    let away = false;
    const opening = (error: unknown): undefined => {
      if (!isUnavailable(error)) throw error;
      away = true;
    };
    const sent = await readUploads(request.raw, request.headers, async (answers) => {
      const room = uploads.get(answers.get('to') ?? '');
      const welcome =
        !isCrossSite(request) && journeys.canAdvance(answers.get('step') ?? '', clock.now(), requestSourceOf(request));
      return welcome ? room?.open(answers).catch(opening) : undefined;
    }).catch((error: unknown) => {
      if (error instanceof InvalidForm) return undefined;
      throw error;
    });
    return sent && { ...sent, away };
  }

  /** A request that queued while the database did not answer gets that result and does not ask again. */
  async function answerTo(request: Request, asked: JourneyRequest, sent: JourneyUploads | undefined) {
    const began = performance.now();
    const asks = databaseRoutes.has(`${asked.way} ${pathOf(asked.to)}`);
    const leave = await queues[asks ? 'store' : 'memory'].enter(request.ip, clock.now());
    try {
      if (asks && asked.way === 'POST' && (sent?.away || databaseHealth.isFoul(began))) return 'away';
      const answer = await answerInternally(app, request, asked, isInternal, sent?.brought);
      if (asks && answer.statusCode === 503) databaseHealth.turnedFoul();
      return answer;
    } finally {
      leave();
    }
  }

  async function submit(request: Request, reply: Reply): Promise<Reply> {
    const began = performance.now();
    const sent = isMultipart(request) ? await readSentFiles(request) : undefined;
    const asked = readJourneyRequest(
      isMultipart(request) ? toFormBody(sent?.answers ?? new URLSearchParams()) : request.body,
      languages,
    );
    const now = clock.now();
    if (asked.to === '/exit') {
      journeys.end(asked.step, now);
      // Leaving does not wait for the destruction of what was typed.
      for (const to of exitAddresses)
        answerInternally(app, request, { ...asked, to, way: 'POST' }, isInternal).catch((error: unknown) =>
          app.log.error({ err: error }, 'what was typed was not destroyed at exit'),
        );
      return send(request, reply.header('refresh', `0;url=${exitTo}`), exitPage);
    }
    const tooLong = sent?.cut || forms?.isTruncated(request);
    const known = isInternal(pathOf(asked.to)) && !isCrossSite(request);
    const next = known ? journeys.advance(asked.step, now, requestSourceOf(request)) : undefined;
    if (next === undefined) return showEntrance(request, reply);
    const answer = tooLong ? 'too long' : await answerTo(request, asked, sent);
    // The database is away or the form was too long. The step has been used up, so the typed answers are returned on a new page to be sent again.
    const back =
      answer === 'away' || answer === 'too long'
        ? answer
        : returnedReasons[asked.way === 'POST' ? answer.statusCode : 0];
    if (back || typeof answer === 'string') {
      const { to, language, fields } = asked;
      const view =
        back === 'too long' ? 'public/private-journey/public-too-long' : 'public/private-journey/public-send-again';
      const again = views.render(view, {
        ...getShell(language),
        ...tooLongTexts,
        to,
        fields,
        files: isMultipart(request),
      });
      const status = back === 'too long' ? 413 : 503;
      return send(request, reply.code(status), rewriteLinks(again, isInternal, language).replaceAll(stepMark, next));
    }
    const { location, 'content-type': type = '' } = answer.headers;
    reply.code(answer.statusCode);
    if (location !== undefined) reply.header('location', String(location));
    if (String(type).startsWith('text/html')) {
      const html = rewriteLinks(String(answer.payload), isInternal, asked.language).replaceAll(stepMark, next);
      const length = Number(answer.headers[lengthHeader] ?? 0);
      return length > 0 ? sendPadded(reply, padPage(html, length), began, timing.padded) : send(request, reply, html);
    }
    return reply.header('cache-control', 'no-store').type(String(type)).send(answer.payload);
  }

  await app.register(async (here) => {
    forms = readLongForms(here as never);
    here.addContentTypeParser('multipart/form-data', (_request, _stream, done) => done(null));
    here.post('/', { config: { ...fromMemory.config, island: true } }, (request, reply) =>
      submit(request as never, reply as never),
    );
  });

  app.get('/leaving', internalOnly(fromMemory), async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(views.render('public/private-journey/public-leaving', { ...getShell(request.language), here: '/leaving' })),
  );
}

/** What a browser opens in a window says so, and nobody can make it say otherwise by sending again. */
const requestSourceOf = ({ headers }: Pick<Request, 'headers'>): RequestSource =>
  headers['sec-fetch-dest'] === 'empty' ? 'script' : 'page';
