/** The folder that System health reads: one backup and its last drill, as old as a fault wants them. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const hour = 3_600_000;

export class BackupRecord {
  readonly folder: string;
  #path: string | undefined;
  #state = { takenHoursAgo: 1, drillDaysAgo: 1, passed: true };

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder);
    this.set({});
  }

  set(change: { readonly takenHoursAgo?: number; readonly drillDaysAgo?: number; readonly passed?: boolean }): void {
    this.#state = { ...this.#state, ...change };
    const { takenHoursAgo, drillDaysAgo, passed } = this.#state;
    const taken = new Date(Date.now() - takenHoursAgo * hour).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const path = join(this.folder, `safelight-${taken}-abcdef`);
    if (this.#path === undefined) mkdirSync(path);
    else if (this.#path !== path) renameSync(this.#path, path);
    this.#path = path;
    writeFileSync(join(path, 'manifest.json'), '{}');
    const at = new Date(Date.now() - drillDaysAgo * 24 * hour).toISOString();
    writeFileSync(join(path, 'last-drill.json'), JSON.stringify({ at, passed, restored: true }));
  }
}
