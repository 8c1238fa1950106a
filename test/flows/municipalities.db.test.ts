import { desc } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../../src/places/load-catalogue.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { testContext } from '../support/database.ts';
import { aCatalogue } from '../support/given.ts';
import { useTalk } from '../support/talk.ts';

const world = useTalk();
const named = (ky: string) => ({ ky, ru: ky, en: ky });
const bulak = { id: 'ab-bulak', names: named('Булак') };

beforeAll(async () => {
  const catalogue = {
    ...aCatalogue('AB'),
    villages: [{ id: 'ab-jailoo', names: named('Жайлоо') }, bulak],
  };
  await loadCatalogue(testContext(world.database.db), catalogue);
});

describe('two municipalities in one database', () => {
  it('are served by one bot: the village of the resident decides', async () => {
    const person = world.as('ky-bulak');
    await person.says('Бизге жаңы көпүрө керек');
    expect(await person.taps('Кыргызча')).toEqual([
      'Кайсы айылдансыз? [Мантыш (Кара-Суу)|Кызыл-Дөбө (Кара-Суу)|Кара-Мойнок (Кара-Суу)|Орток (Кара-Суу)|Ак-Талаа (Кара-Суу)|Жайлоо (AB ky)|Булак (AB ky)]',
    ]);
    expect(await person.says('булак')).toEqual(['short ky [Макулмун|Толук окуу|Жок]']);
    expect(await person.taps('Макулмун')).toEqual([expect.stringMatching(/Айыл: Булак\n/)]);
    expect(await person.taps('Айылды өзгөртүү')).toEqual(['Сунуш кайсы айыл жөнүндө? [Жайлоо]']);
    await person.taps('Жайлоо');
    expect((await person.taps('Жөнөтүү'))[0]).toContain('Номери: AB-2026-0001.');
    const { db } = world.database;
    const places = await loadPlaces(db);
    const [stored] = await db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
    expect(stored).toMatchObject({ villageId: 'ab-jailoo', municipalityId: places.municipalityByCode('AB')?.id });
  });

  it('greet with no name before it is known whose the person is', async () => {
    const stranger = world.as('ky-stranger');
    await stranger.says('салам');
    expect(await stranger.taps('Кыргызча')).toEqual([
      'Саламатсызбы! Бул — айыл аймактарынын сунуш боту. Айылыңызга эмне керек экенин ушул жерге жазыңыз.',
    ]);
    const linked = world.as('ky-linked');
    await linked.says('/start ortok');
    expect(await linked.taps('Кыргызча')).toEqual([expect.stringContaining('Кара-Суу айыл аймагынын сунуш боту')]);
  });

  it('number their proposals each on its own', async () => {
    const person = world.as('ky-mantysh');
    await person.says('Мантышта көчөдө жарык жок');
    await person.taps('Кыргызча');
    await person.taps('Макулмун');
    expect((await person.taps('Жөнөтүү'))[0]).toContain('Номери: KS-2026-0001.');
  });

  it('change with the village of the resident', async () => {
    const person = world.as('ky-bulak');
    await person.says('айыл');
    expect(await person.says('Орток')).toEqual(['Болду. Айылыңыз: Орток.']);
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    expect(await person.says('1')).toEqual([expect.stringContaining('Номери: KS-2026-0002.')]);
  });
});

describe('a catalogue that changes in the middle of a talk', () => {
  it('is no end of a draft of a village that is retired', async () => {
    const person = world.as('ky-jailoo');
    await person.says('Бизге жаңы көпүрө керек');
    await person.taps('Кыргызча');
    await person.says('жайлоо');
    await person.taps('Макулмун');
    await loadCatalogue(testContext(world.database.db), { ...aCatalogue('AB'), villages: [bulak] });
    expect((await person.taps('Жөнөтүү'))[0]).toMatch(/Номери: AB-2026-\d{4}\./);
  });

  it('asks for the sector where the village has moved to a municipality that does not know it', async () => {
    const person = world.as('ky-mantysh');
    await person.says('айыл');
    await person.says('Ак-Талаа');
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    const moved = { id: 'ak-talaa', movedFrom: 'KS', names: named('Ак-Талаа') };
    await loadCatalogue(testContext(world.database.db), { ...aCatalogue('AB'), villages: [bulak, moved] });
    await vi.waitUntil(
      async () => (await world.talk.app.places.read(world.database.db)).village('ak-talaa')?.municipalityId === 2,
      {
        timeout: 60_000,
        interval: 100,
      },
    );
    expect(await person.taps('Жөнөтүү')).toEqual([
      'Мындай багыт тизмеде жок. Төмөнкүдөн тандаңыз.',
      'Сунуш эмне жөнүндө? Багытын тандаңыз. [roads ky|water ky|other ky]',
    ]);
    await person.taps('other ky');
    expect((await person.taps('Жөнөтүү'))[0]).toMatch(/Номери: AB-2026-\d{4}\./);
  });
});
