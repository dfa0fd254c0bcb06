/** Signing in, for the demonstration. */

export { openWithoutPassword } from './demonstration-sign-in.ts';
