/** Routes by which triage closes a report to police: with a referral to support, or with no action. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { closeWhereRefused } from '../../platform/rendering/pages.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { policeReportPaths, reportPaths } from '../../vocabulary/paths/reports.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { NoActionForm, ReferralForm, ReportPath } from '../forms.ts';
import { findRiskyWords } from '../mailbox/risky-words.ts';
import { type IntakeLine, type MessageRefusal, mayWrite, type PartId } from '../report.ts';
import type { Outcome } from '../retention/retention.ts';
import { allKeyPairs, sealPartContent } from '../sealing/sealed-report.ts';
import * as store from '../store.ts';
import { messageErrors, noActionPage, referralPage, riskyWordErrors } from './message-pages.ts';
import { listUnseenRisks, reporterText, type ViewedReport, viewReport } from './open-report.ts';

export const decisionRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    if (line !== 'police') return;
    referralRoutes(app, keys);
    noActionRoutes(app, keys);
  };

type Known = ViewedReport & { readonly partId: PartId };

const loadReport =
  (keys: UnitKeys) =>
  async (request: Request & { readonly params: { readonly id: ViewedReport['report']['id'] } }): Promise<Known> => ({
    ...(await viewReport('police', () => allKeyPairs(keys, 'police'), request, request.params.id)),
    partId: newTimelessId<'report part'>(),
  });

type Closing = {
  readonly kind: 'closed' | 'noted';
  readonly outcome: Outcome;
  readonly words: string;
  /** The place of the last message that the member saw. */
  readonly base: number;
};

/** Adds the message or the note and closes the report. Refused where the reporter wrote since. */
async function closeReport(
  tx: Writer<store.ReportTables>,
  { report: { id }, key, partId }: Known,
  { kind, outcome, words, base }: Closing,
  { actor, now }: Request,
): Promise<Result<true, MessageRefusal>> {
  const hour = floorToHour(now);
  const { report, last } = await store.lockReport(tx, id);
  const state = mayWrite(report, 'closed');
  if (!state.ok) return state;
  if (last !== base) return refuse('written meanwhile');
  await store.addPart(tx, {
    ...{ id: partId, reportId: id, place: last + 1, kind, writtenAt: hour },
    sealed: sealPartContent(key, 'police', partId, { words }),
    memberId: actor.memberId as MemberId,
  });
  await store.saveHandled(tx, id, { state: state.value, outcome, unread: false, actedAt: hour });
  return accept(true);
}

function referralRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, policeReportPaths.referral.route, {
    may: may('report.answer', ReportPath),
    load: loadReport(keys),
    form: ReferralForm,
    // Nobody outside reads a note on a report without a receipt.
    check: (shown, { message, looked }) =>
      shown.report.answerable && listUnseenRisks(shown, message, looked).length > 0 ? riskyWordErrors : undefined,
    page: (shown, typed, errors) => {
      const message = String(typed?.message ?? '').trim();
      const found = errors === riskyWordErrors ? findRiskyWords(message, reporterText(shown.parts)) : [];
      return closeWhereRefused(
        referralPage(shown, message, found),
        typed,
        mayWrite(shown.report, 'closed'),
        messageErrors,
      );
    },
    event: 'report.referred to support',
    subject: ({ report }) => report.id,
    details: () => ({ fields: ['message'] }),
    change: (tx, known, { message, base }, request) =>
      closeReport(tx, known, { kind: 'closed', outcome: 'referred for help', words: message, base }, request),
    refusals: messageErrors,
    next: (_, { report }) => reportPaths.police.report(report.id),
  });
}

function noActionRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, policeReportPaths.noAction.route, {
    may: may('report.answer', ReportPath),
    load: loadReport(keys),
    form: NoActionForm,
    page: (shown, typed) =>
      closeWhereRefused(noActionPage(shown), typed, mayWrite(shown.report, 'closed'), messageErrors),
    event: 'report.closed',
    subject: ({ report }) => report.id,
    details: () => ({ fields: ['note'] }),
    change: (tx, known, { reason, base }, request) =>
      closeReport(tx, known, { kind: 'noted', outcome: 'no further action', words: reason, base }, request),
    refusals: messageErrors,
    next: (_, { report }) => reportPaths.police.report(report.id),
  });
}
