import type { Context } from '../core/context.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import type { Dialog, Flow, Input } from '../dialog/types.ts';
import { HearingNotFoundError, HearingRefusedError } from '../hearings/errors.ts';
import { type HearingAct, readAboutHearing } from '../hearings/hearing-buttons.ts';
import { phaseOf } from '../hearings/rules.ts';
import { setIntent } from '../hearings/set-intent.ts';
import { type Given, together } from './beside.ts';
import { findHearing, findHearings } from './find-hearings.ts';
import { askQuestion } from './hearing-question.ts';
import { fileOf, frameOf, sayFile } from './hearing-view.ts';
import { homesOf } from './hearings.ts';
import { asResident, type Kit, type Opened } from './kit.ts';
import { askLanguage } from './language.ts';
import type { MenuReason } from './menu.ts';
import type { Words } from './proposal-draft.ts';
import { register } from './register.ts';

/** One tap on a notice, or the word for it: to come, not to come, the draft, a question. */
export const hearing: Flow<Kit, Opened> = {
  name: 'hearing',
  version: 1,
  async run(d, kit, { about }) {
    const locale = await askLanguage(d, kit);
    if (locale === null) return;
    const t = translator(locale);
    const wanted = readAboutHearing(about);
    if (wanted === null) return kit.next({ start: 'menu', args: { why: 'old-button-menu' satisfies MenuReason } });
    const id = wanted.hearingId ?? (await onlyComing(d, kit));
    if (id === null) return;
    if (wanted.act === 'draft') return readDraft(d, kit, { t, locale, id });
    return speak(d, kit, { t, locale, id, act: wanted.act });
  },
};

/** The one that a word without a name can mean. Null: there is none, or the person is shown the list. */
async function onlyComing(d: Dialog, kit: Kit): Promise<number | null> {
  const ids = await d.remember('coming', async (ctx) => {
    const found: number[] = [];
    for (const municipalityId of homesOf(kit)) {
      const all = await findHearings(ctx, kit, municipalityId);
      found.push(...all.filter((one) => phaseOf(one, ctx.clock.now()) === 'coming').map(({ id }) => id));
    }
    return found;
  });
  const [only, second] = ids;
  if (only === undefined) kit.next({ start: 'menu', args: { why: 'not-understood' satisfies MenuReason } });
  else if (second !== undefined) kit.next({ start: 'hearings', args: { about: '' } satisfies Opened });
  return second === undefined ? (only ?? null) : null;
}

interface Wanted {
  readonly t: Translate;
  readonly locale: Locale;
  readonly id: number;
  readonly act: Exclude<HearingAct, 'draft'>;
}

async function speak(d: Dialog, kit: Kit, { t, locale, id, act }: Wanted): Promise<void> {
  const given: Given = [{ text: '', media: [], spot: null, messageId: null }];
  const person = await register(d, kit, { locale, guess: null, given });
  if (person === null) return;
  const { residentId } = person;
  if (act !== 'ask') {
    const intent = act === 'come' ? 'coming' : 'not_coming';
    const problem = await d.effect('intent', async (ctx) => {
      if ((await findHearing(ctx, kit, id)) === null) return 'hearing-gone';
      return whyNot(() => setIntent(asResident(ctx, residentId), { residentId, hearingId: id, intent }));
    });
    if (problem !== null) return d.say(t(problem));
  }
  if (act === 'come') await d.say(t('will-come'));
  // what was said beside the questions of a registration is a proposal, not an answer to the next question
  const beside = toInput(together(given));
  if (beside !== null) {
    if (act === 'cannot') await d.say(t('cannot-come-noted'));
    return kit.next({ start: 'propose', args: { opened: true }, input: beside });
  }
  if (act !== 'come') await askQuestion(d, kit, { t, locale, residentId, hearingId: id, cannot: act === 'cannot' });
}

/** Null: it was kept; else what the person is told. */
async function whyNot(
  verb: () => Promise<unknown>,
): Promise<'hearing-gone' | 'hearing-over' | 'hearing-called-off' | null> {
  try {
    await verb();
    return null;
  } catch (error) {
    if (error instanceof HearingNotFoundError) return 'hearing-gone';
    if (!(error instanceof HearingRefusedError)) throw error;
    return error.problem === 'canceled' ? 'hearing-called-off' : 'hearing-over';
  }
}

function toInput({ text, media, messageId }: Words): Input | null {
  const id = messageId === null ? {} : { messageId };
  if (media.length > 0) return { kind: 'media', media, text, ...id };
  return text === '' ? null : { kind: 'text', text, ...id };
}

async function readDraft(
  d: Dialog,
  kit: Kit,
  { t, locale, id }: { t: Translate; locale: Locale; id: number },
): Promise<void> {
  const draft = await d.remember('draft', (ctx) => draftOf(ctx, kit, { id, locale }));
  if (draft === null) return d.say(t('hearing-gone'));
  const { file, url } = draft;
  if (file !== null && file !== 'pending') await sayFile(d, kit, file);
  if (file === 'pending') await d.say(t('hearing-draft-soon'));
  if (url !== null) await d.say(t('hearing-draft-read', { url }));
  if (file === null && url === null) await d.say(t('hearing-draft-none'));
}

async function draftOf(ctx: Context, kit: Kit, { id, locale }: { id: number; locale: Locale }) {
  const found = await findHearing(ctx, kit, id);
  if (found === null) return null;
  return { file: await fileOf(ctx, found, 'draft', frameOf(ctx, kit, locale)), url: found.draftUrl };
}
