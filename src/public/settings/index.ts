/** Settings of the public site: versions that administrators propose and a second person approves. */

export {
  type DecideRefusal,
  mayDecideOn,
  type Setting,
  type SettingDecision,
  type SettingId,
  type SettingKind,
  type SettingState,
  type SettingVersion,
  settingKinds,
  stateOfVersion,
} from './setting.ts';

export {
  addSettingDecisions,
  addVersions,
  findVersionBefore,
  getVersion,
  isPublicSiteOpen,
  listApprovedVersions,
  listNewestVersions,
  listVersions,
  type PublicSettingTables,
  readPublishedSettings,
} from './store.ts';
