/** Leaks put into the answers of both worlds by hand, each of which the asking must notice. */
import type { Person } from '../../access-oracle/people.ts';
import type { Answer, Asked, Asker } from './twins-answers.ts';
import { difference } from './twins-answers.ts';
import { type Lone, type Twins, twinOf, without } from './twins-worlds.ts';

const withHeader = (answer: Answer, name: string, value: string): Partial<Answer> => ({
  headers: { ...answer.headers, [name]: value },
});

/** By how many notes there are. */
const leaks: Readonly<Record<string, (answer: Answer, notes: number) => Partial<Answer>>> = {
  'a count': ({ body }, notes) => ({ body: `${body}<p>${notes} notes</p>` }),
  'a longer answer': ({ body }, notes) => ({ body: body + ' '.repeat(notes) }),
  'another status': (_answer, notes) => ({ statusCode: notes % 2 === 0 ? 404 : 403 }),
  'a length': (answer, notes) => withHeader(answer, 'content-length', String(9_000 + notes)),
  'an etag': (answer, notes) => withHeader(answer, 'etag', `"${notes}"`),
  'the name of an asset': ({ body }, notes) => ({
    body: body.replace('</head>', `<link href="/assets/${notes}.css">`),
  }),
};

/** Whether each is noticed by one who finds both worlds the same without it. */
export async function planted(
  twins: Twins,
  lone: readonly Lone[],
  people: readonly Person[],
): Promise<{ readonly name: string; readonly noticed: boolean }[]> {
  const record = lone.find(({ table }) => table === 'notes');
  const person = people.find(({ standing, member }) => standing === 'on the team' && member.roles.includes('field'));
  if (!record || !person) throw new Error('there is a note, and a member who may not know of it');
  const path: Asked = { method: 'GET', url: '/staff/visits', route: '/staff/visits' };
  return without(twins, record, async () => {
    const honest = twinOf(twins, person);
    const alike = (await difference(honest, path, twins.ids)) === undefined;
    const seen: { name: string; noticed: boolean }[] = [];
    for (const [name, leak] of Object.entries(leaks)) {
      const leaking =
        (who: Asker, at: 0 | 1): Asker =>
        async (asked) => {
          const answer = await who(asked);
          const notes = await twins.applications[at].safeguardingDb.selectFrom('notes').select('id').execute();
          const { statusCode, headers, body } = answer;
          return { statusCode, headers, body, ...leak(answer, notes.length) } as Answer;
        };
      const found = await difference([leaking(honest[0], 0), leaking(honest[1], 1)], path, twins.ids);
      seen.push({ name, noticed: alike && found !== undefined });
    }
    return seen;
  });
}
