import { type ChangeAnnouncementInput, changeAnnouncement } from '../../announcements/change-announcement.ts';
import { changeDraftHearing } from '../../announcements/draft-hearing.ts';
import { MAX_TEXT_LENGTH, MOST_FILES } from '../../announcements/input.ts';
import { getAnnouncement, listFiles } from '../../announcements/queries.ts';
import type { Approval } from '../../announcements/tables.ts';
import type { Context } from '../../core/context.ts';
import type { ChangeHearingInput } from '../../hearings/change-hearing.ts';
import { getHearing } from '../../hearings/queries.ts';
import { MAX_AGENDA_LENGTH, MAX_TOPIC_LENGTH } from '../../hearings/rules.ts';
import {
  askDraft,
  askFiles,
  askHearingKind,
  askLine,
  askOptionalLine,
  askVillage,
  changeTexts,
} from './announce-ask.ts';
import { askAudience } from './announce-audience.ts';
import type { ShownCard } from './announce-card.ts';
import { act, type Desk, look } from './announce-desk.ts';
import { askLadder } from './announce-ladder.ts';
import { askApprovedOn, askBody, askPlan, askStart } from './announce-new.ts';
import { askWhenOr } from './announce-when.ts';

const OF_HEARING = ['topic', 'start', 'where', 'agenda', 'draft', 'until', 'contact', 'convener', 'sort'] as const;
const OF_APPROVAL = ['plan', 'body', 'approved-on', 'number', 'approval-file', 'taken'] as const;
const OF_ALL = ['text', 'files', 'audience', 'ladder', 'at'] as const;
type Field = (typeof OF_HEARING)[number] | (typeof OF_APPROVAL)[number] | (typeof OF_ALL)[number];

/** What changes, of the announcement itself or of its hearing. */
interface Changes {
  readonly announcement?: ChangeAnnouncementInput['changes'];
  readonly hearing?: ChangeHearingInput['changes'];
}

/** One question, one change; the card is shown anew afterwards. */
export async function changeCard(desk: Desk, shown: ShownCard): Promise<void> {
  const { d, t } = desk;
  const fields: readonly Field[] = [
    ...(shown.kind === 'hearing' ? OF_HEARING : shown.kind === 'plan_approval' ? OF_APPROVAL : []),
    ...OF_ALL.filter((field) => field !== 'ladder' || shown.kind === 'hearing'),
  ];
  const options = fields.map((id) => ({ id, label: t(`btn-announce-${id}`) }));
  const chosen = await d.choose('field', t('card-no'), [...options, { id: 'card', label: t('btn-to-card') }]);
  const field = fields.find((one) => one === chosen);
  const now = field === undefined ? null : await look(desk, 'now-written', (ctx) => readNow(ctx, shown.id));
  if (field === undefined || now === null) return;
  await applyChanges(desk, shown, await ASKED[field](desk, now));
}

/** Files that were sent while the card was open are meant for it. */
export async function addToCard(desk: Desk, shown: ShownCard, mediaIds: readonly number[]): Promise<void> {
  const now = await look(desk, 'files-now', (ctx) => readNow(ctx, shown.id));
  if (now === null) return;
  const all = [...now.mediaIds, ...mediaIds];
  if (all.length > MOST_FILES) return desk.d.say(desk.t('files-full', { max: MOST_FILES }));
  await applyChanges(desk, shown, { announcement: { mediaIds: all } });
}

async function applyChanges(desk: Desk, shown: ShownCard, { announcement, hearing }: Changes): Promise<void> {
  const { id: announcementId, revision, hearingRevision } = shown;
  if (hearing !== undefined) {
    await act(desk, 'change', (ctx) =>
      changeDraftHearing(ctx, { announcementId, revision, hearingRevision, changes: hearing }),
    );
  } else if (announcement !== undefined && Object.keys(announcement).length > 0) {
    await act(desk, 'change', async (ctx) => {
      await changeAnnouncement(ctx, { announcementId, revision, changes: announcement });
    });
  }
}

/** What stands in it now, as far as a question needs it. */
type Now = Awaited<ReturnType<typeof readNow>>;

async function readNow(ctx: Context, announcementId: number) {
  const db = ctx.tx ?? ctx.db;
  const announcement = await getAnnouncement(db, announcementId);
  const { texts, approval, audience, ladder, hearingId } = announcement;
  const hearing = hearingId === null ? null : await getHearing(db, hearingId);
  const files = await listFiles(db, announcement);
  return {
    ...{ texts, approval, audience, ladder },
    mediaIds: files.map(({ id }) => id).filter((id) => id !== approval?.mediaId),
    topic: hearing?.topic ?? null,
    agenda: hearing?.agenda ?? null,
    startsMs: hearing?.startsAt.getTime() ?? null,
    has: {
      convener: hearing?.convener != null,
      contact: hearing?.contact != null,
      draft: hearing?.draftUrl != null || hearing?.draftMediaId != null,
    },
  };
}

