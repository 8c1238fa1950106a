import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAnnouncement } from '../../../src/announcements/create-announcement.ts';
import { StatusFile } from '../../../src/channels/whatsapp/status-file.ts';
import { createHearing } from '../../../src/hearings/create-hearing.ts';
import { givenResident } from '../../support/given.ts';
import { silentLog } from '../../support/log.ts';
import { latinWords, type Person } from '../../support/talk.ts';
import { useAnnouncing } from './announce-stage.ts';

const stage = useAnnouncing({ env: { WHATSAPP_ENABLED: 'true' } });
const DAY_MS = 86_400_000;

/** More than a new number reaches within a day. */
const ON_WHATSAPP = 30;

beforeAll(async () => {
  const ctx = stage.context();
  for (let one = 0; one < ON_WHATSAPP; one++) {
    const address = { channel: 'whatsapp', account: 'bot', id: `9967000000${one + 10}` } as const;
    await givenResident(ctx, { address, villageId: 'mantysh', name: 'Айгүл' });
  }
});

/** What the card of a new draft asks to mind; the officer has it open. */
async function minds(officer: Person): Promise<string[]> {
  const ctx = { ...stage.context(), actor: { type: 'operator', name: 'test' } } as const;
  const municipalityId = stage.municipality.id;
  const hearing = await createHearing(ctx, {
    municipalityId,
    kind: 'budget_draft',
    topic: { ky: 'Бюджет', ru: 'Бюджет', en: 'The budget' },
    startsAt: new Date(stage.world.talk.clock.now().getTime() + 20 * DAY_MS),
    villageId: 'mantysh',
    building: 'Клуб',
  });
  const { id } = await createAnnouncement(ctx, { municipalityId, kind: 'hearing', hearingId: hearing.id });
  await officer.says(`/announce ${id}`);
  const card = officer.heard.at(-1) ?? '';
  return card
    .replace(/ \[[^[]*\]$/, '')
    .split('\n\n')
    .slice(3)
    .join('\n')
    .split('\n');
}

describe('a channel that holds announcements back', () => {
  it.each([
    [
      'ky',
      [
        'Көңүл буруңуз:',
        expect.stringMatching(
          /^• WhatsApp аркылуу баарына дароо жетпейт, болжол менен ушул убакта бүтөт: 23-ноябрь, дүйшөмбү, саат 10:0\d\.$/,
        ),
        '• WhatsApp аркылуу айрымдарга убагында жетпей калат: 1 күн калганда, 2 саат калганда.',
      ],
    ],
    [
      'ru',
      [
        'Обратите внимание:',
        expect.stringMatching(/^• По WhatsApp до всех дойдёт не сразу, примерно 23 ноября, понедельник, 10:0\d\.$/),
        '• По WhatsApp не все получат вовремя: дней до слушаний: 1, часов до слушаний: 2.',
      ],
    ],
    [
      'en',
      [
        'Please note:',
        expect.stringMatching(/^• On WhatsApp it takes until about Monday 23 November at 10:0\d to reach everybody\.$/),
        '• On WhatsApp not everybody will get it in time: days before: 1, hours before: 2.',
      ],
    ],
  ] as const)('is told of in %s', async (language, lines) => {
    expect(await minds(await stage.member(`${language}-officer`, 'officer', language))).toEqual(lines);
  });

  it('is told of once more before the release where not everybody is reached in time', async () => {
    const officer = await stage.member('ky-sender', 'officer');
    await minds(officer);
    expect(await officer.taps('Жөнөтүү')).toEqual([
      'WhatsApp аркылуу айрымдарга убагында жетпей калат: 1 күн калганда, 2 саат калганда.\nОшентсе да жөнөтөлүбү? [Жөнөтүү|Жок]',
    ]);
    expect(latinWords(officer)).toEqual([]);
    await officer.taps('Жок');
  });

  it('is in time with the reminders once its number has been in use for long enough', async () => {
    const dir = join(stage.world.database.dataDir, 'whatsapp');
    mkdirSync(dir);
    new StatusFile(dir, silentLog).set({ linkedAt: stage.world.talk.clock.now() });
    const officer = await stage.member('en-later', 'officer', 'en');
    expect(await minds(officer)).toEqual(['Please note:', expect.stringMatching(/^• On WhatsApp it takes until/)]);
    rmSync(dir, { recursive: true });
  });
});
