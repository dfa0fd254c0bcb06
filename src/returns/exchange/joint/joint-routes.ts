/** The route of joint visits: a coordinator decides on likely pairs in one list, and takes decisions back there. */
import { formRoute } from '../../../platform/forms/form-route.ts';
import type { FormErrors } from '../../../platform/forms/forms.ts';
import { type App, IdPath, may } from '../../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../../platform/rendering/paging.ts';
import { newId } from '../../../vocabulary/ids.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { accept, refuse } from '../../../vocabulary/result.ts';
import { DecideForm } from '../forms.ts';
import { listReferences } from '../inbox/joint-visits.ts';
import { listDeciding, readWeek } from '../inbox/reading-week.ts';
import { addDecisions, listDecisions, lockWeek } from '../store.ts';
import { readDecisions } from './decisions.ts';
import { jointPage } from './joint-pages.ts';

export function jointRoute(app: App): void {
  formRoute(app, exchangePaths.joint.route, {
    may: may('joint visit.decide', IdPath, PageQuery),
    load: async (request) => {
      const { rolled, ...read } = await readWeek(request.db, request.params.id, request.now);
      const { page } = request.query;
      const pages = paginate(page, pageSize, read.pairs.length, (number) =>
        withQuery(exchangePaths.joint(read.week.id), { page: number }),
      );
      return {
        ...read,
        added: rolled.added,
        references: listReferences(rolled.added),
        pages,
        conflicts: {} as FormErrors,
      };
    },
    form: DecideForm,
    page: (view) => jointPage(view),
    show: (reply, page) => reply.page('returns/exchange/joint-visits', page),
    check: (view, typed) => {
      const { errors } = readDecisions(typed, view);
      return Object.keys(errors).length > 0 ? errors : undefined;
    },
    saves: 'Decision',
    event: 'joint visit.decided',
    subject: ({ week }) => week.id,
    details: () => ({ fields: ['answer'] }),
    change: async (tx, view, typed, { actor, now }) => {
      await lockWeek(tx, view.week.id);
      const decisions = await listDecisions(tx, listDeciding(view));
      const { changes, errors } = readDecisions(typed, { ...view, decisions });
      // Where a colleague has just given the same answers, nothing is left to save.
      const { '': _, ...conflicts } = errors;
      if (Object.keys(conflicts).length > 0) {
        Object.assign(view, { decisions, conflicts });
        return refuse('decided meanwhile');
      }
      if (changes.length === 0) return accept(true);
      const around = { weekId: view.week.id, decidedBy: actor.memberId, decidedAt: now };
      await addDecisions(
        tx,
        changes.map((change) => ({ id: newId(), ...change, ...around })),
      );
      return accept(true);
    },
    refusals: ({ conflicts }) => ({ 'decided meanwhile': conflicts }),
    next: (_, { week }) => exchangePaths.joint(week.id),
  });
}
