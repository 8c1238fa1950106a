import { describe, expect, it } from 'vitest';
import { commandWord, controlWords, isSmallTalk, isThanks, wordKey, wordsOf } from '../../src/core/words.ts';

describe('controlWords', () => {
  it.each([
    ['ооба', ['yes']],
    ['Ооба!', ['yes']],
    ['ООБА', ['yes']],
    ['👍', ['yes']],
    ['👍🏽', ['yes']],
    ['👍👍👍', ['yes']],
    ['✅', ['yes']],
    ['+', ['more', 'yes']],
    ['++', ['more', 'yes']],
    ['OK', ['yes']],
    ['болот', ['yes']],
    ['болбойт', ['no']],
    ['болду', ['done']],
    ['жок', ['no']],
    ['жоок', ['no']],
    ['jok', ['no']],
    ['❌', ['no']],
    ['-', ['no', 'skip']],
    ['0', ['back']],
    ['⬅️', ['back']],
    ['⬅', ['back']],
    ['артка', ['back']],
    ['назад', ['back']],
    ['отмена', ['cancel']],
    ['x', ['cancel']],
    ['жокко чыгар', ['cancel']],
    ['стоп', ['cancel', 'stop']],
    ['токтот', ['cancel', 'stop']],
    ['откор', ['skip']],
    ['всё', ['done']],
    ['все', ['done']],
    ['00', ['menu']],
    ['меню', ['menu']],
    ['?', ['help']],
    ['Бул эмне?', ['help']],
    ['что это?', ['help']],
    ['who are you', ['help']],
    ['/start', ['help']],
    ['дагы', ['more']],
    ['еще', ['more']],
    ['More', ['more']],
    ['/cancel', ['cancel']],
  ])('reads %s', (text, acts) => {
    expect([...controlWords(text)].sort()).toEqual(acts);
  });

  it.each([
    'суу жок',
    'мен да',
    'болотбу',
    'нет воды',
    'да здравствует',
    '',
    '   ',
    '.',
    '1',
    'Мантыш',
    'жок '.repeat(50),
    `жо${'о'.repeat(80)}к`,
  ])('takes %j for an ordinary message', (text) => {
    expect([...controlWords(text)]).toEqual([]);
  });
});

describe('wordsOf', () => {
  it('lists words that mean that act', () => {
    for (const act of ['yes', 'no', 'back', 'cancel', 'skip', 'done', 'menu', 'stop'] as const) {
      for (const word of wordsOf(act)) expect([...controlWords(word)], word).toContain(act);
    }
  });
});

describe('wordKey', () => {
  it('is the same for spellings of one word and for signs with and without their marks', () => {
    expect(wordKey('Өткөрүү')).toBe(wordKey('откоруу'));
    expect(wordKey('👍🏿')).toBe(wordKey('👍'));
    expect(wordKey('+')).not.toBe(wordKey('-'));
  });
});

describe('commandWord', () => {
  it.each([
    ['сунуш', 'propose'],
    ['Предложение', 'propose'],
    ['proposal', 'propose'],
    ['/propose', 'propose'],
    ['/propose@sunush_bot', 'propose'],
    ['/start mantysh', 'start'],
    ['менин сунуштарым', 'my'],
    ['мои предложения', 'my'],
    ['my', 'my'],
    ['угуулар', 'hearings'],
    ['слушания', 'hearings'],
    ['тил', 'language'],
    ['язык', 'language'],
    ['айыл', 'village'],
    ['стоп', 'stop'],
    ['/STOP', 'stop'],
    ['/mydata', 'mydata'],
    ['кошуу', 'join'],
    ['чатты кошуу', 'join'],
    ['соединить', 'join'],
    ['/join 123 456', 'join'],
    ['маалыматымды өчүр', 'forget'],
    ['удалить данные', 'forget'],
    ['меню', 'help'],
    ['Сунушум бар', 'propose'],
    ['Тилди өзгөртүү', 'language'],
    ['Моё село', 'village'],
    ['Билдирүүлөрдү токтотуу', 'stop'],
    ['жардам', 'help'],
    ['?', 'help'],
  ])('reads %s', (text, command) => {
    expect(commandWord(text)).toBe(command);
  });

  it.each(['/nothing', '/constructor', '/', 'айылга суу керек', 'сунушум суу жөнүндө', 'салам', ''])(
    'gives null for %j',
    (text) => {
      expect(commandWord(text)).toBeNull();
    },
  );
});

describe('isSmallTalk', () => {
  it.each([
    'Салам',
    'салам!!!',
    'Саламатсызбы',
    'саламатсыздарбы, байке',
    'Ассалому алейкум! Кандайсыз?',
    'ас-саламу алейкум',
    'Salam',
    'salamatsyzby',
    'rahmat',
    'чоң рахмат',
    'Здравствуйте',
    'здраствуйте',
    'здравсвуйте',
    'саламатсисбы',
    'Добрый день! Спасибо',
    'hello',
    'Hi, thanks',
    'кутман таң эже',
    '🙏🙏',
    '👋',
  ])('takes %j for a greeting or thanks', (text) => {
    expect(isSmallTalk(text)).toBe(true);
  });

  it.each([
    'Салам, көпүрө керек',
    'Здравствуйте, у нас нет воды',
    'рахмат суу келди',
    'Саламат агайдын үйүнүн жанында жарык жок',
    'ооба',
    'жок',
    '',
    '?',
    'салам '.repeat(40),
  ])('takes %j for something else', (text) => {
    expect(isSmallTalk(text)).toBe(false);
  });
});

describe('isThanks', () => {
  it.each([
    ['Рахмат', true],
    ['чоң рахмат, эже', true],
    ['салам! спасибо', true],
    ['🙏', true],
    ['салам', false],
    ['рахмат, бирок суу жок', false],
  ])('tells of %j: %s', (text, thanks) => {
    expect(isThanks(text)).toBe(thanks);
  });
});
