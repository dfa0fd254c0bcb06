/** The demonstration as a template for tests: made once a run, copied for each test. */
import type { TestContext } from 'node:test';
import { openApp } from '../../../src/app.ts';
import { type MemberKey, members } from '../../../src/demonstration/cast.ts';
import { seedWeek } from '../../../src/demonstration/seed.ts';
import { openStage, type Stage } from '../../../src/demonstration/stage.ts';
import { openSession } from '../../../src/identity/agencies/index.ts';
import { openAssets } from '../../../src/platform/assets.ts';
import { readConfig } from '../../../src/platform/config.ts';
import { Databases } from '../../../src/platform/database.ts';
import { openHouse, type TestHouse, testKeys, type Visitor } from '../house.ts';

/** A Tuesday: the week before it is the demonstration's. */
export const demonstrationDay = '2026-11-24';
export const demonstrationMonday = '2026-11-16';

export type DemonstrationHouse = TestHouse & {
  readonly as: (who: MemberKey) => Promise<Visitor>;
  readonly stage: Stage;
  readonly mainOperation: () => Promise<string>;
};

export async function openDemonstration(t: TestContext): Promise<DemonstrationHouse> {
  const house = await openHouse(t, {
    today: demonstrationDay,
    seed: {
      name: `demonstration of ${demonstrationDay}`,
      fill: async (addresses) => {
        const databases = new Databases(addresses);
        const config = readConfig({ SAFELIGHT_LOG: 'error', SAFELIGHT_MODE: 'demonstration' });
        await seedWeek({
          openApp,
          config,
          databases,
          keys: testKeys,
          assets: await openAssets(),
          today: demonstrationDay,
          password: 'only for tests',
        });
        await databases.close();
      },
    },
  });
  const memberOf = async (who: MemberKey) => {
    const name = members.find(({ key }) => key === who)?.name ?? '';
    return house.db.selectFrom('members').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
  };
  return {
    ...house,
    as: async (who) => house.signIn((await memberOf(who)) as never),
    stage: openStage(house.app, house.clock, async (who) =>
      openSession(house.db, (await memberOf(who)).id, house.clock.now(), {
        method: 'password',
        sharedWorkstation: false,
      }),
    ),
    mainOperation: async () => {
      const row = await house.db
        .selectFrom('operations')
        .select('id')
        .where('codeName', '=', 'Operation Lantern')
        .executeTakeFirstOrThrow();
      return row.id as string;
    },
  };
}
