/** The form and the section that say who was told about the arrest of a child, for enforcement alone. */

import { dayOf, timeOf } from '../../platform/clock.ts';
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  editConflict,
  type MemberNames,
  momentField,
  textField,
  versionsSection,
} from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type PageAction, type Section } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { arrestPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { recordedRow, toRows } from '../arrival-and-departure/pages.ts';
import type { Arrest } from '../visit.ts';
import {
  type ChildNotification,
  isTreatedAsChild,
  type NotificationRefusal,
  waysOfTelling,
} from './child-notification.ts';
import type { UntoldArrest } from './store.ts';

/** The task that one arrest leaves open. */
export const describeUntold = ({ visitId, age }: Pick<UntoldArrest, 'visitId' | 'age'>): string =>
  `Tell children’s services and the appropriate adult about the ${
    age === null || age >= 18 ? 'person, perhaps a child,' : 'child'
  } arrested at ${referenceOf('visit', visitId)}`;

/** The same for those who direct the visit: they cannot record it. */
export const describeUntoldToAsk = ({ visitId, age }: Pick<UntoldArrest, 'visitId' | 'age'>): string =>
  `Ask the team whom they told about the ${
    age === null || age >= 18 ? 'person, perhaps a child,' : 'child'
  } arrested at ${referenceOf('visit', visitId)}`;

export const untoldSection = (untold: readonly UntoldArrest[]): Section[] =>
  untold.length === 0
    ? []
    : [
        {
          kind: 'list',
          id: 'children-arrested',
          title: 'Tell somebody about a child now',
          items: untold.map((arrest) => ({
            text: describeUntold(arrest),
            href: arrestPaths.childNotification(arrest.id),
          })),
        },
      ];

export type ToldAboutChild = {
  readonly notification: ChildNotification | undefined;
  readonly versions: readonly EarlierVersion[];
};

export const childNotificationAction = (
  arrest: Pick<Arrest, 'id' | 'age' | 'ageBasis'>,
  { notification }: ToldAboutChild,
): PageAction[] =>
  isTreatedAsChild(arrest)
    ? [
        {
          href: arrestPaths.childNotification(arrest.id),
          text: notification ? 'Correct who was told about the child' : 'Record who was told about the child',
          secondary: Boolean(notification),
        },
      ]
    : [];

export const childNotificationSections = ({ notification, versions }: ToldAboutChild, names: MemberNames): Section[] =>
  notification
    ? [
        {
          kind: 'summary',
          id: 'child',
          title: 'Notification about the child',
          rows: toRows([
            ['Children’s services', notification.services],
            ['Appropriate adult', notification.adult],
            ['How', notification.how],
            ['When', formatMoment(notification.toldAt)],
            recordedRow(notification, names),
          ]),
        },
        ...versionsSection(versions, names, {
          services: textField('children’s services'),
          adult: textField('appropriate adult'),
          how: textField('how'),
          told_at: momentField('when'),
        }).map((section) => ({ ...section, id: 'earlier-child', title: 'Earlier versions of the notification' })),
      ]
    : [];

export const childNotificationPage = (
  arrest: Arrest,
  known: ChildNotification | undefined,
  base: number,
  now: Date,
): FormPage => ({
  title: 'Who was told about this child?',
  caption: arrest.age === null ? 'Age not known: treated as a child' : `Arrested at the age of ${arrest.age}`,
  ...backTo(arrestPaths.arrest(arrest.id), 'The arrest'),
  lead: [
    'Safelight tells nobody. Telephone first, then record it here. Do not enter the child’s name.',
    'Custody must tell whoever is responsible for the child, and ask an appropriate adult to come (PACE Code C, 3.13 and 3.15).',
  ],
  fields: (ask) => [
    ask.text('services', 'Who at children’s services was told', {
      hint: 'The council, and who answered.',
      value: known?.services ?? '',
    }),
    ask.text('adult', 'Who was told as appropriate adult', {
      hint: 'A parent, guardian, social worker or volunteer, or who in custody finds one. Never somebody who may exploit the child.',
      value: known?.adult ?? '',
    }),
    ask.one('how', 'How', waysOfTelling, { value: known?.how ?? '' }),
    ask.time('time', 'When', { value: timeOf(known?.toldAt ?? now) }),
    ask.day('day', 'Day', { value: dayOf(known?.toldAt ?? now) }),
    ...(known ? correctionFields(ask, base) : [ask.hidden('base', String(base))]),
  ],
});

export const notificationErrors: Record<NotificationRefusal | 'changed meanwhile', FormErrors> = {
  'no child': { '': 'The arrest says that this person is an adult. Correct the age of the arrest first' },
  'told before the arrest': { time: 'This is before the arrest' },
  'told in the future': { time: 'This time is in the future. Enter the time at which they were told' },
  'changed meanwhile': editConflict,
};
