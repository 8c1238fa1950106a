import { describe, expect, it } from 'vitest';
import { lastStored } from '../support/last-stored.ts';
import { everything, useTalk } from '../support/talk.ts';

const world = useTalk();
const { as } = world;
const LANGUAGE = `Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]`;
const JOINED = `Сунушуңузга кошулду.
      Добавлено к предложению.
      Added to your proposal.`;
const VILLAGES = '[Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]';
const CONSENT =
  'Сунушуңузду жана чаттагы дарегиңизди сактайбыз. Атыңызды айыл өкмөтү гана көрөт, башкаларга сунуш атыңызсыз көрүнөт. Макулсузбу? [Макулмун|Толук окуу|Жок]';
const BUTTONS = '[Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]';

describe('askBeside', () => {
  it('keeps all that a newcomer sends while the questions are open', async () => {
    const person = as('ky-pieces');
    await person.plays(`
      > Мектептин чатыры тешик, оңдоп бериңиздер
      ${LANGUAGE}
      > Жамгырда суу агып жатат
      ${JOINED}
      ${LANGUAGE}
      > (photo)
      ${JOINED}
      ${LANGUAGE}
      > кыргызча
      Кайсы айылдансыз? ${VILLAGES}
      > Балдар класста үшүп отурат
      Сунушуңузга кошулду.
      Кайсы айылдансыз? ${VILLAGES}
      > (voice)
      Кошулду. Сүрөт, файл: 2.
      Кайсы айылдансыз? ${VILLAGES}
      > Ортоктонмун
      ${CONSENT}
      > Тезирээк оңдоп берсеңиздер
      Сунушуңузга кошулду.
      ${CONSENT}
      > (place)
      Сунушуңузга кошулду.
      ${CONSENT}
      > [Макулмун]
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер
      Жамгырда суу агып жатат
      Балдар класста үшүп отурат
      Тезирээк оңдоп берсеңиздер»
      Айыл: Орток
      Багыты: Мектеп
      Сүрөт, файл: 2
      Жайгашкан жери кошулду
      Жөнөтөлүбү? ${BUTTONS}
    `);
    await person.taps('Жөнөтүү');
    expect(await lastStored(world.database.db)).toMatchObject({ files: ['photo', 'voice'], latitude: 42.2 });
  });

  it.each([
    ['a voice message', 'ky-voice-first'],
    ['words', 'ky-words-first'],
  ])('begins with %s that come in place of a language', async (what, id) => {
    const person = as(id);
    await person.says('Салам');
    const said = what === 'words' ? await person.says('Мантышта таза суу жок') : await person.sendsVoice();
    expect(said).toEqual([expect.stringContaining('Тилди тандаңыз')]);
    const next = (await person.taps('Кыргызча')).at(-1);
    expect(next).toContain(what === 'words' ? 'Макулсузбу?' : 'Кайсы айылдансыз?');
  });

  it('begins with words that come in place of a language after a command', async () => {
    const person = as('ky-command-first');
    await person.says('/propose');
    await person.says('Мантышта таза суу жок');
    expect(await person.taps('Кыргызча')).toEqual([expect.stringContaining('Макулсузбу?')]);
    expect(await person.taps('Макулмун')).toEqual([expect.stringContaining('«Мантышта таза суу жок»')]);
  });

  it.each([
    ['мен кыргызмын', 'Тилди тандаңыз'],
    ['салам', 'Тилди тандаңыз'],
    ['можно на русском', 'Тилди тандаңыз'],
  ])('takes no "%s" into a proposal where the language is asked', async (said, asked) => {
    const person = as(`ky-answers-${said.length}`);
    await person.says('Мантышта таза суу жок');
    expect((await person.says(said)).join('\n')).toContain(asked);
    await person.taps('Кыргызча');
    expect(await person.taps('Макулмун')).toEqual([expect.stringContaining('«Мантышта таза суу жок»')]);
  });

  it.each(['Кара-Суу айылы', 'Нарын шаары'])('takes no words from a village that is not there: %s', async (said) => {
    const person = as(`ky-village-${said.length}`);
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    await person.taps('Кыргызча');
    expect((await person.says(said))[0]).toBe('Мындай айыл тизмеде жок. Төмөнкүдөн тандаңыз.');
  });

  it.each(['ооба, макулмун', 'макулмун, албетте'])('takes consent from "%s"', async (said) => {
    const person = as(`ky-agrees-${said.length}`);
    await person.says('Мантышта таза суу жок');
    await person.taps('Кыргызча');
    expect(await person.says(said)).toEqual([expect.stringContaining('«Мантышта таза суу жок»')]);
  });

  it.each(['жок, мен макул эмесмин', 'да, я согласна'])('takes neither consent nor words from "%s"', async (said) => {
    const person = as(`ky-consent-${said.length}`);
    await person.says('Мантышта таза суу жок');
    await person.taps('Кыргызча');
    expect((await person.says(said)).at(-1)).toContain('Макулсузбу?');
    expect(await person.taps('Макулмун')).toEqual([expect.stringContaining('«Мантышта таза суу жок»')]);
  });

  it('keeps nothing of it where the person does not agree', async () => {
    const person = as('ky-pieces-refused');
    await person.says('Мантышта таза суу жок');
    await person.sendsPhoto('шакмардай чоң көлчүк бар');
    await person.taps('Кыргызча');
    await person.says('Дагы шакмардай чуңкур бар');
    await person.taps('Жок');
    const left = await everything(world.database);
    expect(left).not.toContain('ky-pieces-refused');
    expect(left).not.toContain('шакмардай');
  });

  it('keeps a second photo that comes where words are asked', async () => {
    const person = as('ky-photos');
    await person.registers();
    await person.sendsPhoto();
    expect(await person.sendsPhoto()).toEqual([expect.stringContaining('кененирээк жазып бериңизчи')]);
    expect(await person.says('Ушул жерге көпүрө керек')).toEqual([expect.stringContaining('Сүрөт, файл: 2')]);
    await person.taps('Жокко чыгаруу');
  });

  it('keeps a file that comes while village or sector are changed', async () => {
    const person = as('ky-changes');
    await person.registers();
    await person.says('Ортокто көчөдө жарык жок');
    await person.taps('Айылды өзгөртүү');
    expect(await person.sendsPhoto()).toEqual([
      'Кошулду. Сүрөт, файл: 1.',
      expect.stringContaining('Сунуш кайсы айыл'),
    ]);
    await person.says('мантыштан');
    await person.taps('Багытты өзгөртүү');
    await person.sendsVoice();
    const [card] = await person.says('мост');
    expect(card).toContain('Айыл: Мантыш\nБагыты: Жолдор, көпүрөлөр\nСүрөт, файл: 2');
    await person.taps('Жокко чыгаруу');
  });

  it('keeps what comes while it is asked whether to send apart', async () => {
    const person = as('ky-apart');
    await person.registers();
    await person.says('1. Мантышта таза суу жок. 2. Жолду оңдоо керек');
    expect(await person.sendsPhoto()).toEqual(['Кошулду. Сүрөт, файл: 1.', expect.stringContaining('Өз-өзүнчө')]);
    await person.says('Жолдо чуңкур да көп');
    expect(await person.taps('Өз-өзүнчө')).toEqual([expect.stringContaining('Сүрөт, файл: 1')]);
    expect((await person.taps('Жөнөтүү'))[0]).toContain('«Жолду оңдоо керек\nЖолдо чуңкур да көп»');
  });
});

describe('the first words of a newcomer', () => {
  it('may still be edited once the language is chosen', async () => {
    const person = as('ky-edits-first');
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    expect(await person.taps('Кыргызча')).toEqual([expect.stringContaining('Кайсы айылдансыз?')]);
    await person.edits('тешик', 'Ортокто мектептин чатыры тешик');
    await person.taps('Макулмун');
    expect(person.heard.at(-1)).toContain('«Ортокто мектептин чатыры тешик»\nАйыл: Орток');
  });

  it('may still be edited when more has joined them', async () => {
    const person = as('ky-edits-joined');
    await person.says('Мантышта мектептин чатыры тешик');
    await person.taps('Кыргызча');
    await person.says('Жамгырда суу агып жатат');
    await person.edits('Жамгырда', 'Кышында кар жаап жатат');
    await person.taps('Макулмун');
    expect(person.heard.at(-1)).toContain('«Мантышта мектептин чатыры тешик\nКышында кар жаап жатат»');
  });
});
