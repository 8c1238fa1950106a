import {
  inLatin,
  karaSuu,
  type Measured,
  measureSuggestions,
  type Need,
  readNeeds,
  withoutKyrgyzLetters,
} from '../../support/needs.ts';
import { heading, table } from '../print.ts';

/** How often the right sector is suggested, on needs as residents put them. */
export async function suggest(): Promise<void> {
  heading('suggest: the sector of a need');
  const { sectors } = karaSuu();
  const all = readNeeds();
  const kyrgyz = all.filter(({ language }) => language === 'ky');
  const rewritten = (rewrite: (text: string) => string): Need[] =>
    kyrgyz.map((need) => ({ ...need, text: rewrite(need.text) }));
  const sets: [string, Need[]][] = [
    ['needs.tsv, all', all],
    ...['ky', 'ru', 'en'].map((language): [string, Need[]] => [
      `  ${language}`,
      all.filter((need) => need.language === language),
    ]),
    ['  ky without ө ү ң', rewritten(withoutKyrgyzLetters)],
    ['  ky in Latin, plain', rewritten((text) => inLatin(text, 'plain'))],
    ['  ky in Latin, marked', rewritten((text) => inLatin(text, 'marked'))],
    ['needs-own.tsv, all', readNeeds('needs-own.tsv')],
  ];
  const measured = sets.filter(([, needs]) => needs.length > 0).map(([name, needs]) => line(name, needs));
  table([['', 'needs', 'first', 'within three', 'µs each'], ...measured]);

  function line(name: string, needs: readonly Need[]): string[] {
    const result: Measured = measureSuggestions(needs, sectors);
    const share = (value: number) => `${(value * 100).toFixed(1)} %`;
    return [
      name,
      String(result.count),
      share(result.first),
      share(result.withinThree),
      result.microsecondsEach.toFixed(0),
    ];
  }
}
