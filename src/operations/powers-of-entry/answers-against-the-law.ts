/** Answers of a form about a power that the power, or the decision for its place, does not allow. Pure. */
import type { FormErrors } from '../../platform/forms/forms.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';
import { listLawfulPurposes, type PowerEntry } from './power-in-law.ts';

/** Purposes that the law does not give this power for. Nobody needs a power to talk with people. */
export function findUnlawfulPurpose(
  rule: Pick<PowerEntry, 'name' | 'purposes'>,
  purposes: readonly string[],
): FormErrors | undefined {
  const lawful = listLawfulPurposes(rule, purposes);
  const wrong = purposes.find((purpose) => !lawful.includes(purpose));
  if (!wrong) return undefined;
  const talk = wrong === 'speak with people and offer help' ? ' You need no power to speak with people.' : '';
  return { purposes: `${rule.name} is for: ${rule.purposes.join('; ')}. Take out “${wrong}”.${talk}` };
}

/** Immigration partners whom a power names, though it was decided that immigration officers are not present. */
export const findKeptOutPartner = (
  decided: string | null,
  partners: readonly { readonly id: string; readonly kind: AgencyKind | null }[],
  named: readonly string[],
): FormErrors | undefined =>
  decided === 'not present' && partners.some(({ id, kind }) => kind === 'immigration' && named.includes(id))
    ? {
        accompanying:
          'It was decided that immigration officers are not present at these premises. Take immigration out, or change that decision first',
      }
    : undefined;
