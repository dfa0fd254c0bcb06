/** A second person countersigns a final return or a revision of one, or sends it back to the analyst with a reason. */
import { countBreakGlassToReview } from '../../access/break-glass/index.ts';
import { memberNames } from '../../identity/agencies/index.ts';
import { getOperation } from '../../operations/plan/index.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import type { ActingMember } from '../../vocabulary/second-person.ts';
import { CountersignForm } from '../forms.ts';
import { calculateDigest, checkSigning, compareFigures, getLastDay } from '../return.ts';
import { findLastChange, getReturn, getWorkings, listVersions } from '../store.ts';
import { countersignErrors, countersignPage, uncountersignablePage } from './pages.ts';
import { checkSecond, type FirstSignature } from './second-signature.ts';
import { addSecondSignature, findFirstSignature } from './store.ts';

/** Whether this member may give the second signature that the return waits for. */
export const mayCountersign = (by: ActingMember, first: FirstSignature | undefined, leadAgency: string): boolean =>
  first !== undefined && checkSecond(by, first, { leadAgency, seen: first.id }).ok;

export function countersignRoute(app: App): void {
  formRoute(app, returnPaths.countersign.route, {
    may: may('return.countersign', IdPath),
    load: async (request) => {
      const drawn = await getReturn(request.look('return read', request.params.id), request.params.id);
      const { agencyId: leadAgency, endsOn } = await getOperation(request.db, drawn.operationId);
      const first = await findFirstSignature(request.db, drawn.id);
      const before = (await listVersions(request.db, drawn.operationId)).find(
        ({ version, signature }) => signature && version < drawn.version,
      );
      return {
        ...{ drawn, before, first, leadAgency, lastDay: getLastDay(drawn, endsOn) },
        workings: await getWorkings(request.db, drawn.id),
        changedAt: await findLastChange(request.db, drawn),
        changes: before ? compareFigures(before.figures, drawn.figures) : [],
        names: await memberNames(request.db, [drawn.madeBy, first?.signedBy ?? null]),
      };
    },
    // The same button pressed again: it is done. Without a first signature the page of the return says what comes next.
    skip: ({ drawn, first }, { actor }) =>
      first === undefined || first.decision?.decidedBy === actor.memberId ? returnPaths.return(drawn.id) : undefined,
    instead: ({ drawn, first, leadAgency }, { actor }) => {
      const allowed = checkSecond(actor, first, { leadAgency, seen: first?.id ?? '' });
      return allowed.ok ? undefined : uncountersignablePage(drawn, allowed.refusal);
    },
    form: CountersignForm,
    page: ({ first, ...known }) => countersignPage({ ...known, first: first as FirstSignature }),
    show: (reply, page) => reply.page('returns/second-signature/countersign', page),
    event: (_, { answer }) => (answer === 'countersign' ? 'return countersigned' : 'return sent back'),
    subject: ({ drawn }) => drawn.id,
    change: (tx, { drawn, leadAgency, lastDay }, values, request) =>
      decide(tx, { id: drawn.id, leadAgency, lastDay }, values, request),
    refusals: countersignErrors,
    refused: (refusal, { drawn, first }, reply) =>
      first ? undefined : reply.code(422).sections(uncountersignablePage(drawn, refusal)),
    next: (_, { drawn }) => returnPaths.return(drawn.id),
  });
}

type Asked = { readonly id: string; readonly leadAgency: string; readonly lastDay: string };

/** Decides on the return as it is now. What stops a final signature stops the second, too. */
async function decide(
  tx: Writer<AnyTables>,
  { id, leadAgency, lastDay }: Asked,
  { seen, answer, reason }: { readonly seen: string; readonly answer: string; readonly reason: string | null },
  { actor, now, today }: Pick<Request, 'actor' | 'now' | 'today'>,
) {
  const first = await findFirstSignature(tx, id);
  const allowed = checkSecond(actor, first, { leadAgency, seen });
  if (!allowed.ok) return allowed;
  const { operationId, digest, stage, id: signature } = allowed.value;
  const approved = answer === 'countersign';
  if (approved) {
    const held = await getReturn(tx, id);
    const signing = checkSigning(held, await getWorkings(tx, id), {
      final: stage === 'final',
      seen: calculateDigest(held),
      recordsChanged: (await findLastChange(tx, held)) !== null,
      today,
      lastDay: getLastDay(held, lastDay),
      waiting: false,
      glassToReview: await countBreakGlassToReview(tx, operationId),
    });
    if (!signing.ok) return refuse(wordRefusal(signing.refusal));
    if (calculateDigest({ ...held, stage }) !== digest) return refuse('changed since signed');
  }
  const added = await addSecondSignature(tx, {
    ...{ id: signature, operationId, approved, reason: approved ? null : reason },
    ...{ decidedBy: actor.memberId, decidedAt: now },
  });
  return added.ok ? accept(approved) : added;
}

const wordRefusal = (refusal: Extract<ReturnType<typeof checkSigning>, { ok: false }>['refusal']) =>
  refusal === 'already signed' || refusal === 'waits for a second'
    ? 'decided before'
    : refusal === 'changed since you looked'
      ? 'changed since signed'
      : refusal;
