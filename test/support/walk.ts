import type { FakePerson } from './bot-api/person.ts';

/** How long a resident waits for an answer while the program is killed and started again. */
const PATIENCE_MS = 120_000;

export const steps = ['language', 'consent', 'card', 'sex', 'age'] as const;
export type Step = (typeof steps)[number];

/** What the bot asks at each step, and the label that a resident taps. */
const TALK: Readonly<Record<Step, { readonly hears: RegExp; readonly taps: string }>> = {
  language: { hears: /Тилди тандаңыз/, taps: 'Кыргызча' },
  consent: { hears: /Макулсузбу/, taps: 'Макулмун' },
  card: { hears: /Жөнөтөлүбү/, taps: 'Жөнөтүү' },
  sex: { hears: /Сиз:/, taps: 'Айтпай эле коёюн' },
  age: { hears: /Жашыңыз канчада/, taps: 'Айтпай эле коёюн' },
};

/**
 * A newcomer's way from the first words to the thanks after the last question. `before` is awaited before each answer.
 * Returns the number of the proposal.
 */
export async function walkProposal(
  person: FakePerson,
  text: string,
  before: (step: Step) => Promise<void> = async () => {},
): Promise<string> {
  let number = '';
  person.sends(text);
  for (const step of steps) {
    const { hears, taps } = TALK[step];
    if (step === 'sex') {
      const receipt = await person.hears(/Номери: \S+-\d{4}-\d{4,}/, { timeoutMs: PATIENCE_MS });
      number = /Номери: (\S+-\d{4}-\d{4,})/.exec(receipt.text)?.[1] ?? '';
    }
    await person.hears(hears, { timeoutMs: PATIENCE_MS });
    await before(step);
    person.taps(taps);
  }
  await person.hears(/^Рахмат!/, { timeoutMs: PATIENCE_MS });
  return number;
}
