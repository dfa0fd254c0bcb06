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
import { Turnstile } from './admission-queue.ts';
import { answerOf } from './answer.ts';
import { Weather } from './database-health.ts';
import { openDoor } from './entrance.ts';
import { type LongForms, readLongForms } from './long-forms.ts';
import { packingFor } from './precompressed.ts';
import { type Asked, front, readAsked } from './request.ts';
import { pathOf, turned } from './rewritten-links.ts';
import { type Asker, Journeys } from './steps.ts';

const [brotlied, gzipped] = [promisify(brotliCompress), promisify(gzip)];
/** What takes as long as gzip, and leaves a tenth less. Its window is no wider than a page: the usual one takes megabytes for each. */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 16 } };

/** The browser itself says that a page of another site sends this. */
const isForeign = ({ headers }: Request): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';

async function send(request: Request, reply: Reply, html: string): Promise<Reply> {
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
  const packing = packingFor(request);
  if (packing === 'identity') return reply.send(html);
  reply.header('content-encoding', packing);
  return reply.send(await (packing === 'br' ? brotlied(html, quick) : gzipped(html)));
}

/** Not packed: what it says would show in its length. */
async function sendAlike(reply: Reply, html: string, began: number, interval: number): Promise<Reply> {
  await nextInterval(began, interval);
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
}

/** The same words for the entrance, the moment of leaving, and the title of all pages between. */
const neutral = { neutral: true, title: 'Information' } as const;

/** Also says whether the database was away when the files arrived, in which case they were discarded. */
type SentHere = UploadedForm & { readonly away: boolean };

/** Statuses by which an area says that nothing was kept. */
const givenBack: Readonly<Record<number, 'away' | 'too long' | undefined>> = { 413: 'too long', 503: 'away' };
/** Longer than anything but what is written; it is shown, to be made shorter. */
const longAnswers = { long: 500, most: maxAnswerLength.toLocaleString('en-GB') };

