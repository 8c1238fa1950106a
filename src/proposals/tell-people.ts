import type { Context, Tx } from '../core/context.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import type { AnswerTexts } from './answer-texts.ts';
import { peopleOf, toldAuthorsOf } from './people.ts';
import type { ProposalStatus } from './rules.ts';

/** Money that was set aside, in whole soms, and where it comes from. */
export interface Money {
  readonly amount: number;
  readonly source: string;
}

/** What became of a proposal. `to` null: its status stays, an answer came. */
export interface News {
  readonly number: string;
  readonly to: ProposalStatus | null;
  readonly answer: AnswerTexts | null;
  readonly money: Money | null;
}

/** What the author reads, and whoever's own proposal was merged into it. */
export function authorNews(news: News, locale: Locale): string {
  const t = translator(locale);
  const answer = news.answer?.[locale] ?? null;
  if (news.to === null) return t('officer-answer', { number: news.number, answer: answer ?? '' });
  if (news.to === 'declined') return t('st-declined', { number: news.number, answer: answer ?? '' });
  return withAnswer(t, statusNews(t, news), answer);
}

function statusNews(t: Translate, { to, number, money }: News): string {
  switch (to) {
    case 'planned':
      return t('st-planned', { number });
    case 'funded':
      return money === null ? t('st-funded-plain', { number }) : t('st-funded', { number, ...money });
    case 'done':
      return t('st-done', { number });
    default:
      return t('st-review', { number });
  }
}

/** What those read who support it. */
export function supporterNews({ number, to, answer }: News, locale: Locale): string {
  const t = translator(locale);
  const what =
    to === null ? t('st-supporter-answer', { number }) : t('st-supporter', { number, status: t(`status-${to}`) });
  return withAnswer(t, what, answer?.[locale] ?? null);
}

function withAnswer(t: Translate, news: string, answer: string | null): string {
  return answer === null ? news : `${news}\n${t('notice-answer', { answer })}`;
}

/** Tells the authors and the supporters, each once and in their language, in the verb's own transaction. */
export async function tellNews(
  tx: Tx,
  ctx: Context,
  proposal: { readonly id: number; readonly officeId: number },
  news: News,
): Promise<void> {
  const people = await peopleOf(tx, proposal.id);
  const about = { municipalityId: proposal.officeId, subject: `proposal:${proposal.id}`, audience: 'own' } as const;
  await sendNotice(tx, ctx, {
    ...about,
    residentIds: toldAuthorsOf(people),
    write: (_, locale) => ({ text: authorNews(news, locale) }),
  });
  await sendNotice(tx, ctx, {
    ...about,
    residentIds: people.supporterIds,
    write: (_, locale) => ({ text: supporterNews(news, locale) }),
  });
}
