/** The form, the tasks and the row about who at children's services was told of a person met who is or may be a child. */

import { dayOf, timeOf } from '../../platform/clock.ts';
import { correctionFields, editConflict } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type PageAction, type Section } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { encounterPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { Encounter } from '../visit.ts';
import { isMetAsChild, isUntold, type TellingRefusal } from './children-met.ts';
import type { UntoldMeetings } from './store.ts';

const describeAge = (age: Encounter['age']): string => (age === 'under 18' ? 'under 18' : 'age not known');

/** The people of one visit, in the middle of a sentence. */
const describeMet = ({ visitId, count, number, age }: UntoldMeetings): string =>
  count === 1
    ? `person ${number}, ${describeAge(age)}, met at ${referenceOf('visit', visitId)}`
    : `${count} people who are or may be under 18, met at ${referenceOf('visit', visitId)}`;

export const describeUntoldMeeting = (met: UntoldMeetings): string =>
  `Tell children’s services about ${describeMet(met)}`;

/** The same for those who direct the visit: they cannot record it. */
export const describeUntoldMeetingToAsk = (met: UntoldMeetings): string =>
  `Ask the team whether children’s services know of ${describeMet(met)}`;

/** Tasks on the page of the visit. Somebody arrested is a task of the arrest. */
export const untoldMeetingsSection = (encounters: readonly Encounter[], arrested: ReadonlySet<string>): Section[] => {
  const open = encounters.filter((met) => isUntold(met) && !arrested.has(met.id));
  return open.length === 0
    ? []
    : [
        {
          kind: 'list',
          id: 'children-met',
          title: 'Tell children’s services now',
          items: open.map(({ id, number, age }) => ({
            text: `Record who was told about person ${number}, ${describeAge(age)}`,
            href: encounterPaths.childrenServices(id),
          })),
        },
      ];
};

export const childrenServicesAction = (met: Encounter): PageAction[] =>
  isMetAsChild(met)
    ? [
        {
          href: encounterPaths.childrenServices(met.id),
          text: met.servicesTold
            ? 'Correct who at children’s services was told'
            : 'Record that children’s services were told',
          secondary: true,
        },
      ]
    : [];

export function formatServicesTold(met: Encounter): string | null {
  if (!met.servicesTold) return isMetAsChild(met) ? 'Nobody has recorded that they were told. Tell them now' : null;
  return `Told: ${met.servicesTold}${met.servicesToldAt ? `, ${formatMoment(met.servicesToldAt)}` : ''}`;
}

export const childrenServicesPage = (met: Encounter, base: number, now: Date): FormPage => ({
  title: 'Who at children’s services was told?',
  ...backTo(encounterPaths.encounter(met.id), `Person ${met.number}`),
  caption: `Person ${met.number}: ${met.age === 'under 18' ? 'under 18' : 'age not known, treated as a child'}`,
  lead: [
    'Safelight tells nobody. Telephone the council’s children’s services first, then record it here. Do not enter the child’s name.',
    'You do not need consent for this. Explain it to the person.',
  ],
  first: {
    href: 'https://www.gov.uk/report-child-abuse-to-local-council',
    text: 'Find the telephone number of the council (GOV.UK)',
  },
  button: 'Record',
  fields: (ask) => [
    ask.text('services', 'Who at children’s services was told', {
      hint: 'The council, and who answered.',
      value: met.servicesTold ?? '',
    }),
    ask.time('time', 'When', { value: timeOf(met.servicesToldAt ?? now) }),
    ask.day('day', 'Day', { value: dayOf(met.servicesToldAt ?? now) }),
    ...(met.servicesTold ? correctionFields(ask, base) : [ask.hidden('base', String(base))]),
  ],
});

export const tellingErrors: Record<TellingRefusal | 'changed meanwhile', FormErrors> = {
  'no child': { '': 'The record says that this person is an adult. Correct the age first' },
  'told in the future': { time: 'This time is in the future. Enter the time at which they were told' },
  'changed meanwhile': editConflict,
};
