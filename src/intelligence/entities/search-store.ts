/** Where the search of the header looks for what intelligence names: by the same keyed terms as possible links, so that a slip or another script does not matter. */
import type { AuditedReader } from '../../platform/database/database.ts';
import { mostResults, type SearchSource } from '../../platform/search/search-store.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { comparePrepared } from '../links/comparison.ts';
import { queryTerms } from '../links/finding-terms.ts';
import { termsOfQuery, termsToFind } from '../links/keyed-terms.ts';
import { listHoldersOfAll, listSomeHolders } from '../links/links-store.ts';
import { prepare } from '../links/prepared-entity.ts';
import { type EntityContent, type EntityId, entityName } from './entity.ts';
import { type EntityTables, openEntities } from './store.ts';
import { describeEntity, kindWords } from './words.ts';

/** Those with the rarest terms in common. A common name has more than anybody reads: the rest is found by typing more of it. */
const mostCompared = 40;
/** In bits: below it the agreement is little more than chance. */
const leastFound = 2;
const postcode = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i;

/** Everything that the typed words may be. */
export function guessContents(text: string): readonly EntityContent[] {
  const number = toE164(text);
  const hasLetters = /\p{L}{2}/u.test(text);
  const found = postcode.exec(text)?.[0] ?? null;
  return [
    ...(number === undefined ? [] : [{ kind: 'phone', number } as const]),
    ...(hasLetters ? [{ kind: 'person', name: text, aliases: [], born: null } as const] : []),
    ...(hasLetters ? [{ kind: 'organisation', name: text, aliases: [], number: null } as const] : []),
    ...(/\d/.test(text) && text.length <= 10
      ? [{ kind: 'vehicle', registration: text, description: null } as const]
      : []),
    ...(hasLetters ? [{ kind: 'premises', address: text.replace(postcode, ' '), postcode: found } as const] : []),
    { kind: 'account', account: text, provider: null },
  ];
}

type Terms = {
  readonly guessed: readonly number[];
  readonly words: readonly (readonly number[])[];
  readonly whole: readonly number[];
};

/** Found by what was typed as it is: by its code or number, or by all its words. Others are only alike. */
type Holders = { readonly alike: readonly EntityId[]; readonly asked: ReadonlySet<EntityId> };

/** Those with the rarest terms in common, and those that have all words. Terms that many have are not counted through. */
async function findHolders(
  db: AuditedReader<EntityTables>,
  agencyId: AgencyId,
  { guessed, words, whole }: Terms,
): Promise<Holders> {
  const held = await listSomeHolders(db, agencyId, [...new Set([...guessed, ...whole, ...words.flat()])], mostCompared);
  const holdersOf = (terms: readonly number[]): EntityId[] => terms.flatMap((term) => held.get(term) ?? []);
  const [rarest = [], ...others] = words.toSorted((one, other) => holdersOf(one).length - holdersOf(other).length);
  const ofAll =
    others.length > 0 ? await listHoldersOfAll(db, agencyId, rarest, others, mostCompared) : holdersOf(rarest);
  const asked = new Set([...holdersOf(whole), ...ofAll]);
  const scores = new Map<EntityId, number>([...asked].map((id) => [id, 1]));
  for (const holders of held.values())
    for (const id of holders) scores.set(id, (scores.get(id) ?? 0) + 1 / holders.length);
  const alike = [...scores].toSorted(([, one], [, other]) => other - one).slice(0, mostCompared);
  return { alike: alike.map(([id]) => id), asked };
}

export const entitySearch: SearchSource = {
  title: 'Named in intelligence',
  action: 'intelligence entity.read',
  event: 'intelligence entity.searched',
  fields: ['kind', 'content'],
  find: async (reader, { text }, { keys, actor }) => {
    const db = reader as AuditedReader<EntityTables>;
    const guesses = guessContents(text.slice(0, 200));
    const query = queryTerms(text.slice(0, 200));
    const { alike, asked } = await findHolders(db, actor.agencyId as AgencyId, {
      guessed: guesses.flatMap((content) => termsToFind(keys, content)),
      ...termsOfQuery(keys, query),
    });
    const prepared = guesses.map(prepare);
    const found = (await openEntities(db, keys, alike)).flatMap((entity) => {
      const guess = prepared.find(({ kind }) => kind === entity.kind);
      const total = guess ? comparePrepared(guess, prepare(entity.content)).total : 0;
      const isAsked = asked.has(entity.id);
      return isAsked || total >= leastFound ? [{ entity, total: isAsked ? Math.max(total, 0) + 1 : total }] : [];
    });
    return found
      .toSorted((one, other) => other.total - one.total)
      .slice(0, mostResults)
      .map(({ entity: { id, kind, content, itemId } }) => ({
        id,
        text: entityName(content),
        href: intelligencePaths.entity(id),
        reference: referenceOf('intelligence item', itemId),
        detail: [kindWords[kind], describeEntity(content)].filter((part) => part !== '').join(', '),
      }));
  },
};
