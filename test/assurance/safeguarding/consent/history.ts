/** One random history of a few people and agencies: each act is done on the database, asked of the rules and of the model, and all three must say the same. */

import type { Member } from '../../../../src/identity/agencies/index.ts';
import type { Transaction } from '../../../../src/platform/database/database.ts';
import type { Consent } from '../../../../src/safeguarding/consent/consent.ts';
import { withdraw } from '../../../../src/safeguarding/consent/consent.ts';
import { addConsent, addDisclosure } from '../../../../src/safeguarding/consent/examples.ts';
import { createGrant } from '../../../../src/safeguarding/consent/grant.ts';
import { addGrant, lockConsent, saveWithdrawal } from '../../../../src/safeguarding/consent/store.ts';
import type { Disclosure } from '../../../../src/safeguarding/disclosures/disclosure.ts';
import { addPerson, exampleSubject } from '../../../../src/safeguarding/people/examples.ts';
import { addNote } from '../../../../src/safeguarding/referrals/examples.ts';
import { decide, finish, type Referral, type ReferralId } from '../../../../src/safeguarding/referrals/referral.ts';
import { addMessage, addReferral, lockReferral, saveDecision } from '../../../../src/safeguarding/referrals/store.ts';
import { type Subject, subjectFromNote } from '../../../../src/safeguarding/referrals/subject.ts';
import { floorToHour } from '../../../../src/vocabulary/calendar/moments.ts';
import { type AgencyId, type EncounterId, newTimelessId } from '../../../../src/vocabulary/ids.ts';
import {
  disclosurePurposes,
  type ShareableItem,
  shareableItems,
} from '../../../../src/vocabulary/information-shared.ts';
import type { helpedIn } from '../../../fixtures/help-offered.ts';
import type { Acting } from './acting.ts';
import { type Asked, Model } from './model.ts';

type World = Awaited<ReturnType<typeof helpedIn>>;
export type Cast = { readonly world: World; readonly acting: Acting; readonly caseworkers: readonly Member[] };
type Kept = { readonly grant: string; readonly referral: string | null };

const hour = 3_600_000;

export class History {
  readonly model = new Model();
  readonly grounds: (Consent | Disclosure)[] = [];
  readonly told: Kept[] = [];
  readonly wrong: string[] = [];
  #people: Subject[] = [];
  readonly #begun: number;
  readonly #cast: Cast;
  readonly #random: () => number;

  constructor(cast: Cast, random: () => number) {
    this.#cast = cast;
    this.#random = random;
    this.#begun = floorToHour(cast.world.clock.now()).getTime();
  }