/** Registered before the areas that have internal pages. */
export async function journeyRoutes(app: App, parts: AreaParts): Promise<void> {
  const {
    clock,
    views,
    publicShell,
    publicHeaders,
    getShell: shellIn,
    languages,
    exitTo,
    exitAddresses: leaving,
    uploads,
  } = parts;
  const timing = parts.ground.timing ?? responseTiming;
  const journeys = new Journeys();
  /** Requests that need the database queue separately, so that help and signs are still shown while it hangs. */
  const turnstiles = { store: new Turnstile(), memory: new Turnstile() };
  const inside = new Set<string>();
  const askStore = new Set<string>();
  const weather = new Weather();
  let forms: LongForms | undefined;
  const isIndoors = (path: string): boolean => inside.has(path);
  const door = await openDoor(views, { ...publicShell, ...neutral, languages }, publicHeaders);
  const gone = views.render('public/private-journey/public-gone', { ...neutral, exitTo });

  const showDoor = (request: Request, reply: Reply, to = front): Reply =>
    door(request, reply, isIndoors(pathOf(to)) ? to : front, journeys.begin(clock.now()));

  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.indoors) inside.add(url);
    if (config?.asksStore) for (const way of [method].flat()) askStore.add(`${way} ${url}`);
  });
  app.addHook('onRequest', (request, reply, done) => {
    const visit = findJourneyRequest();
    if (visit?.body) request.body = visit.body;
    if (!request.routeOptions.config.indoors || visit) done();
    else showDoor(request, reply, request.method === 'GET' ? request.url : front);
  });

  app.get('/', fromMemory, (request, reply) => {
    showDoor(request, reply);
  });

  /** A form with files is read as it arrives. The fields before the first file decide whether the files are accepted. */
  async function sentBy(request: Request): Promise<SentHere | undefined> {
    let away = false;
    const opening = (error: unknown): undefined => {
      if (!isUnavailable(error)) throw error;
      away = true;
    };
    const sent = await readUploads(request.raw, request.headers, async (answers) => {
      const room = uploads.get(answers.get('to') ?? '');
      const welcome = !isForeign(request) && journeys.leadsOn(answers.get('step') ?? '', clock.now(), askerOf(request));
      return welcome ? room?.open(answers).catch(opening) : undefined;
    }).catch((error: unknown) => {
      if (error instanceof InvalidForm) return undefined;
      throw error;
    });
    return sent && { ...sent, away };
  }

  /** A request that queued while the database did not answer gets that result and does not ask again. */
  async function answerTo(request: Request, asked: Asked, sent: SentHere | undefined) {
    const began = performance.now();
    const asks = askStore.has(`${asked.way} ${pathOf(asked.to)}`);
    const leave = await turnstiles[asks ? 'store' : 'memory'].enter(request.ip, clock.now());
    try {
      if (asks && asked.way === 'POST' && (sent?.away || weather.isFoul(began))) return 'away';
      const answer = await answerOf(app, request, asked, isIndoors, sent?.brought);
      if (asks && answer.statusCode === 503) weather.turnedFoul();
      return answer;
    } finally {
      leave();
    }
  }

  async function press(request: Request, reply: Reply): Promise<Reply> {
    const began = performance.now();
    const sent = isMultipart(request) ? await sentBy(request) : undefined;
    const asked = readAsked(
      isMultipart(request) ? toFormBody(sent?.answers ?? new URLSearchParams()) : request.body,
      languages,
    );
    const now = clock.now();
    if (asked.to === '/exit') {
      journeys.end(asked.step, now);
      // Leaving does not wait for the destruction of what was typed.
      for (const to of leaving)
        answerOf(app, request, { ...asked, to, way: 'POST' }, isIndoors).catch((error: unknown) =>
          app.log.error({ err: error }, 'what was typed was not destroyed at exit'),
        );
      return send(request, reply.header('refresh', `0;url=${exitTo}`), gone);
    }
    const tooLong = sent?.cut || forms?.isCut(request);
    const known = isIndoors(pathOf(asked.to)) && !isForeign(request);
    const next = known ? journeys.take(asked.step, now, askerOf(request)) : undefined;
    if (next === undefined) return showDoor(request, reply);
    const answer = tooLong ? 'too long' : await answerTo(request, asked, sent);
    // The database is away or the form was too long. The step has been used up, so the typed answers are returned on a new page to be sent again.
    const back =
      answer === 'away' || answer === 'too long' ? answer : givenBack[asked.way === 'POST' ? answer.statusCode : 0];
    if (back || typeof answer === 'string') {
      const { to, language, fields } = asked;
      const view =
        back === 'too long' ? 'public/private-journey/public-too-long' : 'public/private-journey/public-send-again';
      const again = views.render(view, {
        ...shellIn(language),
        ...longAnswers,
        to,
        fields,
        files: isMultipart(request),
      });
      const status = back === 'too long' ? 413 : 503;
      return send(request, reply.code(status), turned(again, isIndoors, language).replaceAll(stepMark, next));
    }
    const { location, 'content-type': type = '' } = answer.headers;
    reply.code(answer.statusCode);
    if (location !== undefined) reply.header('location', String(location));
    if (String(type).startsWith('text/html')) {
      const html = turned(String(answer.payload), isIndoors, asked.language).replaceAll(stepMark, next);
      const length = Number(answer.headers[lengthHeader] ?? 0);
      return length > 0 ? sendAlike(reply, padPage(html, length), began, timing.padded) : send(request, reply, html);
    }
    return reply.header('cache-control', 'no-store').type(String(type)).send(answer.payload);
  }

  await app.register(async (here) => {
    forms = readLongForms(here as never);
    here.addContentTypeParser('multipart/form-data', (_request, _stream, done) => done(null));
    here.post('/', { config: { ...fromMemory.config, island: true } }, (request, reply) =>
      press(request as never, reply as never),
    );
  });

  app.get('/leaving', internalOnly(fromMemory), async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(views.render('public/private-journey/public-leaving', { ...shellIn(request.language), here: '/leaving' })),
  );
}

/** What a browser opens in a window says so, and nobody can make it say otherwise by sending again. */
const askerOf = ({ headers }: Pick<Request, 'headers'>): Asker =>
  headers['sec-fetch-dest'] === 'empty' ? 'script' : 'page';
