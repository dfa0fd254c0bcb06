/** Who may ask for the catalogue of powers. */
import { z } from 'zod';
import { answersOf, Day } from '../../platform/forms/forms.ts';
import { type App, may, readForm } from '../../platform/http/server.ts';
import { powerPaths } from '../../vocabulary/paths/operations.ts';
import { cataloguePage } from './pages.ts';

const DayForm = z.object({ on: Day('Enter a day') });

export async function powersRoutes(app: App): Promise<void> {
  app.get(powerPaths.catalogue.route, may('powers.read'), async (request, reply) => {
    const typed = answersOf(request.query);
    const asked = 'on-year' in typed;
    const form = asked ? readForm(DayForm, typed) : undefined;
    if (form && !form.ok)
      return reply.page(
        'operations/powers-of-entry/catalogue',
        cataloguePage(request.today, request.today, typed, form.errors),
      );
    const day = form?.values.on ?? request.today;
    return reply.page('operations/powers-of-entry/catalogue', cataloguePage(day, request.today));
  });
}
