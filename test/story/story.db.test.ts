import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKind, useDatabase } from '../support/database.ts';
import { planIsApproved } from './decision.ts';
import { doublesMeet } from './doubles.ts';
import { everybodyKnows } from './ending.ts';
import { officeJoins, paperAndSpreadsheet } from './office-begins.ts';
import { planIsMade } from './plan.ts';
import { residentsWrite, somebodySells } from './residents-write.ts';
import { Story } from './story.ts';
import { officeWorks } from './triage.ts';

const database = useDatabase();
let story: Story;

const PREFACE = `# From thirty proposals to a plan, as the phones show it

Thirty residents of five villages, two officers and one of the working group. Bold is what somebody does: their words,
or the [button] that they press. Quoted is what their phone then shows. Of the first resident in each language all is
shown, of the others what they write and what has a number.`;

/** Told once, on one database: on the other one its parts are tested. */
describe.runIf(databaseKind() === 'embedded')('the story of a plan', { timeout: 900_000 }, () => {
  beforeAll(async () => {
    story = await Story.begin(database.open, database.dataDir);
  });
  afterAll(() => story.end());

  it('is told from the first words to what every author knows in the end, the same each time', async () => {
    story.book.write(PREFACE);
    await residentsWrite(story);
    await somebodySells(story);
    await officeJoins(story);
    await paperAndSpreadsheet(story);
    await officeWorks(story);
    await doublesMeet(story);
    await planIsMade(story);
    await planIsApproved(story);
    await everybodyKnows(story);
    await expect(story.book.text()).toMatchFileSnapshot('transcript.md');
  });
});
