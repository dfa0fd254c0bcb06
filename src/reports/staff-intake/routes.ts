/** Routes for taking a report for a caller, handing one in, and seeing that it was sent. Reports are sealed to the line's key as on the public site; the answer to the form shows the receipt, once. */
import { randomUUID } from 'node:crypto';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { type Kind, listSigns, signsAsked } from '../../public/signs/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import type { Attendance } from '../attendance/attendance.ts';
import type { Kept } from '../intake/pages.ts';
import { attendanceNow } from '../intake/store.ts';
import { newReceipt, receiptInDigits, receiptInWords } from '../mailbox/receipt.ts';
import { addressOf } from '../queue/pages.ts';
import { actionOf } from '../queue/routes.ts';
import type { Line, ReportId } from '../report.ts';
import { pairOf, sealReport } from '../sealing/sealed-report.ts';
import { KindQuery, PartnerForm, PhoneForm } from './forms.ts';
import { kindPage, notAttended, partnerPage, phonePage, sentPage, takenPage } from './pages.ts';
import { type Brought, splitBrought, type TakenWay } from './staff-intake.ts';
import { listSent, takeReport } from './store.ts';

type Offered = 'words' | 'digits' | 'none';

export const takingRoutes =
  (line: Line) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const path = addressOf[line].replace('/staff', '');
    const pair = () => pairOf(keys, line);

    /** What the public sees of the line; undefined where it accepts no report. */
    async function attended(request: Request): Promise<Attendance | undefined> {
      const { attendance } = await attendanceNow(request.db);
      return attendance?.state === 'open' && attendance.keyId === pair().id ? attendance : undefined;
    }

    async function bring(request: Request, way: TakenWay, id: ReportId, brought: Brought, offered: Offered) {
      const receipt = offered === 'none' ? undefined : newReceipt();
      const sealed = sealReport(pair(), {
        id,
        line,
        way,
        answers: brought,
        split: splitBrought(brought),
        receipt,
        queue: 'first',
        promisedHours: 0, // The line's own promise: the database knows it.
        now: request.now,
      });
      const taken = await request.change(
        way === 'by phone' ? 'report.taken by phone' : 'report.handed in',
        id,
        async (tx) => {
          const done = await takeReport(tx, { ...sealed, requestId: randomUUID() }, pair().id);
          return done === 'taken' ? accept(true) : refuse(done);
        },
        { kind: 'collection', fields: ['told', ...(sealed.contact ? ['contact'] : [])] },
      );
      return { taken, kept: receipt && keptAs(receipt, offered) };
    }

    app.get(`${path}/phone`, may(actionOf(line, 'report.take')), async (request, reply) => {
      const form = { line, id: newTimelessId(), attendance: await attended(request) };
      return reply.page('platform/form', phonePage(form));
    });

    app.post(`${path}/phone`, may(actionOf(line, 'report.take')), async (request, reply) => {
      const attendance = await attended(request);
      const again = (errors: FormErrors) =>
        reply.page(
          'platform/form',
          phonePage({ line, id: idIn(request), attendance }, answersOf(request.body), errors),
        );
      const form = readForm(PhoneForm, request.body);
      if (!form.ok) return again(form.errors);
      const { id, receipt, ...said } = form.values;
      const { taken, kept } = await bring(request, 'by phone', id, { ...said, ...readerOf(line, said.who) }, receipt);
      if (!taken.ok && taken.refusal === 'not attended') return again(notAttended);
      return reply.page('platform/page', takenPage(line, 'take', taken.ok ? kept : undefined, !taken.ok));
    });

    app.get(
      `${path}/partner-form`,
      may(actionOf(line, 'report.hand in'), undefined, KindQuery),
      async (request, reply) => {
        const { kind } = request.query;
        if (!kind) return reply.page('platform/page', kindPage(line));
        const form = { line, id: newTimelessId(), attendance: await attended(request) };
        return reply.page('platform/form', partnerPage({ ...form, ...askedOf(request, kind) }));
      },
    );

    app.post(`${path}/partner-form`, may(actionOf(line, 'report.hand in')), async (request, reply) => {
      const attendance = await attended(request);
      const form = readForm(PartnerForm, request.body);
      const asked = askedOf(request, kindIn(request));
      const again = (errors: FormErrors): Promise<string> => {
        const shown: Model = partnerPage(
          { line, id: idIn(request), attendance, ...asked },
          answersOf(request.body),
          errors,
        );
        return reply.page('platform/form', shown);
      };
      if (!form.ok) return again(form.errors);
      const { id, receipt, signs, ...said } = form.values;
      const known = asked.signs.map(({ text }) => text);
      const noticed = signs.filter((sign) => known.includes(sign)).join('\n');
      const brought: Brought = { ...said, who: 'professional', signs: noticed };
      const { taken, kept } = await bring(request, 'partner', id, brought, receipt);
      if (!taken.ok && taken.refusal === 'not attended') return again(notAttended);
      return reply.page('platform/page', takenPage(line, 'hand-in', taken.ok ? kept : undefined, !taken.ok));
    });

    app.get(`${path}/sent`, may(actionOf(line, 'report.sent')), async (request, reply) =>
      reply.page('platform/page', sentPage(line, await listSent(request.db, request.actor.memberId))),
    );
  };

const askedOf = ({ today }: Request, kind: Kind) => ({
  kind,
  signs: signsAsked({ reader: 'professional', kind }, listSigns(today)),
});

const kindIn = ({ body }: Request): Kind => KindQuery.parse(answersOf(body)).kind ?? 'not known';
/** The same as before, so that a form sent again after an error is still one report. */
const idIn = ({ body }: Request): string => String(answersOf(body).id ?? newTimelessId());

/** A report to police by phone goes to the police line: the caller was asked first. */
const readerOf = (line: Line, who: string): Brought =>
  who === 'me' ? { reader: line === 'police' ? 'police' : 'support' } : {};

function keptAs(receipt: ReturnType<typeof newReceipt>, offered: Offered): Kept {
  const words = offered === 'words' ? receiptInWords(receipt, 'en') : undefined;
  return words ? { words } : { digits: receiptInDigits(receipt) };
}
