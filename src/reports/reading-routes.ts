/** Who may read what was told, and write to who told it: the same for both lines, each by the actions and in the store of its own. */
import { memberNames } from '../partnership/index.ts';
import { hourOf } from '../platform/audit.ts';
import type { Navigation, RoomParts } from '../platform/doors.ts';
import { answersOf } from '../platform/forms.ts';
import type { Desk, Place } from '../platform/home.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../platform/http.ts';
import { notFound } from '../platform/problem.ts';
import { capital, countWord, plural } from '../vocabulary/english.ts';
import { type MemberId, newTimelessId } from '../vocabulary/ids.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { listFiles } from './files-store.ts';
import { MessageForm, ReportPath, WhyContactForm } from './forms.ts';
import { openAbout, openContact, openReportKey, openWords, pairsOf, sealWords } from './intake.ts';
import {
  addressOf,
  contactPage,
  contactsPage,
  messageErrors,
  queuePage,
  reportPage,
  whyContactPage,
  writePage,
} from './reading-pages.ts';
import { type Line, lines, mayWrite, type PartId, type ReportId } from './report.ts';
import * as store from './store.ts';

/** The actions of the support side bear its name; what they let do is the same. */
export const actionOf = (line: Line, action: string): string => (line === 'help' ? `help ${action}` : action);
const pathOf = (line: Line): string => addressOf[line].replace('/staff', '');

