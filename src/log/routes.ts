/** Who may ask what of the log: people who answer for it, and witnesses. */
import type { App } from '../platform/http.ts';

export async function logRoutes(_app: App): Promise<void> {}
