/** The form of a coordinator's week. */
import type { Answers, FormErrors } from '../../../platform/forms/forms.ts';
import { backTo, type FormPage } from '../../../platform/rendering/pages.ts';
import { dayRange } from '../../../vocabulary/calendar/days.ts';
import { dayOf, timeOf } from '../../../vocabulary/calendar/wall-clock.ts';
import { exploitations } from '../../../vocabulary/exploitation.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { maxReporterText } from '../forms.ts';
import type { NamedWeek } from '../store.ts';
import { listPossibleParents, mostParts, type PartRefusal } from './part-of.ts';
import { formatReporterLine } from './reporter-lines.ts';

export const partErrors: Record<PartRefusal, FormErrors> = {
  'not there': { parentId: 'Select a week from the list' },
  'part of itself': { parentId: 'A week cannot be part of itself' },
  'is a part': { parentId: 'That week is itself part of another. Select the larger one' },
  'has parts': { parentId: 'Other weeks are part of this one, so it cannot be part of another' },
  'too many parts': { parentId: `That week has ${mostParts} parts, which is the most. Select another` },
  'other dates': {
    parentId: 'The dates of that week do not meet the dates of this one. Check the dates, or select another',
  },
};

type Sent = { readonly typed: Answers | undefined; readonly errors: FormErrors };

export function weekFormPage(
  week: NamedWeek | undefined,
  weeks: readonly NamedWeek[],
  edition: string,
  { typed, errors }: Sent,
): FormPage {
  const asksAboutName = errors.noPerson !== undefined || typed?.noPerson !== undefined;
  return {
    title: week ? 'Change the week' : 'Add a week',
    caption: week?.name,
    ...backTo(week ? exchangePaths.week(week.id) : exchangePaths.weeks(), week ? 'The week' : 'All weeks'),
    fields: (ask) => [
      ask.text('name', 'Name of the week', { value: week?.name }),
      ask.choose(
        'parentId',
        'Part of (optional)',
        listPossibleParents(weeks, week?.id).map(({ id, name, startsOn, endsOn }) => ({
          value: id,
          text: `${name}, ${dayRange(startsOn, endsOn)}`,
        })),
        {
          value: week?.parentId,
          hint: 'A larger week of yours that this one belongs to, with dates of its own. The larger week adds up the returns of its parts. Leave it empty if there is none.',
        },
      ),
      ask.text('nationalOperation', 'National or European operation (optional)', { value: week?.nationalOperation }),
      ask.day('startsOn', 'First day', { value: week?.startsOn }),
      ask.day('endsOn', 'Last day', {
        value: week?.endsOn,
        hint: 'The official dates. A force can work longer: its return counts where its own dates meet these.',
      }),
      ask.day('deadline', 'Day of the deadline', { value: week && dayOf(week.deadline) }),
      ask.time('deadlineTime', 'Time of the deadline', { value: week && timeOf(week.deadline) }),
      ask.text('definitions', 'Editions of definitions that count', {
        value: week?.definitions.join(', ') ?? edition,
        hint: 'Separate several with commas. Returns by other definitions are kept and not counted.',
      }),
      ask.text('area', 'Area (optional)', {
        value: week?.area,
        hint: 'Where the partnerships should work, like Hertfordshire. Their plans start with it.',
      }),
      ask.many('focus', 'Focus (optional)', exploitations, { value: week?.focus }),
      ask.words('tasking', 'Tasking (optional)', {
        value: week?.tasking,
        most: 8_000,
        rows: 6,
        hint: 'Say what the partnerships should do. They get it signed by you. Do not name people, their birthdays or their addresses.',
      }),
      ...(asksAboutName
        ? [
            ask.many('noPerson', 'Names in the tasking', [
              { value: 'yes', text: 'I read the tasking again: it names no person' },
            ]),
          ]
        : []),
      ask.words('reporters', 'Expected reporters', {
        value: week?.reporters.map(formatReporterLine).join('\n'),
        most: maxReporterText,
        rows: 10,
        hint: 'One on each line. A name alone is a force, like “Lea Vale Constabulary”. For another country or level write country; level; name, like “FR; country; Police nationale”. The level is force, partnership or country. If a partnership’s return includes a force, add its name at the end of the line of the force.',
      }),
    ],
  };
}
