/** Routes for people at a reception centre, by wristband number. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, NothingAsked } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { receptionPaths } from '../../vocabulary/paths/safeguarding/reception.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readNames } from '../case/read-names.ts';
import { PersonPath } from '../people/forms.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { bandPage, boardPage, departurePage, linkPage, needPage, nightPage } from './board-pages.ts';
import { BandForm, LinkForm, NeedForm, NeedPath, NightForm, ReceptionPath, WristbandPath } from './forms.ts';
import { receptionName } from './pages.ts';
import { freeBeds, type Wristband, type WristbandId } from './reception.ts';
import { operationNames } from './routes.ts';
import * as store from './store.ts';

export async function boardRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await showingRoutes(app);
  await needRoutes(app);
  await helpRoutes(app);
  await linkRoutes(app, keys);
}

async function showingRoutes(app: App): Promise<void> {
  app.get(receptionPaths.board.route, may('wristband.read', ReceptionPath), async (request, reply) => {
    const { id } = request.params;
    const helps = request.can('night.read');
    const reception = await store.getReception(request.db, id);
    // A volunteer off shift has no access here and is redirected to the page that starts a shift.
    if (!helps && !(await store.listShifts(request.db, request.actor.memberId, floorToHour(request.now))).includes(id))
      return reply.redirect(receptionPaths.receptions(), 303);
    const db = request.look('wristbands.listed', id, { fields: ['number', 'needs'] });
    const bands = await store.listWristbands(db, id);
    const needs = await store.listNeeds(
      db,
      bands.map((band) => band.id),
    );
    request.returned(bands.map((band) => band.id));
    return reply.case(boardPage({ reception, bands, needs, helps, next: newTimelessId(), now: request.now }));
  });

  buttonRoute(app, receptionPaths.wristbands.route, {
    may: may('wristband.give', ReceptionPath),
    load: async (request) => ({
      reception: await store.getReception(request.db, request.params.id),
      id: BandForm.parse(answersOf(request.body)).id,
    }),
    skip: ({ reception }) => (reception.stoodDownAt ? receptionPaths.board(reception.id) : undefined),
    event: 'wristband.given',
    subject: ({ id }) => id,
    details: () => ({ kind: 'collection', fields: ['number'] }),
    change: async (tx, { reception, id }, _, { now }) =>
      accept(await store.addWristband(tx, { id, receptionId: reception.id, cameAt: floorToHour(now) })),
    next: (id) => receptionPaths.wristband(id),
  });

  app.get(receptionPaths.wristband.route, may('wristband.read', WristbandPath), async (request, reply) => {
    const { id } = request.params;
    const helps = request.can('night.read');
    const db = request.look('wristband.shown', id, { fields: ['number', 'needs', ...(helps ? ['night'] : [])] });
    const band = await store.getWristband(db, id);
    const needs = await store.listNeeds(db, [id]);
    const people = helps ? await store.listPeopleOf(db, id) : [];
    const [given] = helps ? await store.listFirstNights(db, [id]) : [];
    const night = given ? await store.getEntry(db, given.rotaId) : undefined;
    const { agencies } = helps ? await readNames(request, []) : { agencies: new Map() };
    return reply.sections(bandPage({ band, needs, helps, people, night, agencies }));
  });
}

const readWristband = (request: Request, id: WristbandId): Promise<Wristband> =>
  store.getWristband(request.look('wristband.shown', id, { fields: ['number'] }), id);

async function needRoutes(app: App): Promise<void> {
  formRoute(app, receptionPaths.need.route, {
    may: may('need.add', WristbandPath),
    load: (request) => readWristband(request, request.params.id),
    form: NeedForm,
    page: (band) => needPage(band, newTimelessId()),
    event: 'need.added',
    subject: (band) => band.id,
    details: () => ({ kind: 'collection', fields: ['kind', 'detail'] }),
    change: async (tx, band, { id, need }, { now }) =>
      accept(await store.addNeed(tx, { id, ...need, wristbandId: band.id, askedAt: floorToHour(now), metAt: null })),
    refusals: {},
    next: (_, band) => receptionPaths.wristband(band.id),
  });

  buttonRoute(app, receptionPaths.needMet.route, {
    may: may('need.meet', NeedPath),
    load: async ({ params }) => params.id,
    event: 'need.met',
    subject: (id) => id,
    details: () => ({ fields: ['metAt'] }),
    change: async (tx, id, _, { now }) => accept(await store.meetNeed(tx, id, floorToHour(now))),
    next: (band) => receptionPaths.wristband(band),
  });
}

/** The wristband, and the beds on the rota of its reception with how many of each are given. */
async function readShelters(request: Request, id: WristbandId) {
  const db = request.look('wristband.shown', id, { fields: ['number', 'night'] });
  const band = await store.getWristband(db, id);
  const rota = (await store.listRota(db, band.receptionId)).filter(
    ({ work, endedAt }) => work === 'first-night shelter' && endedAt === null,
  );
  const bands = await store.listWristbands(db, band.receptionId);
  const nights = await store.listFirstNights(
    db,
    bands.map((one) => one.id),
  );
  const free = rota.map((entry) => ({
    entry,
    taken: nights.filter(({ rotaId, wristbandId }) => rotaId === entry.id && wristbandId !== id).length,
  }));
  const { agencies } = await readNames(request, []);
  return { band, free, agencies };
}

