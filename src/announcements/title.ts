import { plain } from '../core/text.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import type { Hearing } from '../hearings/queries.ts';
import { localText } from '../hearings/rules.ts';
import type { Announcement } from './queries.ts';

const MOST_IN_TITLE = 60;

/** What an announcement is called in lists and reports. */
export function titleOf(
  { approval, texts }: Pick<Announcement, 'approval' | 'texts'>,
  hearing: Pick<Hearing, 'topic'> | null,
  locale: Locale,
): string {
  if (approval !== null) return translator(locale)(`approved-${approval.plan}`);
  const words = localText(hearing?.topic ?? texts, locale)?.text ?? '';
  const [line = ''] = plain(words).split('\n');
  return line.length <= MOST_IN_TITLE ? line : `${line.slice(0, MOST_IN_TITLE - 1).trimEnd()}…`;
}

/** A rung as people call it. */
export function rungName(rung: string, t: Translate): string {
  switch (rung) {
    case 'now':
    case 'moved':
    case 'again':
    case 'canceled':
      return t(`rung-${rung}`);
    default: {
      const count = Number(rung.slice(0, -1));
      if (rung.endsWith('d')) return t('rung-days', { count });
      return rung.endsWith('h') ? t('rung-hours', { count }) : t('rung-minutes', { count });
    }
  }
}
