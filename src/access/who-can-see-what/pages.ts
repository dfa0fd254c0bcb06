/** What the pages of “Who can see what” show: the same sentences as the document, with a way from one to the other. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { raised } from '../../platform/exports/export-ceilings.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { purposes } from '../../vocabulary/people.ts';
import { type Difference, differenceOf, isSame } from './difference.ts';
import { agencyNote, intro, leaving, raisedLine, underRole } from './document.ts';
import { calledOf, groups, plainly } from './kinds.ts';
import {
  type ClassInWords,
  classesInWords,
  forEverybody,
  kindsFor,
  type Permission,
  rolesInWords,
  sentenceOf,
  tellingFirst,
} from './permission.ts';
import type { PolicyVersion } from './store.ts';
import { everybody, purposeWords, roleWords } from './words.ts';

type Part = { readonly text: string; readonly strong?: boolean };

/** The document's bold text as parts of a sentence. Its italics help only when comparing two versions, and are not shown. */
export const partsOf = (sentence: string): Part[] =>
  sentence
    .replaceAll(/(?<=, )_(.*?)_(?=[,.])/g, '$1')
    .split('**')
    .map((text, index) => ({ text, strong: index % 2 === 1 }))
    .filter(({ text }) => text !== '');

const anchorOf = (name: string): string => `kind-${name.replaceAll(' ', '-')}`;
const roleAnchor = (name: string): string => `role-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
const linked = (name: string) => ({ text: calledOf(name).name, href: `#${anchorOf(name)}` });

/** Under a role the kind of record is a link to all that is said of it. */
const roleLine = (permission: Permission) => ({
  kind: linked(permission.recordClass),
  parts: partsOf(underRole(permission).replace(/^\*\*.*?\*\*/, '') + agencyNote(permission)),
});

export function whoSeesWhatPage(policy: AreaPolicy, versions: readonly PolicyVersion[]): Model {
  const classes = classesInWords(policy);
  const roleSections = [
    { title: everybody, id: roleAnchor(everybody), lines: forEverybody(classes).map(roleLine), never: [], nor: [] },
    ...rolesInWords(classes).map(({ role, may, never }) => {
      const { telling, rest } = tellingFirst(classes, never);
      return {
        title: roleWords[role],
        id: roleAnchor(roleWords[role]),
        lines: may.map(roleLine),
        never: telling.map(linked),
        nor: rest.map(linked),
      };
    }),
  ];
  const [latest, before] = versions;
  return {
    title: 'Who can see what',
    intro,
    roles: roleSections,
    groups: grouped(classes),
    purposes: purposes.flatMap((purpose) => {
      const { read, written } = kindsFor(purpose, classes);
      return read.length + written.length === 0
        ? []
        : [{ title: purposeWords[purpose], kinds: read.map(linked), written: written.map(linked) }];
    }),
    leaving: { lead: leaving, items: raised.map(raisedLine) },
    since: latest?.since,
    changed: latest && before ? told(differenceOf(before.text, latest.text)) : undefined,
    earlier: versions.slice(1).map(({ id, since }, index) => ({
      since,
      until: versions[index]?.since,
      href: `/staff/access-rules/versions/${id}`,
    })),
  };
}

/** Kinds under the work that they belong to, in its order, each by the name that people have for it. */
function grouped(classes: readonly ClassInWords[]): Model[] {
  const kinds = classes
    .map(({ permissions, ...kind }) => ({
      ...kind,
      called: calledOf(kind.name),
      id: anchorOf(kind.name),
      sentences: permissions.map((permission) => partsOf(plainly(sentenceOf(permission)))),
    }))
    .sort((one, other) => one.called.at - other.called.at || one.called.within - other.called.within);
  return groups.flatMap((group) => {
    const within = kinds.filter(({ called }) => called.group === group);
    return within.length === 0 ? [] : [{ title: group, id: `group-${groups.indexOf(group) + 1}`, kinds: within }];
  });
}

export function versionPage({ id, text, since }: PolicyVersion, now: string): Model {
  return {
    title: 'What has changed since',
    back: { href: '/staff/access-rules', text: 'Who can see what' },
    since,
    changed: told(differenceOf(text, now)),
    download: `/staff/access-rules/versions/${id}/who-can-see-what.md`,
  };
}

/** Three lists with their headings; what an earlier Safelight wrote in a form that this one cannot read is said so. */
function told(difference: Difference | undefined) {
  if (!difference) return { unreadable: true, lists: [] };
  const lists = [
    { title: 'Opened', sentences: difference.opens },
    { title: 'Closed', sentences: difference.closes },
    { title: 'Otherwise', sentences: difference.otherwise },
  ].filter(({ sentences }) => sentences.length > 0);
  return { same: isSame(difference), lists };
}
