/** Pure. The addresses of weeks of action, operations, their partners, people and teams, premises, briefings and temporary access. */
import { staffPath } from './path.ts';

export const weekPaths = {
  list: staffPath('/weeks'),
  add: staffPath('/weeks/new'),
  week: staffPath('/weeks/:id'),
  change: staffPath('/weeks/:id/edit'),
  copy: staffPath('/weeks/:id/copy'),
} as const;

export const operationPaths = {
  list: staffPath('/operations'),
  add: staffPath('/operations/new'),
  operation: staffPath('/operations/:id'),
  change: staffPath('/operations/:id/edit'),
  premises: staffPath('/operations/:id/premises'),
  schedule: staffPath('/operations/:id/schedule'),
  briefings: staffPath('/operations/:id/briefings'),
  board: staffPath('/operations/:id/board'),
  goDecision: staffPath('/operations/:id/proceed'),
  decisions: staffPath('/operations/:id/decisions'),
  addDecision: staffPath('/operations/:id/decisions/new'),
  acknowledgeWarning: staffPath('/operations/:id/warnings/:finding'),
  people: staffPath('/operations/:id/people'),
  addPeopleOfAll: staffPath('/operations/:id/people/new'),
  person: staffPath('/operations/:id/people/:person'),
  endPerson: staffPath('/operations/:id/people/:person/end'),
  addPartner: staffPath('/operations/:id/partners/new'),
  changePartner: staffPath('/operations/:id/partners/:partner/edit'),
  endPartner: staffPath('/operations/:id/partners/:partner/end'),
  addPeople: staffPath('/operations/:id/partners/:partner/people'),
  addTeam: staffPath('/operations/:id/teams/new'),
  addPremises: staffPath('/operations/:id/premises/new'),
  premisesFile: staffPath('/operations/:id/premises/file'),
  premisesTemplate: staffPath('/operations/:id/premises/file/template'),
  importPremises: staffPath('/operations/:id/premises/file/import'),
  addFile: staffPath('/operations/:id/files/new'),
  copyPremises: staffPath('/operations/:id/premises/copy'),
  briefingTime: staffPath('/operations/:id/time'),
  setBriefingTime: staffPath('/operations/:id/time/set'),
  accessWindow: staffPath('/operations/:id/access-window'),
  debrief: staffPath('/operations/:id/debrief'),
  debriefPdf: staffPath('/operations/:id/debrief/pdf'),
} as const;

/** The invitation of a partner, by the id of the partner. */
export const partnerInvitationPaths = {
  section: staffPath('/invitations'),
  invitation: staffPath('/invitations/:id'),
  accept: staffPath('/invitations/:id/accept'),
  decline: staffPath('/invitations/:id/decline'),
  telephone: staffPath('/invitations/:id/telephone'),
} as const;

export const teamPaths = {
  section: staffPath('/teams'),
  change: staffPath('/teams/:id/edit'),
  remove: staffPath('/teams/:id/remove'),
  briefing: staffPath('/teams/:id/briefing'),
  briefingTime: staffPath('/teams/:id/time'),
  setBriefingTime: staffPath('/teams/:id/time/set'),
  calendar: staffPath('/teams/:id/calendar'),
} as const;

export const briefingPaths = {
  section: staffPath('/briefings'),
  briefing: staffPath('/briefings/:id'),
  read: staffPath('/briefings/:id/read'),
  iimarch: staffPath('/briefings/:id/iimarch'),
  iimarchPdf: staffPath('/briefings/:id/iimarch/pdf'),
} as const;

export const premisesPaths = {
  section: staffPath('/premises'),
  premises: staffPath('/premises/:id'),
  history: staffPath('/premises/:id/history'),
  change: staffPath('/premises/:id/edit'),
  risks: staffPath('/premises/:id/risks'),
  languages: staffPath('/premises/:id/languages'),
  referrer: staffPath('/premises/:id/referrer'),
  noReferrer: staffPath('/premises/:id/no-referrer'),
  immigration: staffPath('/premises/:id/immigration'),
  addFile: staffPath('/premises/:id/files/new'),
  addPower: staffPath('/premises/:id/powers/new'),
  power: staffPath('/premises/:id/powers/:power'),
  nextPowerStep: staffPath('/premises/:id/powers/:power/next'),
  powerStep: staffPath('/premises/:id/powers/:power/:step'),
  addVisit: staffPath('/premises/:id/visits/new'),
  moveVisit: staffPath('/premises/:id/visits/:visit/move'),
  postponeVisit: staffPath('/premises/:id/visits/:visit/postpone'),
  callOffVisit: staffPath('/premises/:id/visits/:visit/call-off'),
  jointVisit: staffPath('/premises/:id/visits/:visit/joint'),
} as const;

export const planFilePaths = {
  section: staffPath('/plan-files'),
  file: staffPath('/plan-files/:id'),
  copy: staffPath('/plan-files/:id/copy'),
  remove: staffPath('/plan-files/:id/remove'),
} as const;

export const partnerDefaultPaths = {
  list: staffPath('/partner-defaults'),
  change: staffPath('/partner-defaults/:id/edit'),
  remove: staffPath('/partner-defaults/:id/remove'),
} as const;

/** The text of an application for a warrant, by the id of the power. */
export const warrantApplicationPaths = {
  application: staffPath('/warrant-applications/:id'),
  applicationPdf: staffPath('/warrant-applications/:id/pdf'),
} as const;

export const powerPaths = { catalogue: staffPath('/powers') } as const;

export const temporaryAccessPaths = {
  list: staffPath('/temporary-access'),
  add: staffPath('/temporary-access/new'),
  end: staffPath('/temporary-access/:id/end'),
  shift: staffPath('/temporary-access/shift'),
  signIn: staffPath('/temporary-access/sign-in'),
} as const;
