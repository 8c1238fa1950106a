import { linkGroup, unlinkGroup } from '../announcements/link-group.ts';
import { DEFAULT_LOCALE } from '../core/texts.ts';
import type { Dialog, Flow, Option } from '../dialog/types.ts';
import { addressOf } from '../messaging/dialog-key.ts';
import { findGroup, type Group, listGroups } from '../residents/groups.ts';
import { hasRight, type Right } from '../staff/rights.ts';
import { hashtagOf, tagOf } from './from-group.ts';
import { asStaff, isElsewhere, type Kit, orElsewhere, textsOf, villageOptions } from './kit.ts';
import { enterOffice, entranceOf, type Office } from './office/office.ts';
import { villageName } from './settings.ts';

export const LINK_RIGHT: Right = 'groups.link';

/** What the officer writes in a group or a channel. */
const COMMAND = '/link';
/** A question in a group that nobody answers is forgotten after it. */
const DAY_MS = 24 * 60 * 60 * 1000;

export interface LinkArgs {
  /** Of the group in which it is asked: what it is called there. Absent: the officer asks alone. */
  readonly group?: string;
  /** The village that was named with it. */
  readonly villageId?: string | null;
  /** It is a channel, where nobody proposes anything. */
  readonly readOnly?: true;
}

/** Groups and channels that announcements for a village go to. In one: links it. Alone: lists them all. */
export const link: Flow<Kit, LinkArgs> = {
  name: 'link',
  version: 1,
  async run(d, kit, { group, villageId, readOnly }) {
    if (group === undefined) await manage(d, kit);
    else await linkHere(d, kit, { title: group, named: villageId ?? null, takesProposals: readOnly !== true });
  },
};

async function linkHere(
  d: Dialog,
  kit: Kit,
  { title, named, takesProposals }: { title: string; named: string | null; takesProposals: boolean },
): Promise<void> {
  const t = textsOf(kit);
  const address = addressOf(kit.key);
  const linked = await d.remember(
    'linked',
    async (ctx) => (await findGroup(ctx.tx ?? ctx.db, address))?.villageId ?? null,
  );
  const office = await officeOf(d, kit, linked ?? named);
  if (office === null) return;
  const as = { timeoutMs: DAY_MS };
  if (linked !== null && named === null) {
    const acts = [
      { id: 'change', label: t('btn-group-change') },
      { id: 'unlink', label: t('btn-group-unlink') },
    ];
    const act = await d.choose('linked', linkedTo(kit, office, linked, 'group-is-linked'), acts, as);
    if (act === 'unlink') {
      const group = title === '' ? t('groups-no-title') : title;
      if (!(await isSure(d, kit, group))) return d.say(t('group-unchanged'));
      await d.effect('unlink', (ctx) => unlinkGroup(asStaff(ctx, office.staffId), { address }));
      return d.say(t('group-unlinked'));
    }
  }
  const villageId = named ?? (await askVillage(d, kit, office));
  if (villageId === null) return d.say(t('group-unchanged'));
  await d.effect('link', (ctx) => linkGroup(asStaff(ctx, office.staffId), { address, villageId, title }));
  const done = linkedTo(kit, office, villageId, 'group-linked');
  return d.say([done, takesProposals ? whatIsRead(kit) : t('group-keeps-nothing')].join('\n\n'));
}

/** What comes to the group: by itself only where the municipality prefers groups. */
function linkedTo(kit: Kit, office: Office, villageId: string, itself: 'group-linked' | 'group-is-linked'): string {
  const { preferGroups } = kit.places.municipality(office.municipalityId).settings;
  return textsOf(kit)(preferGroups ? itself : 'group-linked-by-choice', { village: nameOf(kit, villageId) });
}

/** How to propose something in the group, and what the bot reads of it: a platform may show it commands only. */
function whatIsRead(kit: Kit): string {
  const t = textsOf(kit);
  const [tag, hashtag] = [tagOf(kit), hashtagOf(kit)];
  const read =
    tag === hashtag
      ? [t('group-reads', { tag })]
      : [t('group-reads-both', { tag, hashtag }), t('group-hashtag-hidden', { hashtag })];
  return [t('group-write-here', { tag }), ...read].join('\n');
}