export const readingRoutes =
  (line: Line) =>
  async (app: App, { keys }: RoomParts): Promise<void> => {
    const path = pathOf(line);
    const pairs = () => pairsOf(keys, line);

    /** Everything of one report, opened: a look, written down before it is shown. */
    async function lookAt(request: Request, id: ReportId) {
      const db = request.look('report.shown', id, { fields: ['told'] });
      const report = await store.getReport(db, id);
      const key = openReportKey(pairs(), id, report.sealedKey);
      const parts = (await store.listParts(db, id)).map((part) => ({ ...part, said: openWords(key, line, part) }));
      const files = (await listFiles(db, id)).map((file) => ({ ...file, said: openAbout(pairs(), line, file) }));
      return { report, parts, files, key };
    }

    app.get(path, may(actionOf(line, 'report.read')), async (request, reply) => {
      const db = request.look('reports.listed', null, { fields: ['state'] });
      const queue = await store.listReports(db);
      request.returned(queue.reports.map(({ id }) => id));
      const sets = request.can(actionOf(line, 'attendance.read'));
      return reply.page('platform/page', queuePage(line, queue, request.now, sets));
    });

    app.get(`${path}/:id`, may(actionOf(line, 'report.read'), ReportPath), async (request, reply) => {
      const { report, parts, files } = await lookAt(request, request.params.id);
      const names = await namesOf(
        request,
        line,
        parts.map(({ memberId }) => memberId),
      );
      return reply.page('platform/page', reportPage({ line, report, parts, files, names, now: request.now }));
    });

    app.post(`${path}/:id/seen`, may(actionOf(line, 'report.answer'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      request.look('report.shown', id, { fields: ['state'] });
      await request.change('report.read', id, async (tx) => {
        await store.lockReport(tx, id);
        return accept(await store.saveHandled(tx, id, { unread: false, actedAt: hourOf(request.now) }));
      });
      return reply.redirect(`${addressOf[line]}/${id}`, 303);
    });

    app.get(`${path}/:id/write`, may(actionOf(line, 'report.answer'), ReportPath), async (request, reply) => {
      const shown = await lookAt(request, request.params.id);
      const allowed = mayWrite(shown.report, 'closed');
      const errors = allowed.ok ? {} : messageErrors[allowed.refusal];
      return reply.page('platform/form', { ...writePage(line, shown, {}, errors), closed: !allowed.ok });
    });

    app.post(`${path}/:id/write`, may(actionOf(line, 'report.answer'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      const shown = await lookAt(request, id);
      const again = (errors: FormErrors) =>
        reply.page('platform/form', writePage(line, shown, answersOf(request.body), errors));
      const form = readForm(MessageForm, request.body);
      if (!form.ok) return again(form.errors);
      const { kind, message, base } = form.values;
      const partId: PartId = newTimelessId();
      const hour = hourOf(request.now);
      const written = await request.change(
        kind === 'closed' ? 'report.closed' : 'report.written to',
        id,
        async (tx) => {
          const { report, last } = await store.lockReport(tx, id);
          if (last !== base) return refuse('written meanwhile');
          const state = mayWrite(report, kind);
          if (!state.ok) return state;
          await store.addPart(tx, {
            id: partId,
            reportId: id,
            place: last + 1,
            kind,
            sealed: sealWords(shown.key, line, partId, { words: message }),
            saidAt: hour,
            memberId: request.actor.memberId as MemberId,
          });
          await store.saveHandled(tx, id, { state: state.value, unread: false, actedAt: hour });
          return accept(true);
        },
        { fields: ['message'] },
      );
      if (!written.ok) return again(messageErrors[written.refusal]);
      return reply.redirect(`${addressOf[line]}/${id}`, 303);
    });

    app.get(`${path}/contacts`, may(actionOf(line, 'reporter contact.list')), async (request, reply) => {
      const db = request.look('contacts.listed', null, { fields: ['id'] });
      return reply.page('platform/page', contactsPage(line, await store.listContacts(db)));
    });

    /** Before anybody is asked why: of what is not hers there is nothing to ask about. */
    const isThere = (request: Request, id: ReportId): Promise<void> =>
      request.under(actionOf(line, 'reporter contact.list'), async (_db, look) => {
        const db = look('contact.asked for', id, { fields: ['id'] });
        if (!(await store.findContact(db, id))) throw notFound('contact');
      });

    app.get(
      `${path}/contacts/:id`,
      may(actionOf(line, 'reporter contact.read'), ReportPath),
      async (request, reply) => {
        await isThere(request, request.params.id);
        return reply.page('platform/form', whyContactPage(line, request.params.id));
      },
    );

    app.post(
      `${path}/contacts/:id`,
      may(actionOf(line, 'reporter contact.read'), ReportPath),
      async (request, reply) => {
        const { id } = request.params;
        const form = readForm(WhyContactForm, request.body);
        if (!form.ok) {
          await isThere(request, id);
          return reply.page('platform/form', whyContactPage(line, id, answersOf(request.body), form.errors));
        }
        const db = request.look('contact.shown', id, { fields: ['contact'], reason: form.values.why });
        const sealed = await store.findContact(db, id);
        if (!sealed) throw notFound('contact');
        return reply.page('platform/page', contactPage(line, id, openContact(pairs(), line, id, sealed) as never));
      },
    );
  };

/** Members stand in the main store: behind the wall they are asked for apart. */
async function namesOf(request: Request, line: Line, ids: readonly (string | null)[]) {
  if (line === 'police') return memberNames(request.db, ids);
  return request.under('member.read', (db) => memberNames(db, ids));
}

const sentence = (count: number, one: string, many: string): string =>
  `${capital(countWord(count))} ${plural(count, one, many)}`;

/** It stays above the ring until somebody has seen to it. */
export const reportsDesk = (line: Line): Desk => ({
  action: actionOf(line, 'report.read'),
  title: line === 'police' ? 'Reports of danger, and late ones' : 'Reports to the support side: danger, and late ones',
  pressing: true,
  waiting: async (db, request, look) => {
    look('reports.waiting counted', null, { fields: ['state'] });
    const { danger, overdue } = await store.countWaiting(db, request.now);
    const href = addressOf[line];
    return [
      {
        count: danger,
        href,
        text: sentence(danger, 'report says that somebody is in danger', 'reports say that somebody is in danger'),
      },
      { count: overdue, href, text: sentence(overdue, 'report is late', 'reports are late') },
    ].filter(({ count }) => count > 0);
  },
});

/** Who reads no report comes in by a way of her own: to open who told one, or to say who reads. */
export const reportsNavigation: readonly Navigation[] = lines.flatMap((line) => [
  { href: `${addressOf[line]}/contacts`, text: 'Who told reports', action: actionOf(line, 'reporter contact.list') },
  { href: `${addressOf[line]}/attendance`, text: 'Who reads reports', action: actionOf(line, 'attendance.set') },
]);

export const reportsPlace: Place = {
  room: 'reports',
  href: '/staff/reports',
  action: 'report.read',
  says: 'What the public tells police: sealed as it comes in, read by its clock, answered without a name.',
  waiting: async (db, request, look) => {
    look('reports.waiting counted', null, { fields: ['state'] });
    const { waiting } = await store.countWaiting(db, request.now);
    return waiting > 0
      ? [{ count: waiting, href: '/staff/reports', text: sentence(waiting, 'report waits', 'reports wait') }]
      : [];
  },
};
