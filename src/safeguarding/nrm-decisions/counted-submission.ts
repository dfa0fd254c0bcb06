/** How a return names first responders of support agencies. Pure. */
import { type AgencyKind, agencyKinds, sideOf } from '../../vocabulary/people.ts';

const kindWords: Readonly<Partial<Record<AgencyKind, string>>> = {
  council: 'council',
  health: 'health body',
  voluntary: 'charity',
  'sexual violence advisers': 'charity',
};
const otherKind = 'other';

/** The kind of a first responder, as returns name it. */
export const nameResponderKind = (kind: AgencyKind | undefined): string => (kind && kindWords[kind]) ?? otherKind;

/** Every kind of first responder among support agencies, each once. */
export const supportResponderKinds: readonly string[] = [
  ...new Set(agencyKinds.filter((kind) => sideOf[kind] === 'help').map(nameResponderKind)),
];
