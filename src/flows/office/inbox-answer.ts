import { translator } from '../../core/texts.ts';
import type { Option } from '../../dialog/types.ts';
import { answerProposal, MAX_ANSWER_LENGTH } from '../../proposals/answer-proposal.ts';
import { ANSWERED_STATUSES, type AnsweredStatus, listTemplates } from '../../proposals/answer-templates.ts';
import { type AnswerTexts, inEachLanguage } from '../../proposals/answer-texts.ts';
import { askAuthor, MAX_QUESTION_LENGTH } from '../../proposals/ask-author.ts';
import { changeStatus } from '../../proposals/change-status.ts';
import { type ProposalStatus, staffSteps } from '../../proposals/rules.ts';
import { authorNews, type News } from '../../proposals/tell-people.ts';
import { attempt, type Desk, isTold, sayOutcome, shownCard } from './desk.ts';
import { beginning, OWN_WORDS, ownWords } from './free-words.ts';
import { askMoney } from './money.ts';

/** What is to be said in public: a sentence of the office in all languages, or words that go as they are. */
interface Answer {
  readonly texts: AnswerTexts;
  readonly own: boolean;
}

/** Answers the card; its status stays. `typed` are words that were written while the card was open. */
export async function answerCard(desk: Desk, typed: string | null = null): Promise<void> {
  const { card, d, t } = desk;
  const answer = typed === null ? await chooseAnswer(desk, null) : asTheyAre(typed);
  const news = {
    number: card.number,
    to: null,
    money: null,
    answer: answer === 'back' ? null : (answer?.texts ?? null),
  };
  if (answer === 'back' || answer === null || !(await confirmNews(desk, news, answer.own))) {
    await d.say(t('inbox-kept'));
    return;
  }
  const { texts } = answer;
  const outcome = await attempt(desk, 'answer', (ctx) => answerProposal(ctx, { ...shownCard(desk), answer: texts }));
  await sayOutcome(desk, outcome, t(isTold(desk) ? 'inbox-answered' : 'inbox-kept-answer'));
}

/** Takes the card a step further, with an answer or without one. */
export async function decideCard(desk: Desk): Promise<void> {
  const { card, d, t } = desk;
  const steps = staffSteps(card.status).map((id) => ({ id, label: t(`status-${id}`) }));
  const back = { id: 'back', label: t('btn-to-card') };
  const chosen = await d.choose('status', t('inbox-ask-status'), [...steps, back]);
  const to = steps.find(({ id }) => id === chosen)?.id;
  if (to === undefined) return;
  const money = to === 'funded' ? await askMoney(d, t) : null;
  const answer = await chooseAnswer(desk, to);
  const texts = answer === 'back' ? null : (answer?.texts ?? null);
  const news: News = { number: card.number, to, money, answer: texts };
  if (answer === 'back' || !(await confirmNews(desk, news, answer?.own ?? null))) {
    await d.say(t('inbox-kept'));
    return;
  }
  const step = { ...shownCard(desk), to, answer: texts, money };
  const outcome = await attempt(desk, 'decide', (ctx) => changeStatus(ctx, step));
  await sayOutcome(desk, outcome, t('inbox-status-set', { status: t(`status-${to}`) }));
}

/** Asks the author; what is asked is shown before it goes. */
export async function askCard(desk: Desk, typed: string | null = null): Promise<void> {
  const { card, d, t } = desk;
  const { author, number } = card;
  if (author === null || author.unheard !== null) {
    await d.say(t(author === null ? 'inbox-author-none' : `inbox-author-${author.unheard ?? 'unreachable'}`));
    return;
  }
  const parse = ownWords(t, MAX_QUESTION_LENGTH);
  const question = typed ?? (await d.ask(OWN_WORDS, t('inbox-ask-question'), { parse }));
  const preview = [
    t('inbox-preview', { language: t(`spoken-${author.language}`) }),
    translator(author.language)('officer-question', { number, question }),
    t('inbox-preview-own'),
  ];
  if (!(await confirmSend(desk, preview))) {
    await d.say(t('inbox-kept'));
    return;
  }
  const outcome = await attempt(desk, 'ask', (ctx) => askAuthor(ctx, { ...shownCard(desk), question }));
  await sayOutcome(desk, outcome, t('inbox-asked'));
}

/** A sentence of the office or own words; null: none, where a step may go without; `back`: nothing is to be done. */
async function chooseAnswer(desk: Desk, to: ProposalStatus | null): Promise<Answer | null | 'back'> {
  const { d, t, locale, office, card } = desk;
  const status = answeredStatus(to ?? card.status);
  const templates = await d.remember('templates', (ctx) =>
    listTemplates(ctx.tx ?? ctx.db, { municipalityId: office.municipalityId, status }),
  );
  const prompt = t(to === 'declined' ? 'inbox-ask-reason' : 'inbox-ask-answer');
  const lines = templates.map(({ texts }, at) => `${at + 1}. ${texts[locale]}`);
  const options: Option[] = [
    ...templates.map(({ texts }, at) => ({ id: `t${at}`, label: beginning(texts[locale]) })),
    { id: 'own', label: t('btn-own-words') },
    ...(to === null || to === 'declined' ? [] : [{ id: 'none', label: t('btn-no-answer') }]),
    { id: 'back', label: t('btn-to-card') },
  ];
  const parse = ownWords(t, MAX_ANSWER_LENGTH);
  const chosen = await d.choose<{ readonly own: string }>('template', [prompt, ...lines].join('\n'), options, {
    other: (input) => {
      const read = parse(input);
      return 'value' in read ? { value: { own: read.value } } : read;
    },
  });
  if (typeof chosen !== 'string') return asTheyAre(chosen.own);
  if (chosen === 'own') return asTheyAre(await d.ask(OWN_WORDS, t('inbox-ask-own'), { parse }));
  if (chosen === 'none') return null;
  const template = templates.find((_, at) => chosen === `t${at}`);
  return template === undefined ? 'back' : { texts: template.texts, own: false };
}

function answeredStatus(status: ProposalStatus): AnsweredStatus {
  return ANSWERED_STATUSES.find((one) => one === status) ?? 'received';
}

function asTheyAre(words: string): Answer {
  return { texts: inEachLanguage(() => words), own: true };
}

/** Shows what the author will read, in the author's language, and who else will hear of it. */
async function confirmNews(desk: Desk, news: News, own: boolean | null): Promise<boolean> {
  const { t, card } = desk;
  const language = card.author?.language ?? card.language;
  const head = isTold(desk) ? t('inbox-preview', { language: t(`spoken-${language}`) }) : t('inbox-preview-nobody');
  const preview = [
    head,
    authorNews(news, language),
    ...(own === null ? [] : [t(own ? 'inbox-preview-own' : 'inbox-preview-templates')]),
    ...(card.supporterCount === 0 ? [] : [t('inbox-preview-supporters', { count: card.supporterCount })]),
  ];
  return confirmSend(desk, preview);
}

function confirmSend({ d, t }: Desk, preview: readonly string[]): Promise<boolean> {
  return d.confirm('send', preview.join('\n\n'), { yes: t('btn-send'), no: t('btn-no') });
}
