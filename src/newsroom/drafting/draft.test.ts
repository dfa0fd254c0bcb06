import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type Indicator, type Quantity, type SignedReturn } from '../../vocabulary/figures.ts';
import { type Draft, draftRelease } from './draft.ts';
import { counting, extras, signedReturn } from './examples.ts';
import { lengthOf, shareText } from './lengths.ts';
import { findFactOutcomes, modelFacts } from './model-facts.ts';
import { publicMarkdown, publicText } from './placeholder.ts';
import { applyPolicy } from './public-figures.ts';
import { getPolicy, type PublicationPolicy, publicationPolicies } from './publication-policy.ts';

const now = getPolicy('in force from 2026');
const then = getPolicy('as practised in 2019');

function read(signed: SignedReturn, policy: PublicationPolicy, given = extras): { draft: Draft; text: string } {
  const draft = draftRelease(signed, policy, given);
  const told = applyPolicy(signed, policy, given.decisions);
  const lines = [draft.title, draft.description, ...draft.keyPoints].map((line) => publicText(line, told));
  const said = [...lines, publicMarkdown(draft.body, told)].map((part) =>
    part.ok ? part.value : assert.fail(part.refusal),
  );
  return { draft, text: said.join('\n') };
}

test('each fact of the model is told, coarsened or withheld by a named rule', () => {
  const outcomes = (policy: PublicationPolicy) => {
    const { draft } = read(signedReturn, policy);
    const accounts = findFactOutcomes(modelFacts, draft, applyPolicy(signedReturn, policy, extras.decisions));
    assert.deepEqual(
      accounts.filter(({ rule }) => rule === ''),
      [],
    );
    return Object.groupBy(accounts, ({ outcome }) => outcome);
  };
  const facts = (list: readonly { fact: string }[] | undefined): string[] => (list ?? []).map(({ fact }) => fact);
  const earlier = outcomes(then);
  assert.equal(facts(earlier.told).length, modelFacts.length);
  const today = outcomes(now);
  assert.deepEqual(facts(today.coarsened), ['four, three and one in three named towns']);
  assert.deepEqual(facts(today.withheld), [
    'their sex: three women and a man',
    'their exact ages',
    'the town where they live',
    'a claim that the number of victims grows',
  ]);
  assert.equal(facts(today.told).length, modelFacts.length - 5);
});

test('a sentence taken out of the draft is seen by the account', () => {
  const { draft } = read(signedReturn, now);
  const told = applyPolicy(signedReturn, now, extras.decisions);
  const less = {
    ...draft,
    keyPoints: [],
    body: draft.body
      .split('\n\n')
      .filter((part) => !part.includes('{{arrests.made|'))
      .join('\n\n'),
  };
  const vanished = findFactOutcomes(modelFacts, less, told).filter(({ outcome }) => outcome === 'vanished');
  assert.ok(
    vanished.some(({ fact }) => fact === 'four people arrested'),
    JSON.stringify(vanished),
  );
  const raw = findFactOutcomes(modelFacts, { ...draft, body: `${draft.body}\n\n{{oops}}` }, told);
  assert.ok(raw.filter(({ outcome }) => outcome === 'vanished').length > 10);
});

test('the current policy tells the week as coarsely as still informs', () => {
  const { text, draft } = read(signedReturn, now);
  assert.match(
    text,
    /visited eight business addresses in Bishop's Stortford, Hemel Hempstead and Watford from 14 to 18 September 2026\./,
  );
  assert.match(text, /Four people were detained at two addresses in Watford over immigration matters\./);
  assert.match(text, /Several people were given safeguarding advice\./);
  assert.doesNotMatch(text, /asked to help|referral/i, 'fewer than five may be nobody');
  assert.doesNotMatch(text, /\b(?:30|32|37|wom[ae]n|m[ae]n|three in|one in)\b/);
  assert.equal(draft.approval, 'another agency');
});

