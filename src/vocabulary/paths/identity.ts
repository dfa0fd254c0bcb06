/** Pure. The addresses of signing in, of accounts and of role approvals. */
import { staffPath } from './path.ts';

export const signInPaths = {
  signIn: staffPath('/sign-in'),
  code: staffPath('/sign-in/code'),
  passkey: staffPath('/sign-in/passkey'),
  askForPasskey: staffPath('/sign-in/passkey/ask'),
  signedIn: staffPath('/signed-in'),
  signOut: staffPath('/sign-out'),
} as const;

/** How a member signs in. */
export const credentialPaths = {
  credentials: staffPath('/credentials'),
  secondFactor: staffPath('/credentials/first'),
  newPasskey: staffPath('/credentials/passkeys/new'),
  askForNewPasskey: staffPath('/credentials/passkeys/ask'),
  renamePasskey: staffPath('/credentials/passkeys/:id/name'),
  removePasskey: staffPath('/credentials/passkeys/:id/remove'),
  newCode: staffPath('/credentials/code/new'),
  removeCode: staffPath('/credentials/code/remove'),
  recoveryCodes: staffPath('/credentials/recovery-codes'),
  password: staffPath('/credentials/password'),
} as const;

export const sessionPaths = {
  sessions: staffPath('/sessions'),
  end: staffPath('/sessions/:id/end'),
  endOthers: staffPath('/sessions/end-others'),
} as const;

/** Agreements between agencies. */
export const agreementPaths = {
  agreements: staffPath('/agreements'),
  add: staffPath('/agreements/new'),
  agreement: staffPath('/agreements/:id'),
  change: staffPath('/agreements/:id/edit'),
  confirm: staffPath('/agreements/:id/confirm'),
  withdraw: staffPath('/agreements/:id/withdraw'),
} as const;

/** The members of an agency. */
export const accountPaths = {
  accounts: staffPath('/accounts'),
  account: staffPath('/accounts/:id'),
  roles: staffPath('/accounts/:id/roles'),
  end: staffPath('/accounts/:id/end'),
  stay: staffPath('/accounts/:id/stay'),
  sessions: staffPath('/accounts/:id/sessions'),
  newInvitation: staffPath('/accounts/new'),
  invitation: staffPath('/accounts/invitations/:id'),
  renewInvitation: staffPath('/accounts/invitations/:id/renew'),
  withdrawInvitation: staffPath('/accounts/invitations/:id/withdraw'),
  join: staffPath('/join/:token'),
} as const;

export const agencyPaths = {
  agencies: staffPath('/accounts/agencies'),
  newAgency: staffPath('/accounts/agencies/new'),
  end: staffPath('/accounts/agencies/end'),
} as const;

/** Members of police or immigration recorded by name. */
export const exceptionPaths = {
  exceptions: staffPath('/exceptions'),
  newException: staffPath('/exceptions/new'),
  end: staffPath('/exceptions/:id/end'),
} as const;

export const roleApprovalPaths = {
  roleApprovals: staffPath('/role-approvals'),
  roleApproval: staffPath('/role-approvals/:id'),
  decide: staffPath('/role-approvals/:id/decide'),
} as const;

export const singleSignOnPaths = {
  agencies: staffPath('/single-sign-on'),
  begin: staffPath('/single-sign-on/:agency'),
  back: staffPath('/single-sign-on/:agency/return'),
  end: staffPath('/single-sign-on/:agency/end'),
  settings: staffPath('/single-sign-on/settings'),
  editSettings: staffPath('/single-sign-on/settings/edit'),
  removeSettings: staffPath('/single-sign-on/settings/remove'),
  link: staffPath('/single-sign-on/settings/link'),
  unlink: staffPath('/single-sign-on/settings/unlink/:person'),
} as const;
