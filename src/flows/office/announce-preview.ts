import { examine } from '../../announcements/examine.ts';
import { openAnnouncement } from '../../announcements/open-announcement.ts';
import { bold, type Text, type TextPart } from '../../core/text.ts';
import { LOCALES } from '../../core/texts.ts';
import type { OutboundContent } from '../../messaging/contract.ts';
import { type Desk, look } from './announce-desk.ts';

/**
 * What residents will read, in each language a message of its own. Buttons and files stand there as words: nobody says
 * that they come to a hearing by looking at it.
 */
export async function previewCard(desk: Desk, id: number): Promise<void> {
  const { d, t, kit, office } = desk;
  const shown = await look(desk, 'preview', async (ctx) => {
    const { announcement, now } = await openAnnouncement(ctx, { id, municipalityId: office.municipalityId });
    const [first] = (await examine(ctx.tx ?? ctx.db, announcement, { now, mediaDir: kit.mediaDir })).notices;
    if (first === undefined) return [];
    return LOCALES.map((locale) => inWords(first.contents[locale], t(`language-${locale}`), t));
  });
  if (shown === null || shown.length === 0) return d.say(t('announce-preview-none'));
  for (const text of shown) await d.say(text);
}

function inWords({ text, options = [], file, moreFiles = [] }: OutboundContent, language: string, t: Desk['t']): Text {
  const said: readonly TextPart[] = typeof text === 'string' ? [text] : text;
  const buttons = options.map(({ label }) => `[${label}]`).join(' ');
  const names = [file, ...moreFiles].flatMap((one) => one?.name ?? []).join(', ');
  return [
    bold(language),
    '\n',
    ...said,
    ...(buttons === '' ? [] : [`\n${buttons}`]),
    ...(names === '' ? [] : [`\n${t('announce-files', { names })}`]),
  ];
}
