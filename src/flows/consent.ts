import { type Locale, translator } from '../core/texts.ts';
import { wordsOf } from '../core/words.ts';
import type { Dialog, Input, Option } from '../dialog/types.ts';
import type { Municipality } from '../places/places.ts';
import { askBeside, besideIn, type Given } from './beside.ts';
import { cardVerdict } from './card-verdict.ts';
import { type Elsewhere, orProposal } from './kit.ts';
import type { Words } from './proposal-draft.ts';

interface Asking {
  readonly locale: Locale;
  /** A draft that whatever comes beside the answer joins; null: there is none, and a need leads elsewhere. */
  readonly given: Given | null;
}

/** The version of the text that was agreed to; null: it was refused. Elsewhere only where there is no draft. */
export async function askConsent(
  d: Dialog,
  municipality: Municipality | null,
  asking: Asking,
): Promise<string | Elsewhere | null> {
  if (municipality === null) throw new Error('the village of a consent is in no municipality');
  const { locale } = asking;
  const t = translator(locale);
  const { consentShort, consentLong } = municipality.legal;
  const version = await d.remember('legal', () => municipality.legal.consentVersion);
  const agree = {
    id: 'agree',
    label: t('btn-agree'),
    spellings: wordsOf('yes'),
  };
  const refuse = { id: 'no', label: t('btn-no'), spellings: wordsOf('no') };
  const options = [agree, { id: 'full', label: t('btn-read-full') }, refuse];
  const answer = await put(d, asking, { name: 'consent', prompt: consentShort[locale], options });
  if (typeof answer !== 'string') return answer;
  if (answer !== 'full') return answer === 'agree' ? version : null;
  await d.say(consentLong[locale]);
  const again = { name: 'consent-full', prompt: t('consent-question'), options: [agree, refuse] };
  const second = await put(d, asking, again);
  if (typeof second !== 'string') return second;
  return second === 'agree' ? version : null;
}

function put(
  d: Dialog,
  { locale, given }: Asking,
  { name, prompt, options }: { name: string; prompt: string; options: readonly Option[] },
): Promise<string | Elsewhere> {
  if (given === null) {
    return d.choose<string | Elsewhere>(name, prompt, options, {
      other: (input) => consentIn(input) ?? orProposal.other?.(input) ?? { refuse: null },
    });
  }
  return askBeside(d, besideIn(locale, given), (other) =>
    d.choose<string | Words>(name, prompt, options, { other: (input) => consentIn(input) ?? other(input) }),
  );
}

/** A plain yes or no in several words: «ооба, макулмун». */
function consentIn(input: Input): { value: string } | null {
  const verdict = input.kind === 'text' ? cardVerdict(input.text) : null;
  if (verdict?.says === 'yes') return { value: 'agree' };
  return verdict?.rest === '' ? { value: 'no' } : null;
}