async function helpRoutes(app: App): Promise<void> {
  formRoute(app, receptionPaths.night.route, {
    may: may('night.give', WristbandPath),
    load: (request) => readShelters(request, request.params.id),
    form: NightForm,
    page: ({ band, free, agencies }) => nightPage(band, free, agencies),
    event: 'night.given',
    subject: ({ band }) => band.id,
    details: () => ({ kind: 'collection', fields: ['rotaId'] }),
    change: async (tx, { band, free }, { rotaId }, { actor }) => {
      const at = free.find(({ entry }) => entry.id === rotaId);
      if (!at || freeBeds(at.entry, at.taken) === 0) return refuse('full');
      const night = { wristbandId: band.id, rotaId, memberId: actor.memberId as MemberId };
      const given = await store.assignFirstNight(tx, { ...night, receptionId: band.receptionId }, at.entry.beds ?? 0);
      return given ? accept(true) : refuse('full');
    },
    refusals: { full: { rotaId: 'No bed is left there. Select another' } },
    next: (_, { band }) => receptionPaths.wristband(band.id),
  });

  formRoute(app, receptionPaths.leave.route, {
    may: may('wristband.leave', WristbandPath),
    load: (request) => readWristband(request, request.params.id),
    form: NothingAsked,
    page: departurePage,
    event: 'wristband.left',
    subject: (band) => band.id,
    details: () => ({ fields: ['leftAt'] }),
    change: async (tx, band, _, { now }) => accept(await store.recordDeparture(tx, band.id, floorToHour(now))),
    refusals: {},
    next: (_, band) => receptionPaths.board(band.receptionId),
  });
}

const numberTaken: FormErrors = { number: 'This number belongs to another record that you can read' };

/** From the page of a record: there is no list of names, and the member types the number on the wristband. */
async function linkRoutes(app: App, keys: UnitKeys): Promise<void> {
  const opened = async (request: Request, id: Parameters<typeof getPerson>[2]) => {
    const person = await getPerson(request.look('person.shown', id, { fields: ['called'] }), keys, id);
    const all = (await store.listReceptions(request.db)).filter(({ stoodDownAt }) => stoodDownAt === null);
    return { person, all };
  };
  const named = async (request: Request, all: Awaited<ReturnType<typeof opened>>['all']) => {
    const operations = await operationNames(request);
    return all.map((one) => ({ id: one.id, name: receptionName(one, operations) }));
  };
  app.get(receptionPaths.linkWristband.route, may('wristband.link', PersonPath), async (request, reply) => {
    const { person, all } = await opened(request, request.params.id);
    return reply.form(linkPage(person, await named(request, all), undefined));
  });
  app.post(receptionPaths.linkWristband.route, may('wristband.link', PersonPath), async (request, reply) => {
    const { person, all } = await opened(request, request.params.id);
    const again = async (errors: FormErrors, whose?: Person) => {
      const more = whose && { href: recordPaths.record(whose.id), text: `The record of ${whose.called}` };
      return reply.form(linkPage(person, await named(request, all), more), answersOf(request.body), errors);
    };
    const form = readForm(LinkForm, request.body);
    if (!form.ok) return again(form.errors);
    const { receptionId, number } = form.values;
    if (!all.some(({ id }) => id === receptionId)) return again({ receptionId: 'Select a reception that is there' });
    const db = request.look('wristbands.listed', receptionId, { fields: ['number'] });
    const band = await store.findByNumber(db, receptionId, number);
    if (!band) return again({ number: 'This number cannot be used here. Ask the reception lead' });
    const [other] = (await store.listPeopleOf(db, band.id)).filter((one) => one !== person.id);
    if (other)
      return again(
        numberTaken,
        await getPerson(request.look('person.shown', other, { fields: ['called'] }), keys, other),
      );
    const link = { wristbandId: band.id, personId: person.id, memberId: request.actor.memberId as MemberId };
    const linked = await request.change(
      'wristband.linked',
      person.id,
      async (tx) => ((await store.linkPerson(tx, link)) ? accept(true) : refuse('taken')),
      { kind: 'combination', fields: ['wristbandId'] },
    );
    if (!linked.ok) return again(numberTaken);
    return reply.redirect(receptionPaths.wristband(band.id), 303);
  });
}