const ASKED: Readonly<Record<Field, (desk: Desk, now: Now) => Promise<Changes>>> = {
  async topic(desk, { topic }) {
    const texts = await changeTexts(desk, topic, { most: MAX_TOPIC_LENGTH, needed: true });
    return texts === null ? {} : { hearing: { topic: texts } };
  },
  async start(desk) {
    return { hearing: { startsAt: await askStart(desk) } };
  },
  async where(desk) {
    const villageId = await askVillage(desk);
    return { hearing: { villageId, building: await askLine(desk, desk.t('announce-ask-building')) } };
  },
  async agenda(desk, { agenda }) {
    return { hearing: { agenda: await changeTexts(desk, agenda, { most: MAX_AGENDA_LENGTH, needed: false }) } };
  },
  async draft(desk, { has }) {
    const draft = await askDraft(desk, has.draft);
    const draftMediaId = draft !== null && 'mediaId' in draft ? draft.mediaId : null;
    const draftUrl = draft !== null && 'url' in draft ? draft.url : null;
    return { hearing: { draftMediaId, draftUrl } };
  },
  async until(desk, { startsMs }) {
    const { t } = desk;
    const besides = [{ id: 'until-start', label: t('btn-announce-until-start') }];
    const question = {
      prompt: t('announce-ask-until'),
      days: () => [],
      refuse: (at: Date) => (startsMs !== null && at.getTime() > startsMs ? t('announce-until-wrong') : null),
    };
    const until = await askWhenOr(desk, question, besides);
    return { hearing: { proposalsUntil: typeof until === 'string' ? null : until } };
  },
  async contact(desk, { has }) {
    return { hearing: { contact: await askOptionalLine(desk, desk.t('announce-ask-contact'), has.contact) } };
  },
  async convener(desk, { has }) {
    return { hearing: { convener: await askOptionalLine(desk, desk.t('announce-ask-convener'), has.convener) } };
  },
  async sort(desk) {
    return { hearing: { kind: await askHearingKind(desk) } };
  },
  async plan(desk, { approval }) {
    return approved(approval, { plan: await askPlan(desk) });
  },
  async body(desk, { approval }) {
    return approved(approval, { body: await askBody(desk) });
  },
  async 'approved-on'(desk, { approval }) {
    return approved(approval, { date: await askApprovedOn(desk) });
  },
  async number(desk, { approval }) {
    return approved(approval, { number: await askLine(desk, desk.t('plan-ask-document'), 40) });
  },
  async 'approval-file'(desk, { approval }) {
    const [file] = await askFiles(desk, 1);
    return approved(approval, { mediaId: file?.id ?? null });
  },
  async taken(desk, { approval }) {
    const takenIn = await changeTexts(desk, approval?.takenIn ?? null, { most: MAX_AGENDA_LENGTH, needed: false });
    return approved(approval, { takenIn });
  },
  async text(desk, { texts, topic, approval }) {
    const needed = topic === null && approval === null;
    return { announcement: { texts: await changeTexts(desk, texts, { most: MAX_TEXT_LENGTH, needed }) } };
  },
  async files(desk, { mediaIds }) {
    const { d, t } = desk;
    const clear = [
      { id: 'add', label: t('btn-announce-add-files') },
      { id: 'clear', label: t('btn-announce-clear-files') },
    ];
    const what = mediaIds.length === 0 ? 'add' : await d.choose('what-files', t('card-no'), clear);
    if (what === 'clear') return { announcement: { mediaIds: [] } };
    if (mediaIds.length >= MOST_FILES) {
      await d.say(t('files-full', { max: MOST_FILES }));
      return {};
    }
    const files = await askFiles(desk, MOST_FILES - mediaIds.length);
    return { announcement: { mediaIds: [...mediaIds, ...files.map(({ id }) => id)].slice(0, MOST_FILES) } };
  },
  async audience(desk, { audience }) {
    const { villages, languages, channels, groups } = await askAudience(desk, audience);
    const changed = {
      villages: [...villages],
      languages: [...languages],
      channels: [...channels],
      groups: [...groups],
    };
    return { announcement: { audience: changed } };
  },
  async ladder(desk, { ladder }) {
    return { announcement: { ladder: await askLadder(desk, ladder) } };
  },
  async at(desk, { startsMs }) {
    const { t } = desk;
    const question = {
      prompt: t('announce-ask-at'),
      days: () => [],
      refuse: (at: Date) => (startsMs !== null && at.getTime() >= startsMs ? t('announce-at-late') : null),
    };
    const at = await askWhenOr(desk, question, [{ id: 'at-once', label: t('btn-announce-at-once') }]);
    return { announcement: { at: typeof at === 'string' ? null : at } };
  },
};

function approved(before: Approval | null, changes: Partial<Approval>): Changes {
  return before === null ? {} : { announcement: { approval: { ...before, ...changes } } };
}