  /** Some met at a visit, some by a record alone. */
  async meet(people: number): Promise<void> {
    const { safeguardingDb: db, keys, adviser, clock, metAt } = this.#cast.world;
    while (this.#people.length < people) {
      const met = { ...metAt, encounterId: newTimelessId() as unknown as EncounterId, at: clock.now() };
      this.#people.push(
        this.#random() < 0.5
          ? subjectFromNote(await addNote(db, keys, met, adviser))
          : exampleSubject(await addPerson(db, keys, adviser, clock.now())),
      );
    }
  }

  pick = <One>(among: readonly One[]): One => among[Math.floor(this.#random() * among.length)] as One;
  #at = (hours: number): Date => new Date(this.#begun + hours * hour);
  #check = (what: string, said: boolean, must: boolean): void => {
    if (said !== must) this.wrong.push(`${what}: ${said}, and the model says ${must}`);
  };

  passes(): void {
    const hours = this.#random() < 0.7 ? Math.ceil(this.#random() * 24) : Math.ceil(this.#random() * 700);
    this.model.hour += hours;
    this.#cast.world.clock.move(this.#at(this.model.hour));
  }

  #asks(): Asked {
    const items = shareableItems.filter((_item, index) => index < 1 || this.#random() < 0.6);
    return {
      person: Math.floor(this.#random() * this.#people.length),
      act: this.pick(['share', 'refer', 'refer', 'refer']),
      to: Math.floor(this.#random() * this.#cast.caseworkers.length),
      purpose: this.pick(disclosurePurposes.slice(0, 2)),
      items,
      until: this.model.hour + 1 + Math.floor(this.#random() * 400),
    };
  }

  async agrees(): Promise<void> {
    const asked = this.#asks();
    const { world } = this.#cast;
    const without = this.#random() < 0.15;
    const [known, to, scope] = this.#scopeOf(asked);
    const by = world.adviser;
    const more = { ...scope, until: this.#at(asked.until) };
    const { act: _act, ...told } = more;
    this.grounds.push(
      without
        ? await addDisclosure(world.safeguardingDb, world.keys, known, to, by, told)
        : await addConsent(world.safeguardingDb, world.keys, known, to, by, more),
    );
    if (without) this.model.disclose(asked);
    else this.model.agree(asked);
  }

  #scopeOf({ person, to, act, purpose, items }: Asked) {
    const { personId, operationId } = this.#people[person] as Subject;
    const recipient = this.#cast.caseworkers[to]?.agencyId as AgencyId;
    const known = { personId, operationId, at: this.#cast.world.clock.now() };
    const scope = { act, purpose, items, personId, recipient };
    return [
      known,
      recipient,
      scope as unknown as Pick<Consent, 'act' | 'purpose' | 'items' | 'personId' | 'recipient'>,
    ] as const;
  }

  /** What was agreed, or less, or something else: about half of it must be refused. */
  async tells(): Promise<void> {
    const ground = Math.floor(this.#random() * this.grounds.length);
    const on = this.grounds[ground];
    const agreed = this.model.grounds[ground];
    if (!on || !agreed) return;
    const other = this.#asks();
    const wanted: Asked = {
      ...agreed,
      act: this.model.grounds[ground]?.consent ? agreed.act : this.pick(['share', 'refer']),
      ...(this.#random() < 0.5 ? {} : { items: agreed.items.filter(() => this.#random() < 0.7) }),
      ...(this.#random() < 0.6 ? {} : { [this.pick(['person', 'to', 'purpose', 'items', 'until', 'act'])]: undefined }),
    };
    for (const name of Object.keys(wanted) as (keyof Asked)[])
      if (wanted[name] === undefined) Object.assign(wanted, { [name]: other[name] });
    const must = this.model.may(ground, wanted);
    const { ruled, kept, done } = await this.#tell(on, wanted);
    this.#check('the rule tells', ruled, must);
    this.#check('the database lets tell', done, must);
    if (!done) return;
    this.told.push(kept);
    this.model.tell(ground, wanted);
  }

  async #tell(on: Consent | Disclosure, wanted: Asked) {
    const { world, acting } = this.#cast;
    const { keys, adviser, clock } = world;
    const [, recipient, scope] = this.#scopeOf(wanted);
    const subject = this.#people[wanted.person] as Subject;
    const referralId = wanted.act === 'refer' ? newTimelessId<'referral'>() : null;
    const madeAt = floorToHour(clock.now());
    const grant = {
      ...scope,
      act: wanted.act as Consent['act'],
      until: this.#at(wanted.until),
      id: newTimelessId<'grant'>(),
      operationId: subject.operationId,
      fromAgency: adviser.agencyId,
      authorId: adviser.id,
      referralId,
      shown: wanted.items.map((item) => ({ item: item as ShareableItem, words: 'x' })),
      madeAt,
    };
    const isConsent = 'wording' in on;
    let ruled = false;
    const done = await acting.does(adviser, async (tx) => {
      const ground = isConsent ? { consent: await lockConsent(tx, keys, on.id) } : { disclosure: on };
      ruled = createGrant(ground, grant, madeAt).ok;
      if (referralId) await addReferral(tx, keys, this.#referral(referralId, subject, recipient));
      // Whatever the rule says: the database must say the same by itself.
      await addGrant(tx, keys, {
        ...grant,
        consentId: isConsent ? on.id : null,
        disclosureId: isConsent ? null : on.id,
        endedAt: null,
        papers: [],
        ended: null,
      });
      return true;
    });
    return { ruled, done, kept: { grant: grant.id, referral: referralId } };
  }

  #referral = (id: ReferralId, { noteId, recordId, operationId, day }: Subject, toAgency: AgencyId): Referral => ({
    id,
    noteId,
    personId: recordId,
    operationId,
    day,
    fromAgency: this.#cast.world.adviser.agencyId,
    authorId: this.#cast.world.adviser.id,
    toAgency,
    outside: false,
    needs: ['shelter'],
    ground: 'agreed',
    purpose: null,
    handOver: false,
    answerBy: null,
    words: 'x',
    state: 'sent',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    outcome: null,
    ended: null,
    endedAt: null,
  });

  /** By the agency asked, also of what it sees no longer. */
  async answers(): Promise<void> {
    const { acting, caseworkers, world } = this.#cast;
    const told = Math.floor(this.#random() * this.told.length);
    const referral = this.told[told]?.referral as ReferralId | null | undefined;
    const who = caseworkers[this.model.told[told]?.to ?? -1];
    if (!referral || !who) return;
    const answer = this.pick(['accepted', 'accepted', 'declined', 'finished'] as const);
    const now = floorToHour(world.clock.now());
    const done = await acting.does(who, async (tx) => {
      const current = await lockReferral(tx, world.keys, referral);
      const after =
        answer === 'finished' ? finish(current, 'passed on', now) : decide(current, answer, 'No room', who.id, now);
      if (after.ok) await saveDecision(tx, world.keys, after.value);
      return after.ok;
    });
    this.#check(`${answer} is answered`, done, this.model.answer(told, answer));
  }

  /** A question goes in while it may, and no later. */
  async asks(): Promise<void> {
    const { acting, caseworkers, world } = this.#cast;
    const told = Math.floor(this.#random() * this.told.length);
    const referralId = this.told[told]?.referral as ReferralId | null | undefined;
    const who = caseworkers[this.model.told[told]?.to ?? -1];
    if (!referralId || !who) return;
    const done = await acting.does(who, async (tx) => {
      const message = { id: newTimelessId<'message'>(), referralId, agencyId: who.agencyId, authorId: who.id };
      await addMessage(tx, world.keys, {
        ...message,
        item: null,
        words: 'x',
        writtenAt: floorToHour(world.clock.now()),
      });
      return true;
    });
    this.#check('a question is let in', done, this.model.isOpen(told));
  }

  /** Its transaction, to be run beside readers. */
  takeBack(ground: number): () => Promise<boolean> {
    const { acting, world } = this.#cast;
    const on = this.grounds[ground] as Consent;
    const who = this.pick([world.adviser, world.lead]);
    return () =>
      acting.does(who, async (tx: Transaction) => {
        const current = await lockConsent(tx, world.keys, on.id);
        const taken = withdraw(current, 'the person themself', who.id, floorToHour(world.clock.now()));
        if (taken.ok) await saveWithdrawal(tx, taken.value);
        return taken.ok;
      });
  }

  /** Every agency sees what the model says, in every table. */
  async look(): Promise<number> {
    const { acting, caseworkers } = this.#cast;
    const grants = this.told.map(({ grant }) => grant);
    const referrals = this.told.flatMap(({ referral }) => (referral ? [referral] : []));
    for (const [to, who] of caseworkers.entries()) {
      const seen = await acting.sees(who, grants, referrals);
      const must = this.model.seenBy(to).map((index) => this.told[index] as Kept);
      const mustRefer = new Set(must.map(({ referral }) => referral));
      this.#check(
        'sees the grants',
        sameIds(
          seen.grants,
          must.map(({ grant }) => grant),
        ),
        true,
      );
      this.#check(
        'sees the referrals',
        sameIds(
          seen.referrals,
          must.flatMap(({ referral }) => referral ?? []),
        ),
        true,
      );
      for (const beside of [...seen.earlier, ...seen.messages])
        this.#check('sees beside it', mustRefer.has(beside), true);
    }
    return caseworkers.length;
  }
}

const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
