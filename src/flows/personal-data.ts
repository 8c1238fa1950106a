import { formatDate } from '../core/dates.ts';
import { DEFAULT_LOCALE, type Translate } from '../core/texts.ts';
import type { Flow } from '../dialog/types.ts';
import { describeMyData, type MyData } from '../privacy/describe-my-data.ts';
import { forgetResident } from '../privacy/forget-resident.ts';
import { asResident, forgetChat, type Kit, textsOf } from './kit.ts';
import { residentOf, villageName } from './settings.ts';

/** What is kept about the person, in plain words. */
export const myData: Flow<Kit> = {
  name: 'mydata',
  version: 1,
  async run(d, kit) {
    const t = textsOf(kit);
    const residentId = await residentOf(d, kit);
    if (residentId === null) return d.say(t('mydata-none'));
    const text = await d.remember('data', async (ctx) =>
      describe(await describeMyData(ctx.tx ?? ctx.db, residentId), kit, t),
    );
    return d.say(text);
  },
};

function describe(data: MyData, kit: Kit, t: Translate): string {
  const notSaid = t('mydata-not-said');
  const locale = kit.locale ?? DEFAULT_LOCALE;
  const zone = zoneOf(kit, data.villageId);
  return [
    t('mydata-head'),
    ...(data.name === null ? [] : [t('mydata-name', { name: data.name })]),
    ...data.addresses.map(({ channel, id }) => t('mydata-address', { channel: t(`channel-${channel}`), address: id })),
    t('mydata-language', { language: t(`language-${data.language}`) }),
    t('mydata-village', {
      village: data.villageId === null ? notSaid : villageName(kit, data.villageId, locale),
    }),
    t('mydata-sex', {
      sex: data.sex === null ? notSaid : t(`sex-${data.sex}`),
    }),
    t('mydata-age', {
      age: data.ageBand === null ? notSaid : t(data.ageBand === '55+' ? 'age-55' : `age-${data.ageBand}`),
    }),
    ...(data.consentAt === null
      ? []
      : [
          t('mydata-consent', {
            date: formatDate(data.consentAt, locale, zone, 'long'),
          }),
        ]),
    t('mydata-proposals', { count: data.proposalCount }),
    t('mydata-files', { count: data.fileCount }),
    t(data.announcements ? 'mydata-announcements-on' : 'mydata-announcements-off'),
    t(data.answers ? 'mydata-answers-on' : 'mydata-answers-off'),
    t('mydata-hint'),
  ].join('\n');
}

/** Tells what will go and what stays, asks once, then erases the person. */
export const forget: Flow<Kit> = {
  name: 'forget',
  version: 1,
  async run(d, kit) {
    const t = textsOf(kit);
    const residentId = await residentOf(d, kit);
    if (residentId === null) return d.say(t('mydata-none'));
    if (
      !(await d.confirm('sure', t('forget-ask'), {
        yes: t('btn-forget-yes'),
        no: t('btn-forget-no'),
      }))
    ) {
      return d.say(t('forget-kept'));
    }
    const zone = zoneOf(kit, kit.resident?.villageId ?? null);
    const locale = kit.locale ?? DEFAULT_LOCALE;
    const date = await d.effect('forget', async (ctx) => {
      const { goneFromBackupsAt } = await forgetResident(asResident(ctx, residentId), residentId);
      forgetChat(kit.memory);
      return formatDate(goneFromBackupsAt, locale, zone, 'long');
    });
    return d.say(t('forget-done', { date }));
  },
};

function zoneOf(kit: Kit, villageId: string | null): string {
  const own = villageId === null ? null : kit.places.municipalityOf(villageId);
  return (own ?? kit.places.municipalities[0])?.timeZone ?? 'Asia/Bishkek';
}
