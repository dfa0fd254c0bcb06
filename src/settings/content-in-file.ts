/** What the file of the start says of one part of the partnership’s words. */
import type { AreaParts } from '../platform/http/sites.ts';
import { partnershipPartNames, partnershipParts } from '../platform/partnership.ts';
import type { Content } from './partnership-forms.ts';

/** Undefined where there is no file, or where the part is none of the partnership’s words. */
export function contentInFile({ siteSettings: { file } }: AreaParts, part: string): Content | undefined {
  const name = partnershipPartNames.find((one) => one === part);
  if (!file || !name) return undefined;
  const fields = Object.keys(partnershipParts[name].shape) as (keyof typeof file)[];
  return Object.fromEntries(fields.map((field) => [field, file[field]]));
}
