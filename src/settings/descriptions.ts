/** How a version is named, and what it says, field by field, in the words of a page. */
import { type LookPart, lookParts } from '../platform/look/site-look.ts';
import { type PartnershipPart, partnershipPartNames } from '../platform/partnership.ts';
import type { Picture } from '../platform/rendering/pages.ts';
import type { Setting } from '../public/settings/index.ts';
import { describeContact } from './contact-fields.ts';
import { describeLook, lookPages, picturesOf } from './look/pages.ts';
import type { Content } from './partnership-forms.ts';
import { describePartnership, partnershipPages } from './partnership-pages.ts';

type Named = Pick<Setting, 'kind' | 'part'>;
const isPartnershipPart = (part: string): part is PartnershipPart =>
  (partnershipPartNames as readonly string[]).includes(part);
const isLookPart = (part: string): part is LookPart => (lookParts as readonly string[]).includes(part);

/** The title of the page on which it is set. */
export function titleOfSetting({ kind, part, content }: Named & { readonly content: Content }): string {
  if (kind === 'opening') return 'Open the public site';
  if (kind === 'contacts') return `Contact: ${String(content.name ?? part)}`;
  if (kind === 'look' && isLookPart(part)) return lookPages[part].title;
  return isPartnershipPart(part) ? partnershipPages[part].title : part;
}

/** Each field: its label and its words; empty where nothing is said. */
export function describeContent({ kind, part }: Named, content: Content): readonly (readonly [string, string])[] {
  if (kind === 'opening') return [['Services confirmed by two people', String(content.confirmed ?? '')]];
  if (kind === 'contacts') return describeContact(content);
  if (kind === 'look') return isLookPart(part) ? describeLook(part, content) : [];
  return isPartnershipPart(part) ? describePartnership(part, content) : [];
}

/** What it looks like, beside what it replaces; empty where there is nothing to see. */
export const picturesOfSetting = (
  { kind, part, content }: Named & { readonly content: Content },
  before?: Content,
): readonly Picture[] =>
  kind === 'look' && isLookPart(part)
    ? [...picturesOf(part, before, 'Before'), ...picturesOf(part, content, 'Proposed')]
    : [];

export type Difference = {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
};

/** Every field of a version beside what it replaces, the changed ones first. */
export function compareContents(named: Named, before: Content | undefined, after: Content): readonly Difference[] {
  const earlier = new Map(before ? describeContent(named, before) : []);
  const later = new Map(describeContent(named, after));
  const labels = [...new Set([...later.keys(), ...earlier.keys()])];
  const rows = labels.map((label) => {
    const [was, words] = [earlier.get(label) ?? '', later.get(label) ?? ''];
    return { label, before: was, after: words, changed: was !== words };
  });
  return [...rows.filter(({ changed }) => changed), ...rows.filter(({ changed }) => !changed)];
}
