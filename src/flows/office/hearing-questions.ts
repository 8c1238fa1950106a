import { extname, join } from 'node:path';
import type { Context } from '../../core/context.ts';
import { formatDate } from '../../core/dates.ts';
import { bold, type Text } from '../../core/text.ts';
import { translator } from '../../core/texts.ts';
import type { Option } from '../../dialog/types.ts';
import { answerHearingQuestion, hearingAnswer, MAX_ANSWER_LENGTH } from '../../hearings/answer-hearing-question.ts';
import { getHearing } from '../../hearings/queries.ts';
import { countOpenQuestions, type HearingQuestion, listOpenQuestions } from '../../hearings/question-queries.ts';
import { isNeed } from '../kit.ts';
import { OWN_WORDS, ownWords } from './free-words.ts';
import { attempt, type HearingDesk } from './hearing-room.ts';

/** Questions to a hearing one by one, the oldest first, each answered or passed over. */
export async function answerQuestions(desk: HearingDesk): Promise<'hearing'> {
  const { d, t, hearing } = desk;
  let after = 0;
  for (;;) {
    const shown = await d.remember('question', (ctx) => next(ctx, hearing.id, after));
    if (shown === null) {
      await d.say(t('hearing-questions-none'));
      return 'hearing';
    }
    const { question, count } = shown;
    await sayFiles(desk, question);
    const options: Option[] = [
      { id: 'answer', label: t('btn-answer') },
      ...(count > 1 ? [{ id: 'next', label: t('btn-next') }] : []),
      { id: 'hearing', label: t('btn-to-hearing') },
    ];
    const parse = ownWords(t, MAX_ANSWER_LENGTH);
    const chosen = await d.choose<{ readonly typed: string }>(
      'question',
      questionText(desk, question, count),
      options,
      {
        compact: true,
        // words below a question are its answer, which is shown before it goes
        other: (input) => {
          const read = parse(input);
          if ('refuse' in read) return read;
          return isNeed(read.value) ? { value: { typed: read.value } } : { refuse: null };
        },
      },
    );
    if (chosen === 'hearing') return 'hearing';
    if (chosen !== 'next') await answer(desk, question, typeof chosen === 'string' ? null : chosen.typed);
    after = question.id;
  }
}

/** The next one that waits, and how many do; from the first one again after the last. */
async function next(ctx: Context, hearingId: number, after: number) {
  const db = ctx.tx ?? ctx.db;
  const [later] = await listOpenQuestions(db, hearingId, { after, limit: 1 });
  const question = later ?? (await listOpenQuestions(db, hearingId, { limit: 1 }))[0];
  if (question === undefined) return null;
  return { question, count: await countOpenQuestions(db, hearingId) };
}

function questionText({ t, kit, locale, municipality }: HearingDesk, question: HearingQuestion, count: number): Text {
  const { villageId, askedAt, text, files, unheard } = question;
  const village = villageId === null ? t('stats-unsaid') : (kit.places.village(villageId)?.names[locale] ?? villageId);
  const date = formatDate(new Date(askedAt), locale, municipality.timeZone, 'short');
  const heard = files.some(({ kind }) => kind === 'voice' || kind === 'audio' || kind === 'video');
  const lines = [
    t('hearing-question-item', { village, date }),
    text === '' ? t(heard ? 'card-voice' : 'card-no-text') : t('card-text', { text }),
    ...(files.length === 0 ? [] : [t('card-files', { count: files.length })]),
    ...(files.some(({ state }) => state === 'pending') ? [t('hearing-question-pending')] : []),
    ...(files.some(({ state }) => state === 'gone') ? [t('hearing-question-gone')] : []),
    ...(unheard === null ? [] : [t(`hearing-unheard-${unheard}`)]),
  ];
  return [bold(t('hearing-open-questions', { count })), `\n${lines.join('\n')}`];
}

async function sayFiles({ d, kit, t }: HearingDesk, { files }: HearingQuestion): Promise<void> {
  for (const [at, { path, mime }] of files.entries()) {
    if (path === null) continue;
    const caption = t('hearing-question-file', { n: at + 1, count: files.length });
    const name = `${t('hearing-file-question')} ${at + 1}${extname(path)}`;
    await d.say(caption, { file: { path: join(kit.mediaDir, path), name, mime: mime ?? 'application/octet-stream' } });
  }
}

async function answer(desk: HearingDesk, question: HearingQuestion, typed: string | null): Promise<void> {
  const { d, t, municipality } = desk;
  const words = typed ?? (await d.ask(OWN_WORDS, t('hearing-ask-answer'), { parse: ownWords(t, MAX_ANSWER_LENGTH) }));
  const { language, text, hearingId } = question;
  const preview = await d.remember('preview', async (ctx) => {
    const { kind, startsAt } = await getHearing(ctx.tx ?? ctx.db, hearingId);
    const { timeZone } = municipality;
    return hearingAnswer(translator(language), language, { kind, startsAt, timeZone, text, answer: words });
  });
  const head =
    question.unheard === null
      ? t('hearing-preview', { language: t(`language-${language}`) })
      : t('hearing-answer-nobody');
  const prompt = [head, preview, t('inbox-preview-own')].join('\n\n');
  if (!(await d.confirm('send', prompt, { yes: t('btn-send'), no: t('btn-no') }))) {
    await d.say(t('inbox-kept'));
    return;
  }
  const tried = await attempt(desk, 'answer', (ctx) =>
    answerHearingQuestion(ctx, { questionId: question.id, answer: words }),
  );
  if ('problem' in tried) await d.say(t('hearing-answered-before'));
  else await d.say(t(tried.value.told ? 'hearing-answered' : 'hearing-answer-kept'));
}
