import type { Audience } from '../../announcements/tables.ts';
import { closeTo } from '../../core/folding.ts';
import { LOCALES } from '../../core/texts.ts';
import type { Input, Option, Parsed } from '../../dialog/types.ts';
import { CHANNEL_NAMES, type ChannelName } from '../../messaging/contract.ts';
import { listGroups } from '../../residents/groups.ts';
import { villageOptions } from '../kit.ts';
import { type Desk, look } from './announce-desk.ts';

const PARTS = ['villages', 'languages', 'channels', 'groups'] as const;
type Part = (typeof PARTS)[number];

/** The rule that chooses the people, changed in one of its parts, or put back to everybody. */
export async function askAudience(desk: Desk, audience: Audience): Promise<Audience> {
  const { d, t } = desk;
  const options = [
    ...PARTS.map((id) => ({ id, label: t(`btn-announce-${id}`) })),
    { id: 'everybody', label: t('btn-announce-everybody') },
  ];
  const chosen = await d.choose('part', t('announce-ask-audience'), options);
  const part = PARTS.find((one) => one === chosen);
  if (part === undefined) return { villages: [], languages: [], channels: [], groups: [] };
  return { ...audience, ...(await ASKED[part](desk, audience)) };
}

const ASKED: Readonly<Record<Part, (desk: Desk, audience: Audience) => Promise<Partial<Audience>>>> = {
  async villages(desk, { villages }) {
    const { d, t, kit, locale, municipality } = desk;
    const options = await d.remember('villages', () => villageOptions(kit.places, locale, municipality.villages, []));
    const all = t('btn-announce-all-villages');
    return { villages: await pickSeveral(desk, { prompt: t('announce-ask-villages'), options, all }, villages) };
  },
  async languages(desk, { languages }) {
    const { t } = desk;
    const options = LOCALES.map((id) => ({ id, label: t(`language-${id}`) }));
    const all = t('btn-announce-all-languages');
    const picked = await pickSeveral(desk, { prompt: t('announce-ask-languages'), options, all }, languages);
    return { languages: LOCALES.filter((one) => picked.includes(one)) };
  },
  async channels(desk, { channels }) {
    const { t } = desk;
    const options = CHANNEL_NAMES.map((id) => ({ id, label: t(`channel-${id}`) }));
    const all = t('btn-announce-all-channels');
    const picked = await pickSeveral(desk, { prompt: t('announce-ask-channels'), options, all }, channels);
    return { channels: CHANNEL_NAMES.filter((one) => picked.includes(one)) };
  },
  async groups(desk, { groups }) {
    const { d, t, office, municipality } = desk;
    const known = await look(desk, 'groups', (ctx) => readGroups(desk, ctx.tx ?? ctx.db, office.municipalityId));
    if (known === null || known.length === 0) {
      await d.say(t('announce-no-groups'));
      return {};
    }
    // the address of a group does not fit a button
    const options = known.map(({ label }, index) => ({ id: `g${index}`, label }));
    const chosen = known.flatMap(({ address }, index) => (groups.includes(address) ? [`g${index}`] : []));
    const all = t(municipality.settings.preferGroups ? 'btn-announce-own-groups' : 'btn-announce-no-groups');
    const picked = await pickSeveral(desk, { prompt: t('announce-ask-groups'), options, all }, chosen);
    return { groups: known.flatMap(({ address }, index) => (picked.includes(`g${index}`) ? [address] : [])) };
  },
};

async function readGroups(
  { t, kit, locale }: Desk,
  db: Parameters<typeof listGroups>[0],
  municipalityId: number,
): Promise<{ address: string; label: string }[]> {
  return (await listGroups(db, municipalityId)).map(({ address, title, villageId }) => {
    const channel: ChannelName = address.channel;
    const village = kit.places.village(villageId)?.names[locale] ?? villageId;
    const named = title === '' ? t(`channel-${channel}`) : title;
    return { address: `${channel}:${address.id}`, label: `${named} (${village})` };
  });
}

/** Several of a list, tapped on and off or typed with commas; `all` takes none in particular. */
async function pickSeveral(
  { d, t }: Desk,
  { prompt, options, all }: { prompt: string; options: readonly Option[]; all: string },
  chosen: readonly string[],
): Promise<string[]> {
  for (let picked = [...chosen]; ; ) {
    const shown = options.map((one) => (picked.includes(one.id) ? { ...one, label: `✓ ${one.label}` } : one));
    const buttons = [...shown, { id: 'all', label: all }, ...(picked.length > 0 ? [done(t)] : [])];
    const answer = await d.choose<{ ids: string[] }>('several', prompt, buttons, {
      other: (input) => readSeveral(input, options),
    });
    if (answer === 'all') return [];
    if (answer === 'done') return picked;
    if (typeof answer !== 'string') return answer.ids;
    picked = picked.includes(answer) ? picked.filter((one) => one !== answer) : [...picked, answer];
  }
}

function done(t: Desk['t']): Option {
  return { id: 'done', label: t('btn-done'), spellings: ['болду', 'готово', 'done'] };
}

function readSeveral(input: Input, options: readonly Option[]): Parsed<{ ids: string[] }> {
  const names = input.kind === 'text' ? input.text.split(/[,;\n]/).filter((name) => name.trim() !== '') : [];
  const ids = names.map((name) => {
    return options.find(({ label, spellings = [] }) => [label, ...spellings].some((one) => closeTo(one, name)))?.id;
  });
  return ids.length > 0 && ids.every((id) => id !== undefined)
    ? { value: { ids: [...new Set(ids.flatMap((id) => id ?? []))] } }
    : { refuse: null };
}
