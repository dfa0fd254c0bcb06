/** What the public reads of one part of the partnership’s words where nobody approved a version. */
import type { AreaParts } from '../platform/http/sites.ts';
import { partnershipPartNames, partnershipParts } from '../platform/partnership.ts';
import type { Content } from './partnership-forms.ts';

/** From the file of the start; without one, all languages and nothing else. Undefined where the part is none of the partnership’s words. */
export function startingContent({ siteSettings: { file } }: AreaParts, part: string): Content | undefined {
  const name = partnershipPartNames.find((one) => one === part);
  if (!file || !name) return name === 'languages' ? { languages: 'all' } : undefined;
  const fields = Object.keys(partnershipParts[name].shape) as (keyof typeof file)[];
  return Object.fromEntries(fields.map((field) => [field, file[field]]));
}
