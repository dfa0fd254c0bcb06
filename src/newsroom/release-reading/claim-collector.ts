/** Gathers the claims and the unread figures of a release: each once, and not more than a release has. */
import type { Claim, ClaimContent, Place, Unread } from './parsed-release.ts';
import { fullNameOf } from './partners/organisations.ts';
import type { Described } from './people/described.ts';

const mostClaims = 1_000;
const mostUnread = 300;
const mostUnreadOfSentence = 20;
/** More sentences than any release has; the text behind them is listed as unread. */
const mostSentences = 800;

export type Seen = Map<string, number>;

/**
 * Claims as they come: what is said again is one claim with the lines of both. What is said twice in one sentence or
 * in one list (two women of 32) is two.
 */
export class ClaimCollector {
  readonly claims: Claim[] = [];
  unread: Unread[] = [];
  /** People described apart from their arrest, whom the end of the release adds up. */
  readonly described: Described[] = [];
  sentences = 0;
  lastTold: readonly ClaimContent[] = [];
  lastSentence = '';
  #isCut = false;

  /** More than any release has: what follows is not read. */
  isFull(): boolean {
    return this.sentences > mostSentences || this.claims.length > mostClaims || this.unread.length > mostUnread;
  }

  addUnread(found: readonly Unread[]): void {
    const [first] = found;
    this.unread.push(...found.slice(0, mostUnreadOfSentence));
    const more = found.length - mostUnreadOfSentence;
    if (first && more > 0) this.unread.push({ ...first, words: `${more} more figures`, value: null });
  }

  /** Figures of a sentence that were read after all. */
  dropUnread({ line, sentence }: Place, values: readonly number[]): void {
    this.unread = this.unread.filter(
      (one) => one.line !== line || one.sentence !== sentence || one.value === null || !values.includes(one.value),
    );
  }

  /** A text too long to be read: said once. */
  leaveUnread(place: Place): void {
    if (!this.#isCut)
      this.unread.push({ words: 'the text from here, which is too long to read', value: null, ...place });
    this.#isCut = true;
  }

  readonly #places = new Map<string, number[]>();

  add(place: Place, told: readonly ClaimContent[], seenHere: Seen = new Map()): void {
    for (const one of told) {
      const key = claimKey(one, place);
      // One body by two names is one, be it in one sentence.
      const nth = one.kind === 'partner' ? 0 : (seenHere.get(key) ?? 0);
      seenHere.set(key, nth + 1);
      const earlier = this.#places.get(key) ?? [];
      const at = earlier[nth];
      const claim = at === undefined ? undefined : this.claims[at];
      if (at === undefined || !claim) {
        this.#places.set(key, [...earlier, this.claims.length]);
        this.claims.push({ ...one, ...place, again: [] });
      } else this.claims[at] = merged(claim, one, place);
    }
  }
}

function merged(claim: Claim, told: ClaimContent, place: Place): Claim {
  // The longer of two names of one operation is the full one.
  if (claim.kind === 'operation' && told.kind === 'operation' && told.name.length > claim.name.length)
    return { ...claim, name: told.name, again: [...new Set([...claim.again, place.line])] };
  // So is the longer of two names of one body.
  if (claim.kind === 'partner' && told.kind === 'partner' && told.name !== claim.name)
    return {
      ...claim,
      name: fullNameOf(told.name.length > claim.name.length ? told.name : claim.name),
      again: [...new Set([...claim.again, place.line])],
    };
  const lines = (line: number) => (line === place.line ? claim.again : [...new Set([...claim.again, line])]);
  if (claim.kind === 'contact' && told.kind === 'contact' && told.hours && !claim.hours)
    return { ...told, name: told.name ?? claim.name, ...place, again: lines(claim.line) };
  return claim.line === place.line ? claim : { ...claim, again: [...new Set([...claim.again, place.line])] };
}

/** What makes two claims the same: a contact by its value, a power by the part that speaks of it, all else by all of it. */
function claimKey(told: ClaimContent, { part }: Place): string {
  if (told.kind === 'contact') return `contact ${told.route} ${told.value}`;
  if (told.kind === 'social') return `social ${told.handle.toLowerCase()}`;
  if (told.kind === 'operation')
    return `operation ${told.name.replace(/^EMPACT /, '').replace(/^Joint Action Days?(?: \(JADs?\))?/, 'JAD')}`;
  if (told.kind === 'officer') return `officer ${told.name}`;
  if (told.kind === 'partner') return `partner ${fullNameOf(told.name).toLowerCase()}`;
  return told.kind === 'power' ? `${part} ${JSON.stringify(told)}` : JSON.stringify(told);
}
