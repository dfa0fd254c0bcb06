/** “Who can see what” as Markdown: the same bytes for the same policy, so that two versions can be compared. */
import { type AreaPolicy, databaseRoleFor } from '../../platform/access-policy/access.ts';
import { roleName } from '../../platform/access-policy/row-policies.ts';
import { formatRaisedCeiling, raisedCeilings } from '../../platform/exports/export-ceilings.ts';
import { markings } from '../../vocabulary/marking.ts';
import { type Purpose, purposes } from '../../vocabulary/people.ts';
import { getKindLabel, replaceKindNames } from './kinds.ts';
import {
  describeClasses,
  describeRoles,
  formatPermission,
  listKindsForPurpose,
  listPermissionsForEverybody,
  type Permission,
  type RecordClassDescription,
} from './permission.ts';
import { purposeLabels, roleLabels } from './words.ts';

export const intro = [
  'For each kind of record, this page lists everybody who has access. The pages and the database enforce the same rules.',
  'Each row names a kind of record and the people with access to it. It then says what they can do with it, for what purpose, and on what condition. If a record is part of another, the other is called its main record. If you hold two roles, you can do what either role allows. Records that you may not see do not appear on your pages, in searches, in counts or in files.',
] as const;

/** A permission under its role: the kind of record leads. */
export const formatUnderRole = (permission: Permission): string =>
  replaceKindNames(formatPermission(permission)).replace(
    /^\*\*.*?\*\* may/,
    `**${getKindLabel(permission.recordClass).name}**: may`,
  );

const formatKindNames = (names: readonly string[]): string => names.map((name) => getKindLabel(name).name).join('; ');

export function formatAccessRules(policy: AreaPolicy): string {
  const classes = describeClasses(policy).sort((one, other) =>
    getKindLabel(one.name).name < getKindLabel(other.name).name ? -1 : 1,
  );
  return `${[
    '# Who can see what',
    ...intro,
    '## By role',
    ...paragraphsByRole(classes),
    '## By kind of record',
    ...classes.flatMap(paragraphsOfClass),
    '## By purpose',
    ...purposes.flatMap((purpose) => paragraphsOfPurpose(purpose, classes)),
    '## Handling of markings',
    list(Object.entries(markings).map(([marking, { handling }]) => `${marking}: ${handling}`)),
    '## Exports and printing',
    exportCeilingsIntro,
    list(raisedCeilings.map(formatRaisedCeilingLine)),
  ].join('\n\n')}\n`;
}

/** Each partnership sets the ceilings, so they are in its settings and not here. */
export const exportCeilingsIntro =
  'Each record has a security marking. Your partnership sets the highest marking that members can export and print. These roles can export or print above it, because their work needs it:';

export const formatRaisedCeilingLine = (one: (typeof raisedCeilings)[number]): string =>
  formatRaisedCeiling(one, roleLabels);

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

function paragraphsByRole(classes: readonly RecordClassDescription[]): string[] {
  const shared = ['### Everybody who is signed in', list(listPermissionsForEverybody(classes).map(formatUnderRole))];
  const each = describeRoles(classes).flatMap(({ role, may, never }) => [
    `### ${roleLabels[role]}`,
    may.length > 0
      ? 'Besides what everybody who is signed in may do:'
      : 'No kind of record names this role yet. They see what everybody who is signed in sees.',
    ...(may.length > 0 ? [list(may.map((permission) => formatUnderRole(permission) + agencyNote(permission)))] : []),
    `Never see: ${formatKindNames(never)}.`,
  ]);
  return [...shared, ...each];
}

/** Under its role a permission loses who it is for; the side of the agency must stay. */
export function agencyNote({ who }: Permission): string {
  const [side] = /of an? \w+ agency$/.exec(who) ?? [];
  return side ? ` (Only members ${side}.)` : '';
}

const paragraphsOfClass = ({ name, means, marking, apart, asksWhy, permissions }: RecordClassDescription): string[] => [
  `### ${getKindLabel(name).name}`,
  `${means}.`,
  `Marked ${marking}.${apart ? ' Kept in the safeguarding database.' : ''}${asksWhy ? ` Members must give a reason before they ${asksWhy}. The access log keeps the reason.` : ''}`,
  permissions.length > 0
    ? list(permissions.map((one) => replaceKindNames(formatPermission(one))))
    : 'Nobody may see it.',
];

function paragraphsOfPurpose(purpose: Purpose, classes: readonly RecordClassDescription[]): string[] {
  const concerned = classes.filter(({ permissions }) => permissions.some(({ purposes: why }) => why.includes(purpose)));
  if (concerned.length === 0) return [];
  const { read, written } = listKindsForPurpose(purpose, classes);
  const who = concerned.flatMap(({ permissions }) =>
    permissions.filter(({ purposes: why }) => why.includes(purpose)).map(({ who: name }) => name),
  );
  return [
    `### ${purposeLabels[purpose].replace(/^t/, 'T')}`,
    `The database does this work under the login ${roleName(databaseRoleFor[purpose])}, which has no way to more.`,
    `Who: ${[...new Set(who)].sort().join('; ')}.`,
    ...(read.length > 0 ? [`Kinds of record that it reads: ${formatKindNames(read)}.`] : []),
    ...(written.length > 0
      ? [`Kinds of record that it writes to and reads none of: ${formatKindNames(written)}.`]
      : []),
  ];
}
