/** Routes for people at a reception centre, by wristband number. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { PersonPath } from '../people/forms.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { readNames } from '../referrals/routes.ts';
import { bandPage, boardPage, departurePage, linkPage, needPage, nightPage } from './board-pages.ts';
import { BandForm, LinkForm, NeedForm, NeedPath, NightForm, ReceptionPath, WristbandPath } from './forms.ts';
import { home, receptionName } from './pages.ts';
import { freeBeds, type Wristband, type WristbandId } from './reception.ts';
import { operationNames } from './routes.ts';
import * as store from './store.ts';

const bandAt = (id: string): string => `${home}/wristbands/${id}`;

export async function boardRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await showingRoutes(app);
  await needRoutes(app);
  await helpRoutes(app);
  await linkRoutes(app, keys);
}

async function showingRoutes(app: App): Promise<void> {
  app.get('/safeguarding/reception/:id', may('wristband.read', ReceptionPath), async (request, reply) => {
    const { id } = request.params;
    const helps = request.can('night.read');
    const reception = await store.getReception(request.db, id);
    // A volunteer off shift has no access here and is redirected to the page that starts a shift.
    if (!helps && !(await store.listShifts(request.db, request.actor.memberId, floorToHour(request.now))).includes(id))
      return reply.redirect(home, 303);
    const db = request.look('wristbands.listed', id, { fields: ['number', 'needs'] });
    const bands = await store.listWristbands(db, id);
    const needs = await store.listNeeds(
      db,
      bands.map((band) => band.id),
    );
    request.returned(bands.map((band) => band.id));
    return reply.page(
      'platform/page',
      boardPage({ reception, bands, needs, helps, next: newTimelessId(), now: request.now }),
    );
  });

  app.post('/safeguarding/reception/:id/wristbands', may('wristband.give', ReceptionPath), async (request, reply) => {
    const { id: receptionId } = request.params;
    const { stoodDownAt } = await store.getReception(request.db, receptionId);
    if (stoodDownAt) return reply.redirect(`${home}/${receptionId}`, 303);
    const band = { ...BandForm.parse(answersOf(request.body)), receptionId, cameAt: floorToHour(request.now) };
    await request.change('wristband.given', band.id, async (tx) => accept(await store.addWristband(tx, band)), {
      kind: 'collection',
      fields: ['number'],
    });
    return reply.redirect(bandAt(band.id), 303);
  });

  app.get('/safeguarding/reception/wristbands/:id', may('wristband.read', WristbandPath), async (request, reply) => {
    const { id } = request.params;
    const helps = request.can('night.read');
    const db = request.look('wristband.shown', id, { fields: ['number', 'needs', ...(helps ? ['night'] : [])] });
    const band = await store.getWristband(db, id);
    const needs = await store.listNeeds(db, [id]);
    const people = helps ? await store.listPeopleOf(db, id) : [];
    const [given] = helps ? await store.listFirstNights(db, [id]) : [];
    const night = given ? await store.getEntry(db, given.rotaId) : undefined;
    const { agencies } = helps ? await readNames(request, []) : { agencies: new Map() };
    return reply.page('platform/page', bandPage({ band, needs, helps, people, night, agencies }));
  });
}

const readWristband = (request: Request, id: WristbandId): Promise<Wristband> =>
  store.getWristband(request.look('wristband.shown', id, { fields: ['number'] }), id);

async function needRoutes(app: App): Promise<void> {
  app.get('/safeguarding/reception/wristbands/:id/need', may('need.add', WristbandPath), async (request, reply) =>
    reply.page('platform/form', needPage(await readWristband(request, request.params.id), newTimelessId())),
  );
  app.post('/safeguarding/reception/wristbands/:id/need', may('need.add', WristbandPath), async (request, reply) => {
    const band = await readWristband(request, request.params.id);
    const form = readForm(NeedForm, request.body);
    if (!form.ok)
      return reply.page('platform/form', needPage(band, newTimelessId(), answersOf(request.body), form.errors));
    const { id, need } = form.values;
    const added = { id, ...need, wristbandId: band.id, askedAt: floorToHour(request.now), metAt: null };
    await request.change('need.added', band.id, async (tx) => accept(await store.addNeed(tx, added)), {
      kind: 'collection',
      fields: ['kind', 'detail'],
    });
    return reply.redirect(bandAt(band.id), 303);
  });
  app.post('/safeguarding/reception/needs/:id/met', may('need.meet', NeedPath), async (request, reply) => {
    let band = '';
    await request.change(
      'need.met',
      request.params.id,
      async (tx) => {
        band = await store.meetNeed(tx, request.params.id, floorToHour(request.now));
        return accept(true);
      },
      { fields: ['metAt'] },
    );
    return reply.redirect(bandAt(band), 303);
  });
}

async function helpRoutes(app: App): Promise<void> {
  /** Beds on the rota of the same reception, and how many of each are given. */
  const shelters = async (request: Request, id: WristbandId) => {
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
  };
  app.get('/safeguarding/reception/wristbands/:id/night', may('night.give', WristbandPath), async (request, reply) => {
    const { band, free, agencies } = await shelters(request, request.params.id);
    return reply.page('platform/form', nightPage(band, free, agencies));
  });
  app.post('/safeguarding/reception/wristbands/:id/night', may('night.give', WristbandPath), async (request, reply) => {
    const { band, free, agencies } = await shelters(request, request.params.id);
    const again = (errors: FormErrors) => reply.page('platform/form', nightPage(band, free, agencies, errors));
    const form = readForm(NightForm, request.body);
    if (!form.ok) return again(form.errors);
    const { rotaId } = form.values;
    const at = free.find(({ entry }) => entry.id === rotaId);
    const full = { rotaId: 'No bed is left there. Select another' };
    if (!at || freeBeds(at.entry, at.taken) === 0) return again(full);
    const night = { wristbandId: band.id, rotaId, memberId: request.actor.memberId as MemberId };
    const { receptionId } = band;
    const given = await request.change(
      'night.given',
      band.id,
      async (tx) =>
        (await store.assignFirstNight(tx, { ...night, receptionId }, at.entry.beds ?? 0))
          ? accept(true)
          : refuse('full'),
      { kind: 'collection', fields: ['rotaId'] },
    );
    if (!given.ok) return again(full);
    return reply.redirect(bandAt(band.id), 303);
  });

  app.get(
    '/safeguarding/reception/wristbands/:id/leave',
    may('wristband.leave', WristbandPath),
    async (request, reply) =>
      reply.page('platform/form', departurePage(await readWristband(request, request.params.id))),
  );
  app.post(
    '/safeguarding/reception/wristbands/:id/leave',
    may('wristband.leave', WristbandPath),
    async (request, reply) => {
      const band = await readWristband(request, request.params.id);
      await request.change(
        'wristband.left',
        band.id,
        async (tx) => accept(await store.recordDeparture(tx, band.id, floorToHour(request.now))),
        { fields: ['leftAt'] },
      );
      return reply.redirect(`${home}/${band.receptionId}`, 303);
    },
  );
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
  app.get('/safeguarding/people/:id/wristband', may('wristband.link', PersonPath), async (request, reply) => {
    const { person, all } = await opened(request, request.params.id);
    return reply.page('platform/form', linkPage(person, await named(request, all)));
  });
  app.post('/safeguarding/people/:id/wristband', may('wristband.link', PersonPath), async (request, reply) => {
    const { person, all } = await opened(request, request.params.id);
    const again = async (errors: FormErrors, whose?: Person) =>
      reply.page('platform/form', {
        ...linkPage(person, await named(request, all), answersOf(request.body), errors),
        ...(whose && {
          more: { href: `/staff/safeguarding/people/${whose.id}`, text: `The record of ${whose.called}` },
        }),
      });
    const form = readForm(LinkForm, request.body);
    if (!form.ok) return again(form.errors);
    const { receptionId, number } = form.values;
    if (!all.some(({ id }) => id === receptionId)) return again({ receptionId: 'Select a reception that is there' });
    const db = request.look('wristbands.listed', receptionId, { fields: ['number'] });
    const band = await store.findByNumber(db, receptionId, number);
    if (!band) return again({ number: 'This number cannot be used here. Ask whoever leads the reception centre' });
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
    return reply.redirect(bandAt(band.id), 303);
  });
}