test('the policy of 2019 gives towns, sex, ages and homes for the same records', () => {
  const { text } = read(signedReturn, then);
  assert.match(text, /four in Bishop's Stortford, three in Watford and one in Hemel Hempstead\./);
  assert.match(text, /three women from Watford \(aged 30, 32 and 37\) and one man from Watford \(aged 32\)\./);
});

test('the draft words follow the powers used', () => {
  assert.match(
    read(counting({ 'premises.visited': 8, 'warrants.executed': 3 }), now).text,
    /Three warrants were executed\./,
  );
  const none = read(counting({ 'premises.visited': 8, 'warrants.executed': 0 }), now);
  assert.doesNotMatch(none.text, /warrant/, 'the table says that there was none');
  assert.doesNotMatch(read(counting({ 'premises.visited': 8 }), now).text, /warrant/);
});

test('no answer, no arrest, nobody spoken to and nothing counted read well', () => {
  const { text } = read(
    counting({
      'premises.planned': 7,
      'premises.visited': 6,
      'visits.made': 6,
      'visits.nobodyFound': 6,
      'visits.calledOff': 1,
      'visits.refused': 0,
      'arrests.made': 0,
      'people.spokenTo': 0,
      'people.advised': 0,
      'referrals.made': 0,
    }),
    now,
  );
  const said = ['At six visits nobody answered. Teams spoke to nobody.', 'Nobody was arrested.'];
  for (const sentence of said) assert.ok(text.includes(sentence), `${sentence}\n${text}`);
  assert.match(
    read(counting({ 'premises.visited': 8, 'people.spokenTo': 6, 'people.advised': 0 }), now).text,
    /Teams spoke to several people\. Nobody was given safeguarding advice\./,
  );
  assert.match(
    read(counting({ 'premises.visited': 0, 'visits.made': 0, 'visits.calledOff': 4 }), now).text,
    /took part in the week of action against sexual exploitation from 14[^\n]* No addresses were visited\.$/m,
  );
  assert.match(
    read(counting({ 'premises.visited': 8, 'referrals.made': 12, 'referrals.declined': 11 }), now).text,
    /About ten referrals were made for further help\.$/m,
  );
  assert.match(
    read(counting({ 'premises.visited': 8, 'people.advised': 1 }), now).text,
    /Safeguarding advice was given\./,
  );
  assert.match(
    read(counting({ 'arrests.made': { kind: 'not known' } }), now).text,
    /It is not known how many people were arrested\./,
  );
});

test('the lead says who went where, when, how often and what for, and the week comes after the results', () => {
  const paragraphs = read(signedReturn, now).draft.body.split('\n\n');
  assert.match(
    paragraphs[0] ?? '',
    /^Lea Vale Constabulary and its partners visited \{\{premises\.visited\|[^}]*\}\} \{\{premises\.visited\.byTown\|names\}\} from \{\{week\.localDates\}\}\. The aim was to find people harmed by sexual exploitation and to offer them help\.$/,
  );
  const order = [/visited/, /Teams spoke to/, /executed/, /detained/, /part of the week of action/, /led the work/];
  assert.deepEqual(
    order.map((words) => paragraphs.findIndex((part) => words.test(part))),
    [0, 1, 2, 3, 4, 5],
  );
  assert.doesNotMatch(paragraphs.join(), /^#/m, 'a short report needs no headings');
});

test('arrests whose town may not be named are told for the area, without the number of addresses', () => {
  const arrested = (many: number): SignedReturn => {
    const cell = (value: number) => ({ of: { town: 'Hemel Hempstead' }, quantity: exactly(value) });
    return {
      ...signedReturn,
      figures: {
        ...signedReturn.figures,
        'arrests.made': { indicator: 'arrests.made', total: exactly(many), breakdowns: { byTown: [cell(many)] } },
        'arrests.premises': { indicator: 'arrests.premises', total: exactly(1), breakdowns: { byTown: [cell(1)] } },
      },
    };
  };
  assert.match(read(arrested(2), now).text, /Two people were arrested in Hertfordshire\./);
  assert.doesNotMatch(read(arrested(1), now).text, /arrest/, 'one person is known to the neighbours');
  assert.match(read(arrested(1), then).text, /One person was arrested at one address in Hemel Hempstead\./);
});

test('places are called businesses only where the return says so', () => {
  const kinds = (business: string): SignedReturn => ({
    ...signedReturn,
    figures: {
      'premises.visited': {
        indicator: 'premises.visited',
        total: exactly(2),
        breakdowns: { byBusiness: [{ of: { business }, quantity: exactly(2) }] },
      },
    },
  });
  assert.match(read(kinds('nail bar'), now).text, /Two business addresses/);
  assert.match(read(kinds('residential business'), now).text, /Two business addresses/);
  assert.match(read(kinds('private home'), now).text, /Two addresses/);
});

test('a visit without an indicator is never called proof, and no reply is not a visit without an indicator', () => {
  const signs = (withSigns: number | Quantity, more: Partial<Record<Indicator, number>> = {}) =>
    read(
      counting({
        'premises.visited': 9,
        'visits.made': 9,
        'visits.withSigns': withSigns,
        'visits.withoutSigns': 6,
        ...more,
      }),
      now,
    ).text;
  const three = signs(3, { 'visits.nobodyFound': 1 });
  assert.match(three, /At three visits, teams saw signs that others may be controlling people\./);
  assert.doesNotMatch(three, /no sign|\b[Ss]ix\b/);
  assert.doesNotMatch(signs(1), /\bsigns?\b/, 'neighbours know which visit it was');
  for (const count of [0, { kind: 'not known' }] as const) assert.doesNotMatch(signs(count), /\bsigns?\b/);
  const everywhere = signs(3, { 'visits.nobodyFound': 4, 'visits.refused': 2 });
  assert.doesNotMatch(everywhere, /signs that others/, 'it would tell of every address at which somebody was met');
});

test('the countries are those of the whole week, and one alone is not news', () => {
  const opening = (parentWeekName: string | null, participatingCountries: number | null): string =>
    read({ ...signedReturn, facts: { ...signedReturn.facts, parentWeekName, participatingCountries } }, now).text;
  assert.match(
    opening('European days', 23),
    /The week was part of the European days, in which 23 countries took part\./,
  );
  assert.match(opening('European days', null), /The week was part of the European days\.$/m);
  assert.match(opening(null, 2), /2026\. Two countries took part in the week\./);
  assert.doesNotMatch(opening(null, 1), /countr/);
});

test('of partners it tells the plan, and a visit only of those who are recorded at one', () => {
  const attended = (byPartner: Readonly<Record<string, Quantity>>, decisions = extras.decisions): string => {
    const cells = Object.entries(byPartner).map(([partner, quantity]) => ({ of: { partner }, quantity }));
    const deployed = { indicator: 'people.deployed', total: exactly(6), breakdowns: { byPartner: cells } } as const;
    return read({ ...signedReturn, figures: { 'people.deployed': deployed } }, now, { ...extras, decisions }).text;
  };
  const none = attended({ 'Tactical Support Group': exactly(0), 'Open Door Relief': { kind: 'not known' } });
  assert.match(
    none,
    /It was planned with Eastern Counties[^.]+\. The plan included the Tactical Support Group of Lea Vale Constabulary\./,
  );
  assert.doesNotMatch(none, /went on visits|helped|worked with|people of the partnership|and partners/);
  const immigration = 'Immigration and Border Compliance East';
  const some = { 'Eastern Counties Crime Unit': exactly(2), [immigration]: exactly(1), 'not known': exactly(1) };
  assert.match(
    attended(some),
    /Staff from Eastern Counties Crime Unit and Immigration and Border Compliance East went on/,
  );
  assert.match(attended(some, []), /Staff from Eastern Counties Crime Unit went on visits\./);
});

test('names that stay in are stepped over, and a release can do with few facts', () => {
  const undecided = read(signedReturn, now, { ...extras, decisions: [] });
  assert.doesNotMatch(undecided.text, /immigration/i);
  assert.match(undecided.text, /Four people were arrested/);
  assert.match(undecided.text, /Open Door Relief and other partners\./);
  assert.ok(undecided.draft.withheld.some(({ rule }) => rule === 'immigration officers by decision'));
  const facts = {
    ...signedReturn.facts,
    weekName: 'Operation Beacon Hill',
    codeName: '',
    ownUnits: [],
    partners: [],
    parentWeekName: null,
    participatingCountries: 27,
    localDates: signedReturn.facts.officialDates,
  };
  const bare = read({ ...signedReturn, facts, figures: {} }, now);
  assert.match(
    bare.text,
    /took part in Operation Beacon Hill from 14 to 20 September 2026\. The aim[^\n]*\n\n27 countries took part in the week\./,
  );
  assert.doesNotMatch(bare.text, /undefined| {2}|planned with|plan included/);
});

test('nobody held over immigration is told beside a headline about exploitation as if they were suspects of it', () => {
  const named = read(signedReturn, now).draft;
  assert.match(named.title, /^\{\{premises\.visited\|.* in Hertfordshire during week of action$/);
  assert.match(named.keyPoints.join(), /nobody was\}\} detained \{\{arrests\.made\.byMatter\|names\}\}/);
  const unnamed = read(signedReturn, now, { ...extras, decisions: [] });
  assert.match(unnamed.draft.title, /^\{\{premises\.visited\|.* in Hertfordshire during week of action$/);
  assert.doesNotMatch(unnamed.draft.keyPoints.join(), /arrest|detain/);
  assert.match(
    unnamed.text,
    /The reasons are left out of this release\. Do not take the arrests to be about exploitation\./,
  );
  const cell = (of: object) => ({ of, quantity: exactly(2) });
  const crime: SignedReturn = {
    ...signedReturn,
    figures: {
      ...signedReturn.figures,
      'arrests.made': {
        indicator: 'arrests.made',
        total: exactly(2),
        breakdowns: { byKind: [cell({ kind: 'criminal' })], byMatter: [cell({ matter: 'slavery or trafficking' })] },
      },
    },
  };
  const suspected = read(crime, now);
  assert.match(suspected.draft.title, / visited in Hertfordshire during week of action against sexual exploitation$/);
  assert.match(suspected.text, /Two people were arrested at two addresses in Watford over slavery or trafficking/);
});

test('a name of the plan that tells the kind of business or the street is withheld, and the release says a week of action', () => {
  const facts = {
    ...signedReturn.facts,
    weekName: 'Hertfordshire car-wash week',
    codeName: 'Operation Mill Lane',
    parentWeekName: 'European days at nail bars',
  };
  const { draft, text } = read({ ...signedReturn, facts }, now);
  assert.doesNotMatch(text, /car.?wash|Mill Lane|nail/i);
  assert.match(draft.title, /^\{\{premises\.visited\|.* in Hertfordshire during week of action$/);
  assert.match(text, /The visits were part of a week of action from 14 to 20 September 2026\./);
  const named = draft.withheld.filter(({ rule }) => rule === 'names typed in the plan');
  assert.deepEqual(
    named.map(({ key, instead }) => `${key}: ${instead}`),
    ['facts.weekName: “a week of action”', 'facts.codeName: nothing', 'facts.parentWeekName: nothing'],
  );
  assert.match(named[0]?.why ?? '', /“car-wash”/);
  const kinds = read({ ...signedReturn, facts: { ...facts, codeName: '' } }, then).text;
  assert.match(kinds, /[Cc]ar-wash week/, 'where the policy tells the kinds of business');
});

test('every public figure is in the draft or in the list of unused figures', () => {
  for (const policy of publicationPolicies()) {
    const { draft } = read(signedReturn, policy);
    const texts = [draft.title, draft.description, ...draft.keyPoints, draft.body].join();
    for (const indicator of Object.keys(signedReturn.figures)) {
      const accounted =
        texts.includes(`{{${indicator}`) ||
        draft.unused.includes(indicator as Indicator) ||
        [...draft.withheld, ...draft.leftOut].some(({ key }) => key === indicator);
      assert.ok(accounted, `${policy.name}: ${indicator}`);
    }
  }
});

test('never "rescued", never a bare digit in what is typed, and nothing ties people arrested to people helped', () => {
  for (const policy of publicationPolicies()) {
    const { draft, text } = read(signedReturn, policy);
    assert.doesNotMatch(text, /rescu|victims/i);
    assert.doesNotMatch(
      [draft.title, draft.description, ...draft.keyPoints, draft.body].join().replace(/\{\{.*?\}\}/g, ''),
      /\d/,
    );
    for (const sentence of text.split(/\n|(?<=[.!?])\s/)) {
      assert.ok(!(/arrest/i.test(sentence) && /advice|referr|safeguard/i.test(sentence)), sentence);
    }
  }
});

/** Flesch and Kincaid's grade: years of school in the United States; grade 6 is age 11 to 12. */
function gradeOf(text: string): number {
  const sentences = text.split(/[.!?:]+\s/).filter((sentence) => /\w/.test(sentence)).length;
  const words = text.match(/[A-Za-z']+/g) ?? [];
  const syllables = words.reduce(
    (all, word) =>
      all +
      Math.max(
        1,
        (
          word
            .toLowerCase()
            .replace(/(?:[^l]e|ed|es)$/, (end) => (/^[td]ed$/.test(end) ? end : ''))
            .match(/[aeiouy]+/g) ?? []
        ).length,
      ),
    0,
  );
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

test('the draft can be read at age 11 to 12, names of partners and places apart', () => {
  const { text } = read(signedReturn, now);
  const { leadAgency, unit, ownUnits, partners } = signedReturn.facts;
  let plain = text.slice(text.lastIndexOf('Lea Vale Constabulary and its partners visited'));
  for (const name of [leadAgency, unit, ...ownUnits, ...partners]) plain = plain.replaceAll(name, 'Force');
  assert.ok(gradeOf(plain) < 7, `grade ${gradeOf(plain)}`);
  for (const sentence of plain.split(/[.!?]\s/)) assert.ok(sentence.split(/\s+/).length <= 25, sentence);
});

test('share text holds the key fact and the link in 280 characters', () => {
  const told = applyPolicy(signedReturn, now, extras.decisions);
  const { draft } = read(signedReturn, now);
  const link = 'https://news.example/releases/week-of-action';
  const shared = shareText(draft, told, link);
  assert.ok(shared.ok && lengthOf(shared.value) <= 280);
  assert.ok(
    shared.value.startsWith("Eight business addresses were visited in Bishop's Stortford") &&
      shared.value.endsWith(` ${link}`),
  );
  const long = shareText({ title: '', keyPoints: ['wörd '.repeat(200)] }, told, link);
  assert.ok(long.ok && lengthOf(long.value) <= 280 && / … https/.test(long.value));
  const second = shareText({ title: '', keyPoints: ['x'.repeat(300), 'Short'] }, told, link);
  assert.ok(second.ok && second.value === `Short. ${link}`);
  const title = shareText({ title: 'A title', keyPoints: [] }, told, link);
  assert.ok(title.ok && title.value === `A title. ${link}`);
  const faces = shareText({ title: '😀'.repeat(200), keyPoints: [] }, told, link);
  assert.ok(faces.ok && lengthOf(faces.value) === 202 + link.length);
  assert.deepEqual(shareText(draft, told, `https://x.example/${'y'.repeat(300)}`), {
    ok: false,
    refusal: 'the link is too long',
  });
  assert.deepEqual(shareText({ title: '{{oops}}', keyPoints: [] }, told, link), {
    ok: false,
    refusal: 'a placeholder has a problem',
  });
});