/** The office of the village, where the person may link groups of it; else as always. */
async function officeOf(d: Dialog, kit: Kit, villageId: string | null): Promise<Office | null> {
  const own = await d.remember('own-office', () => {
    const municipalityId = villageId === null ? null : kit.places.municipalityOf(villageId)?.id;
    const able = kit.staff.find((one) => one.municipalityId === municipalityId && hasRight(one.role, LINK_RIGHT));
    return able === undefined ? null : { staffId: able.staffId, municipalityId: able.municipalityId };
  });
  return own === null ? enterOffice(d, kit, LINK_RIGHT) : entranceOf(kit, LINK_RIGHT)(own);
}

/** Null: it is left as it is. */
async function askVillage(d: Dialog, kit: Kit, { municipalityId }: Office): Promise<string | null> {
  const t = textsOf(kit);
  const { villages } = kit.places.municipality(municipalityId);
  const options = [
    ...villageOptions(kit.places, kit.locale ?? DEFAULT_LOCALE, villages, []),
    { id: '-', label: t('btn-cancel') },
  ];
  const chosen = await d.choose('village', t('group-ask-village'), options, { timeoutMs: DAY_MS });
  return chosen === '-' ? null : chosen;
}

async function manage(d: Dialog, kit: Kit): Promise<void> {
  const office = await enterOffice(d, kit, LINK_RIGHT);
  if (office === null) return;
  const t = textsOf(kit);
  for (;;) {
    const groups = await d.remember('groups', async (ctx) => {
      const all = await listGroups(ctx.tx ?? ctx.db, office.municipalityId);
      return all.map(({ id, address, ...group }) => ({ id: `g${id}`, address, label: describe(kit, group) }));
    });
    const how = howTo(kit);
    if (groups.length === 0) return d.say([t('groups-none'), ...how].join('\n\n'));
    const options: Option[] = groups.map(({ id, label }) => ({ id, label }));
    const prompt = [t('groups-list', { count: groups.length }), ...how, t('groups-which')].join('\n\n');
    const chosen = await d.choose('which', prompt, options, orElsewhere);
    if (isElsewhere(chosen)) return kit.next({ again: true });
    const group = groups.find(({ id }) => id === chosen);
    if (group !== undefined) await unlink(d, kit, office, group);
  }
}

async function unlink(
  d: Dialog,
  kit: Kit,
  { staffId }: Office,
  { address, label }: { address: Group['address']; label: string },
): Promise<void> {
  const t = textsOf(kit);
  if (!(await isSure(d, kit, label))) return;
  await d.effect('unlink', (ctx) => unlinkGroup(asStaff(ctx, staffId), { address }));
  await d.say(t('groups-unlinked', { group: label }));
}

/** Whether the group is to be taken off the list: nobody sees later that it is missing there. */
function isSure(d: Dialog, kit: Kit, group: string): Promise<boolean> {
  const t = textsOf(kit);
  const labels = { yes: t('btn-group-unlink'), no: t('btn-staff-keep') };
  return d.confirm('sure', t('groups-unlink-ask', { group }), labels);
}

function describe(kit: Kit, { title, villageId, unreachable }: Pick<Group, 'title' | 'villageId' | 'unreachable'>) {
  const t = textsOf(kit);
  const named = { title: title === '' ? t('groups-no-title') : title, village: nameOf(kit, villageId) };
  return unreachable === null ? t('groups-line', named) : t('groups-line-lost', named);
}

function howTo(kit: Kit): string[] {
  const t = textsOf(kit);
  const command = COMMAND;
  const added = kit.groupLink();
  const inGroup = t('groups-how', { command });
  // WhatsApp's channels take no bots
  if (added === null && kit.key.channel === 'whatsapp') return [inGroup];
  return [added === null ? inGroup : `${inGroup}\n${added}`, t('groups-how-channel', { command })];
}

function nameOf(kit: Kit, villageId: string): string {
  return villageName(kit, villageId, kit.locale ?? DEFAULT_LOCALE);
}
