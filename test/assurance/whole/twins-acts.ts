/** What support agencies do in the safeguarding database, by the pages and in order, in one of two worlds: each act with all its rows, log entries and news. */

import type { Player } from '../../../src/demonstration/application-player.ts';
import { sendCustodyNotice } from '../../../src/demonstration/sides.ts';
import { dateFields, idFromAddress } from '../../../src/demonstration/staff-walker.ts';
import type { MemberKey } from '../../../src/tour/index.ts';
import { addDays } from '../../../src/vocabulary/calendar/days.ts';
import { referenceOf } from '../../../src/vocabulary/reference.ts';
import type { Visitor } from '../../fixtures/application.ts';
import { agrees, consentTo } from '../../fixtures/walk-in.ts';
import { rowOf } from '../../harness/sql.ts';
import type { World } from './world.ts';

/** What the acts need of a world: its members at work, and its databases to look things up. */
export type PlayedIn = Pick<World, 'stage' | 'db' | 'safeguardingDb'> & {
  readonly as: (who: MemberKey) => Promise<Pick<Visitor, 'post'>>;
};

/** What was decided to cross: by whom it may be noticed, on which paths. */
export type Crossing = {
  readonly why: string;
  readonly who: RegExp;
  readonly route: RegExp;
  /** Who gets a notification of it. */
  readonly notifies?: MemberKey;
};
export type Act = {
  readonly name: string;
  readonly play: (world: PlayedIn) => Promise<unknown>;
  readonly crosses?: Crossing;
};

const nurses = 'Lea Vale Community Health';
const persons = '/staff/safeguarding/people';
const sentence = 'She asked for it twice, and nobody else can do it this week.';

/** What one act leaves for the next. */
type Known = Record<'person' | 'met' | 'referral' | 'share' | 'refer' | 'concern' | 'task', string>;

