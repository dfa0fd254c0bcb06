/** Pure: one permission as the cells of a table. */
import { getKindLabel, isKnownKind } from './kinds.ts';
import type { Permission } from './permission.ts';
import { sentenceCase } from './words.ts';

export function formatVerbs({ verbs, fields }: Permission): string {
  const can = sentenceCase(verbs.join(', '));
  if (fields === undefined) return can;
  return /^through/.test(fields)
    ? `${can}, ${fields}`
    : `${can}. Fields: ${fields.replaceAll('; of ', '. Fields: of ')}`.replaceAll(
        /Fields: of ([^.,]+?) its number/g,
        'Fields of $1: number',
      );
}

/** Each condition is a sentence; later ones begin with “Or”. A record that belongs to another is seen with it. */
export function formatCondition({ where, who }: Permission): string {
  const [side] = /of an? \w+ agency$/.exec(who) ?? [];
  const conditions = (where?.split(/, or (?=they may see the |it is |it belongs to )/) ?? []).map((one) =>
    one.replaceAll(/they may see the ([\p{L}’, -]+?) that it belongs to/gu, formatParent).concat('.'),
  );
  return [side && `The member works for ${side.replace(/^of /, '')}.`, sentenceCase(conditions.join(' Or '))]
    .filter(Boolean)
    .join(' ');
}

const formatParent = (_: string, kind: string): string =>
  `they can see the main record under “${isKnownKind(kind) ? getKindLabel(kind).name : kind}”`;
