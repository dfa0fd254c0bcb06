/** Pages about the defaults of partners: the list, the form, and removing one. */
import type { MemberWithAgency } from '../../identity/agencies/index.ts';
import { type ShownFields, textField } from '../../platform/forms/correction.ts';
import { serialiseBase } from '../../platform/forms/stale-form.ts';
import { backTo, type FormPage, type ListPage } from '../../platform/rendering/pages.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { operationPaths, partnerDefaultPaths } from '../../vocabulary/paths/operations.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';
import { dutyFieldOf } from '../weeks/forms.ts';
import { duties, getUsualDuty, type Resource, resourceKinds } from '../weeks/operation.ts';
import type { PartnerDefault, UsualPerson } from './partner-default.ts';

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);

export type NamesOf = ReadonlyMap<string, string>;

type Known = { readonly names: NamesOf; readonly present: ReadonlySet<string> };

const formatUsualPeople = ({ people }: Pick<PartnerDefault, 'people'>, { names, present }: Known): string =>
  listOf(
    people.map(
      ({ memberId, duty }) =>
        `${names.get(memberId) ?? 'Somebody'} (${present.has(memberId) ? duty : 'no longer has an account'})`,
    ),
  ) || 'Nobody';

/** Each with what is filled in. */
export const partnerDefaultsPage = (
  defaults: readonly PartnerDefault[],
  known: Known,
  describe: (resources: readonly Resource[]) => string,
): ListPage => ({
  title: 'Defaults of partners',
  back: { href: operationPaths.list(), text: 'Operations' },
  lead: [
    'These details are filled in when you add the partner to an operation. A change here changes no operation.',
    'People who no longer have an account are not added.',
  ],
  list: {
    kind: 'table',
    caption: 'Partners with defaults',
    stack: true,
    columns: columns('Name in print', 'Resources', 'People usually sent', 'Change'),
    rows: defaults.map((one) => [
      text(one.printedName),
      text(describe(one.resources)),
      text(formatUsualPeople(one, known)),
      { text: 'Change', hidden: one.printedName, href: partnerDefaultPaths.change(one.id) },
    ]),
    empty:
      'No defaults yet. Open a partner of an operation, under “Teams and partners”, and choose “Save as the default too”.',
  },
});

/** What the form shows, compared when two planners change it at once. */
export const getDefaultFields = (
  colleagues: readonly MemberWithAgency[],
  describe: (resources: readonly Resource[]) => string,
): ShownFields => {
  const names = new Map(colleagues.map(({ id, name }) => [id as string, name]));
  const present = new Set(names.keys());
  return {
    printedName: textField('name in print'),
    officialName: textField('official name'),
    resources: ['resources', (resources) => describe((resources ?? []) as Resource[])],
    people: [
      'people usually sent',
      (people) => formatUsualPeople({ people: (people ?? []) as UsualPerson[] }, { names, present }),
    ],
  };
};

export function partnerDefaultFormPage(
  one: PartnerDefault,
  colleagues: readonly MemberWithAgency[],
  kind: AgencyKind,
  fields: ShownFields,
): FormPage {
  const counted = (what: string) => one.resources.find((resource) => resource.what === what)?.count;
  const dutyOf = (id: string) => one.people.find(({ memberId }) => memberId === id)?.duty ?? '';
  return {
    title: `Defaults of ${one.printedName}`,
    ...backTo(partnerDefaultPaths.list(), 'Defaults of partners'),
    action: partnerDefaultPaths.change(one.id),
    fields: (ask) => [
      ask.text('printedName', 'Name in print', { value: one.printedName }),
      ask.text('officialName', 'Official name', { value: one.officialName }),
      ask.heading('resources', 'Resources', 'Leave a field empty if this partner does not provide that resource.'),
      ...resourceKinds.map((what) => ask.count(`resources-${what}`, capital(what), { value: counted(what) })),
      ask.group(
        'people',
        'People usually sent',
        colleagues.map(({ id, title, name, roles }) => {
          const usual = getUsualDuty(roles, kind);
          const sorted = duties.toSorted((a, b) => Number(b === usual) - Number(a === usual));
          return {
            ...ask.choose(dutyFieldOf(id), `${title} ${name}`.trim(), duties, {
              value: dutyOf(id),
              hint: roles.join(', '),
            }),
            options: [
              { value: '', text: 'Not usually sent' },
              ...sorted.map((duty) => ({ value: duty, text: capital(duty) })),
            ],
          };
        }),
        { classes: 'sl-rows' },
      ),
      ask.kept('base', serialiseBase(one, fields)),
    ],
    more: { href: partnerDefaultPaths.remove(one.id), text: 'Remove these defaults' },
  };
}

export const removePartnerDefaultPage = (one: PartnerDefault): FormPage => ({
  title: `Remove the defaults of ${one.printedName}`,
  ...backTo(partnerDefaultPaths.change(one.id)),
  lead: ['Operations that this partner takes part in stay as they are.'],
  action: partnerDefaultPaths.remove(one.id),
  button: 'Remove the defaults',
  dangerous: true,
});
