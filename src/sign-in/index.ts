/** The door of signing in: how somebody shows who she is, and where she is signed in. */
export { up as signInMigration } from './migrations/0011-sign-in.ts';
