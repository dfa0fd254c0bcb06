/** Versions of the settings of the public site: what each belongs to, where it stands, and who may decide on it. Pure. */
import type { Id, MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { maySecond } from '../../vocabulary/second-person.ts';

export const settingKinds = ['partnership', 'contacts', 'opening', 'look'] as const;
export type SettingKind = (typeof settingKinds)[number];

export type SettingId = Id<'public setting'>;

/** As somebody proposed it. It never changes afterwards. */
export type Setting = {
  readonly id: SettingId;
  readonly kind: SettingKind;
  /** The page of settings, or the service. */
  readonly part: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly proposedBy: MemberId;
  readonly proposedAt: Date;
};

export type SettingDecision = {
  readonly id: SettingId;
  readonly approved: boolean;
  /** Why it was refused. */
  readonly reason: string | null;
  readonly decidedBy: MemberId;
  readonly decidedAt: Date;
};

export type SettingVersion = {
  readonly setting: Setting;
  readonly decision: SettingDecision | undefined;
  /** Whether no later version of its part was proposed. */
  readonly newest: boolean;
};

/** Replaced: a newer version was proposed before anybody decided. */
export type SettingState = 'proposed' | 'approved' | 'refused' | 'replaced';

export function stateOfVersion({ decision, newest }: Omit<SettingVersion, 'setting'>): SettingState {
  if (decision) return decision.approved ? 'approved' : 'refused';
  return newest ? 'proposed' : 'replaced';
}

export type DecideRefusal = 'their own' | 'decided already' | 'replaced';

/** Another member than the one who proposed it, once, while it is the newest of its part. */
export function mayDecideOn(
  { setting, decision, newest }: SettingVersion,
  by: { readonly memberId: string },
): Result<true, DecideRefusal> {
  if (decision) return refuse('decided already');
  if (!newest) return refuse('replaced');
  return maySecond(by, { authors: [setting.proposedBy] }).ok ? accept(true) : refuse('their own');
}
