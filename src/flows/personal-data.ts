import { formatDate } from '../core/dates.ts';
import { DEFAULT_LOCALE, type Translate } from '../core/texts.ts';
import type { Flow } from '../dialog/types.ts';
import { describeMyData, type MyData } from '../privacy/describe-my-data.ts';
import { forgetResident } from '../privacy/forget-resident.ts';
import { setVulnerable } from '../residents/set-vulnerable.ts';
import { asResident, ELSEWHERE, type Elsewhere, forgetChat, isElsewhere, type Kit, textsOf } from './kit.ts';
import { residentOf, villageName } from './settings.ts';

/** What is kept about the person, in plain words, and one thing that may be added to it or taken back. */
export const myData: Flow<Kit> = {
  name: 'mydata',
  version: 2,
  async run(d, kit) {
    const t = textsOf(kit);
    const residentId = await residentOf(d, kit);
    if (residentId === null) return d.say(t('mydata-none'));
    const { text, marked, draftWaits } = await d.remember('data', async (ctx) => {
      const data = await describeMyData(ctx.tx ?? ctx.db, residentId);
      const draftWaits = kit.memory.suspended !== undefined;
      return { text: describe(data, kit, t), marked: data.vulnerable === true, draftWaits };
    });
    // a draft goes on at once: nothing may stand between it and its last button
    if (draftWaits) return d.say(text);
    const option = { id: 'mark', label: t(marked ? 'btn-support-unmark' : 'btn-support-mark') };
    const prompt = marked ? text : `${text}\n\n${t('vulnerable-ask')}`;
    // nobody has to answer: whatever else is said is read as if it had not been asked
    const chosen = await d.choose<Elsewhere>('mark', prompt, [option], { other: () => ({ value: ELSEWHERE }) });
    if (isElsewhere(chosen)) return kit.next({ again: true });
    await d.effect('mark', (ctx) =>
      setVulnerable(asResident(ctx, residentId), { residentId, vulnerable: marked ? null : true }),
    );
    return d.say(t(marked ? 'vulnerable-off' : 'vulnerable-on'));
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
    ...(data.noticesTo === null
      ? []
      : [t('mydata-notices', { channel: t(`channel-${data.noticesTo.channel}`), address: data.noticesTo.id })]),
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
    ...(data.vulnerable === true ? [t('mydata-vulnerable')] : []),
    ...data.roles.map(({ role, name }) =>
      t('mydata-staff', { role: t(`role-${role}`), name: name ?? t('staff-no-name') }),
    ),
    ...(data.consentAt === null
      ? []
      : [
          t('mydata-consent', {
            date: formatDate(data.consentAt, locale, zone, 'long'),
          }),
        ]),
    t('mydata-proposals', { count: data.proposalCount }),
    ...(data.supportCount > 0 ? [t('mydata-supports', { count: data.supportCount })] : []),
    ...(data.intentCount > 0 ? [t('mydata-intents', { count: data.intentCount })] : []),
    ...(data.hearingQuestionCount > 0 ? [t('mydata-questions', { count: data.hearingQuestionCount })] : []),
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