/** The helpers’ own people and records, as they come into being. `today`: by the clock of the server. `person`: a second record of one name or number is asked about before it is opened. */
export function actsOf(
  today: string,
  person = { called: 'Ilsabet Invented', contactAt: '07700 900111' },
): readonly Act[] {
  const known: Known = { person: '', met: '', referral: '', share: '', refer: '', concern: '', task: '' };
  const as = (who: MemberKey, play: (player: Player, world: PlayedIn) => Promise<unknown>) => (world: PlayedIn) =>
    play(world.stage.as(who), world);
  const acts: Record<string, Act['play'] | Omit<Act, 'name'>> = {
    'a person who walked in': as('caseworker', async (worker) => {
      const page = await worker.fill(
        `${persons}/new`,
        {
          ...person,
          age: 'adult',
          ageBasis: 'the person says so',
          language: 'Romanian',
          interpreter: 'needed',
          interpreterGender: 'a woman',
          contactWay: 'a text message',
          origin: 'walked in',
        },
        '/new',
      );
      known.person = idFromAddress(page);
    }),
    'what she needs': as('caseworker', (worker) =>
      worker.fill(`${persons}/${known.person}/needs`, { needs: ['safety', 'shelter'], words: sentence }),
    ),
    'an offer and its answer': as('caseworker', (worker) =>
      worker.fill(`${persons}/${known.person}/offer`, { help: 'health', answer: 'declined', words: sentence }),
    ),
    'a task': as('caseworker', async (worker) => {
      const list = await worker.fill(`${persons}/${known.person}/actions/new`, {
        what: 'Ring the Wisteria house',
        by: 'by the next working day',
      });
      known.task = idFromAddress(await worker.follow(list, 'Ring the Wisteria'));
    }),
    'a hand-over': as('caseworker', (worker) =>
      worker.fill('/staff/safeguarding/handovers/new', { words: sentence, tasks: [known.task] }),
    ),
    'a meeting of agencies': as('caseworker', async (worker) => {
      const held = { ...dateFields('day', addDays(today, -1)), time: '14:00', place: sentence };
      const meeting = await worker.fill('/staff/safeguarding/meetings/new', held);
      await worker.fill(`${meeting}/cases`, { reference: referenceOf('case', known.person), knows: 'yes' });
      await worker.fill(await worker.follow(meeting, 'Record a decision'), { words: sentence });
      const due = dateFields('due', addDays(today, 60));
      await worker.fill(await worker.follow(meeting, 'Add an action'), { what: sentence, ...due, owner: 'me' });
      await worker.fill(`${meeting}/close`);
    }),
    'a consent to refer': async (world) => {
      known.met = await personOf(world, nurses);
      const asked = consentTo(await agencyOf(world, 'Lea Vale County Council'));
      known.refer = await agrees(await world.as('nurse'), known.met, asked);
    },
    'a consent to tell': async (world) => {
      const asked = consentTo(await agencyOf(world, 'Harbour Sexual Violence Advisers'), {
        act: 'share',
        items: ['when we met'],
      });
      known.share = await agrees(await world.as('caseworker'), known.person, asked);
    },
    'a request for help': as('nurse', async (nurse) => {
      await nurse.fill(`/staff/safeguarding/people/${known.met}/refer?consent=${known.refer}`, {
        needs: ['money'],
        words: sentence,
        step: 'send',
      });
    }),
    'a request for help taken on': as('caseworker', async (worker) => {
      const list = await worker.read('/staff/safeguarding/referrals');
      for (const [address, id = ''] of list.matchAll(/\/staff\/safeguarding\/referrals\/([0-9a-f-]{36})/g))
        if ((await worker.read(address)).includes(`${id}/decide`)) known.referral = id;
      const at = `/staff/safeguarding/referrals/${known.referral}`;
      await worker.fill(`${at}/decide`, { decision: 'accepted', reason: 'A room today at 18:00' });
    }),
    'a question about it': as('caseworker', (worker) =>
      worker.fill(`/staff/safeguarding/referrals/${known.referral}/ask`, { words: sentence }),
    ),
    'a grant without a request': as('caseworker', (worker) =>
      worker.fill(`/staff/safeguarding/consents/${known.share}/share`, { step: 'send' }),
    ),
    'a consent taken back': as('caseworker', (worker) =>
      worker.fill(`/staff/safeguarding/consents/${known.share}/withdraw`, { how: 'the person themself' }),
    ),
    'a concern': as('caseworker', async (worker) => {
      known.concern = await worker.fill(`${persons}/${known.person}/nrm-referral`, {}, '/nrm-referral');
      await worker.fill(`${known.concern}/question`, { answer: 'no' });
    }),
    'a draft handed to a first responder': as('nurse', async (nurse) => {
      // A concern exists already, and there is no doubt that the person can decide.
      const [concern = ''] = /\/staff\/safeguarding\/nrm-referrals\/[0-9a-f-]{36}/.exec(
        await nurse.read(`${persons}/${known.met}`),
      ) ?? [''];
      const explained = { language: 'ro', interpreted: 'interpreter present', interpreter: 'I 7' };
      await nurse.fill(`${concern}/question`, { answer: 'yes', how: 'the person themself', ...explained });
      const refer = await nurse.fill(`${concern}/first-responder`, {});
      await nurse.fill(refer, { agreed: 'agreed', needs: ['safety'], step: 'send' });
    }),
    'a record exported': as('caseworker', (worker) =>
      worker.fill(`${persons}/${known.person}/export`, {
        why: 'for a partner or the coordinator of the operation',
        words: 'Reference 7',
        ground: 'the person takes it along',
      }),
    ),
    'a hold on letting go': as('protection3', async (lead) => {
      await lead.fill(`/staff/safeguarding/retention/${known.met}`, {
        saying: 'helped',
        because: 'She was found a place to stay and went there on Friday.',
      });
    }),
    'her own request to see it': as('protection2', (lead) =>
      lead.fill('/staff/oversight/safeguarding/requests/new', {
        alone: 'yes',
        wants: 'access',
        asker: 'the person',
        proof: 'identity document',
        delivery: 'in person',
        reference: 'SAR 7',
        about: known.person,
      }),
    ),
    'a wristband and a need': as('lead', async (lead) => {
      const reception = /\/staff\/safeguarding\/reception\/[0-9a-f-]{36}/.exec(
        await lead.read('/staff/safeguarding/reception'),
      )?.[0];
      const band = await lead.fill(String(reception), {}, '/wristbands');
      await lead.fill(`${band}/need`, { need: 'food: no pork' });
    }),
    'words to who told the support side': as('lead', async (lead, { safeguardingDb }) => {
      const { id } = await rowOf(safeguardingDb, 'reports', { state: 'open' });
      await lead.fill(`/staff/safeguarding/reports/${id}/write`, { kind: 'asked', message: 'Is there a better time?' });
    }),
    'one sentence to custody': {
      play: as('nurse', (nurse) =>
        sendCustodyNotice(nurse, known.met, {
          sentence: 'consider section 45',
          reference: 'LV/0413/26',
        }),
      ),
      crosses: {
        why: 'one sentence to the custodian, which rings (decision 47)',
        who: /^custodian$/,
        route: /^\/staff(\/custody-notices(\/urgent)?|\/notifications)?$/,
        notifies: 'custodian',
      },
    },
    'a note of somebody met': {
      play: as('nurse', async (nurse, { db, safeguardingDb }) => {
        const written = await safeguardingDb.selectFrom('notes').select('encounterId').execute();
        const met = await db.selectFrom('encounters').select('id').where('spokenTo', '=', true).execute();
        for (const { id } of met.filter((one) => !written.some(({ encounterId }) => encounterId === one.id)))
          if (await writeNote(nurse, id as string)) return;
        throw new Error('no person encountered is without a note');
      }),
      crosses: {
        why: 'that records of help changed since a return was counted, by the hour (decision 50)',
        who: /^(analyst|commander|planner|press3?)$/,
        route: /^\/staff\/returns/,
      },
    },
    'a request of police opened': as('lead', async (lead) => {
      await lead.read('/staff');
      const list = await lead.read('/staff/information-requests');
      const [shown] = /\/staff\/information-requests\/[0-9a-f-]{36}/.exec(list) ?? [];
      await lead.read(String(shown));
      const behind = await lead.read('/staff/safeguarding/information-requests');
      const [decide] = /\/staff\/safeguarding\/information-requests\/[0-9a-f-]{36}\/decide/.exec(behind) ?? [];
      await lead.read(String(decide));
    }),
    'a request of police given nothing': as('lead', async (lead) => {
      const list = await lead.read('/staff/safeguarding/information-requests');
      const [decide] = /\/staff\/safeguarding\/information-requests\/[0-9a-f-]{36}\/decide/.exec(list) ?? [];
      await lead.fill(String(decide), {
        person: 'nobody',
        outcome: 'give nothing',
        agreement: 'was not asked',
        reasons: 'Nobody of that name is known to us under it.',
      });
    }),
  };
  return Object.entries(acts).map(([name, act]) =>
    typeof act === 'function' ? { name, play: act } : { name, ...act },
  );
}

/** False for a member who was not on that team. */
const writeNote = (nurse: Player, encounter: string): Promise<boolean> =>
  nurse
    .fill(`/staff/safeguarding/encounters/${encounter}/note`, {
      advice: ['health'],
      understood: 'yes',
      needs: ['health'],
      wants: sentence,
    })
    .then(
      () => true,
      () => false,
    );

async function agencyOf({ db }: PlayedIn, name: string): Promise<string> {
  const { id } = await db
    .selectFrom('agencies')
    .select('id')
    .where('name', 'like', `${name}%`)
    .executeTakeFirstOrThrow();
  return id as string;
}

/** Somebody whose record the agency keeps since the week that was played. */
async function personOf(world: PlayedIn, agency: string): Promise<string> {
  const { id } = await rowOf(world.safeguardingDb, 'persons', { agencyId: await agencyOf(world, agency) });
  return id as string;
}
