import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { findReceiptText, openReportForm, readFormValues, sendForm } from '../visitor.ts';

test('Send that is pressed again, at once or once its answer was lost, gives the same receipt, and it is one report', async (t) => {
  const application = await openAttended(t);
  const teller = await openReportForm(application.app);
  await teller.press('begin');
  while (!/value="send"/.test(teller.page().body))
    await teller.press('next', { who: 'worried', what: 'Men sleep there' });
  const form = { ...readFormValues(teller.page().body), receipt: 'words', press: 'send' };
  const both = await Promise.all([1, 2].map(() => sendForm(application.app, '/report', form)));
  application.clock.move(new Date(application.clock.now().getTime() + 60_000));
  const later = await sendForm(application.app, '/report', form);
  const receipts = [...both, later].map(({ body }) => findReceiptText(body));
  assert.equal(new Set(receipts).size, 1, receipts.join(' | '));
  assert.equal(receipts[0]?.split('\n').length, 8);
  assert.equal((await opened(application, 'police')).length, 1);
  application.clock.move(new Date(application.clock.now().getTime() + 120_000));
  assert.match((await sendForm(application.app, '/report', form)).body, /please tell us again/);
});

test('a press under way during the exit restores nothing', async (t) => {
  const application = await openAttended(t);
  for (let time = 0; time < 20; time += 1) {
    const teller = await openReportForm(application.app);
    await teller.press('begin');
    await teller.press('next', { who: 'worried' });
    const form = readFormValues(teller.page().body);
    const draft = form.draft ?? '';
    const [pressed] = await Promise.all([
      sendForm(application.app, '/report', { ...form, now: 'no', press: 'next' }),
      sendForm(application.app, '/report/leave', { draft }),
    ]);
    for (const token of [draft, readFormValues(pressed.body).draft ?? draft])
      assert.match(
        (await sendForm(application.app, '/report', { ...form, draft: token, press: 'next' })).body,
        /Nothing was sent/,
      );
  }
});
