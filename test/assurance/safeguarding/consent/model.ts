/** What must be so after each act of a history, from the acts alone. It shares no code with the rules, the store or the database. */

export type Asked = {
  readonly person: number;
  readonly act: string;
  readonly to: number;
  readonly purpose: string;
  readonly items: readonly string[];
  /** Hours since the history began. */
  readonly until: number;
};
type Ground = Asked & { readonly consent: boolean; takenBack: boolean };
type Told = {
  readonly ground: number;
  readonly to: number;
  readonly until: number;
  state: 'sent' | 'accepted';
  over: '' | 'taken back' | 'declined' | 'finished';
  /** The last notice to its recipient: that consent was withdrawn, also where it had finished or declined before. */
  heard: '' | 'taken back' | 'declined' | 'finished';
};

export class Model {
  hour = 0;
  readonly grounds: Ground[] = [];
  readonly told: Told[] = [];

  agree(asked: Asked): number {
    return this.grounds.push({ ...asked, consent: true, takenBack: false }) - 1;
  }

  disclose(asked: Asked): number {
    return this.grounds.push({ ...asked, consent: false, takenBack: false }) - 1;
  }

  /** Whether these items may be disclosed on this ground now. */
  may(ground: number, wanted: Asked): boolean {
    const on = this.grounds[ground];
    if (!on || on.takenBack || this.hour >= on.until || wanted.until > on.until || wanted.until <= this.hour)
      return false;
    const same = on.person === wanted.person && on.to === wanted.to && on.purpose === wanted.purpose;
    const fits = wanted.items.length > 0 && wanted.items.every((item) => on.items.includes(item));
    return same && fits && (!on.consent || on.act === wanted.act);
  }

  tell(ground: number, wanted: Asked): number {
    return this.told.push({ ground, to: wanted.to, until: wanted.until, state: 'sent', over: '', heard: '' }) - 1;
  }

  /** Whether it can be taken back: once, and of consent alone. Everything that rests on it is over then. */
  takeBack(ground: number): boolean {
    const on = this.grounds[ground];
    if (!on?.consent || on.takenBack) return false;
    on.takenBack = true;
    for (const one of this.told.filter((told) => told.ground === ground)) {
      if (one.over === '') one.over = 'taken back';
      one.heard = 'taken back';
    }
    return true;
  }

  isOpen(told: number): boolean {
    const one = this.told[told];
    return one !== undefined && one.over === '' && this.hour < one.until;
  }

  /** By the recipient; false where it sees nothing to decide. */
  answer(told: number, answer: 'accepted' | 'declined' | 'finished'): boolean {
    const one = this.told[told];
    if (!one || !this.isOpen(told)) return false;
    if ((answer === 'finished') !== (one.state === 'accepted')) return false;
    if (answer === 'accepted') one.state = 'accepted';
    else one.over = one.heard = answer;
    return true;
  }

  /** What an agency sees. */
  seenBy(to: number): number[] {
    return this.told.flatMap((one, index) => (one.to === to && this.isOpen(index) ? [index] : []));
  }
}
