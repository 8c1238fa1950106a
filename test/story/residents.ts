import type { Locale } from '../../src/core/texts.ts';
import type { AgeBand, Sex } from '../../src/residents/tables.ts';

/** Somebody of one of the five villages, and the need that they write down. */
export interface StoryResident {
  readonly name: string;
  readonly locale: Locale;
  readonly village: string;
  readonly sex: Sex;
  readonly age: AgeBand;
  readonly need: string;
  /** What they do where the bot offers a similar one; most are offered none. */
  readonly offered?: 'supports' | 'sends own';
}

/** In the order in which people of them write. */
export const VILLAGES = [
  ['mantysh', 'Mantysh'],
  ['kyzyl-dobo', 'Kyzyl-Dobo'],
  ['kara-moinok', 'Kara-Moinok'],
  ['ortok', 'Ortok'],
  ['ak-talaa', 'Ak-Talaa'],
] as const;

type Row = readonly [string, Locale, Sex, AgeBand, string, StoryResident['offered']?];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  mantysh: [
    ['Айгүл', 'ky', 'woman', '29-54', 'Ички жолдор бузулган, асфальт төшөп бериңиздер'],
    ['Бакыт', 'ky', 'man', '55+', 'Биздин ички жолдор бузулуп калды, асфальт керек', 'supports'],
    ['Нурлан', 'ky', 'man', '29-54', 'Мектептин чатыры агып жатат, оңдоп бериңиздер'],
    ['Гүлнара', 'ky', 'woman', '55+', 'Мектептин чатырынан суу агып жатат', 'sends own'],
    ['Ольга', 'ru', 'woman', '29-54', 'В клубе протекает крыша, нужен ремонт зала'],
    ['Emma', 'en', 'woman', '14-28', 'We need a library with books for children'],
  ],
  'kyzyl-dobo': [
    ['Жаныбек', 'ky', 'man', '29-54', 'Таза суу жок, колонкадан суу чыкпайт'],
    ['Кундуз', 'ky', 'woman', '14-28', 'Колонкадан суу чыкпайт, таза суу жок', 'supports'],
    ['Асан', 'ky', 'man', '14-28', 'Мектептин жолун жарык кылып бериңиздер'],
    ['Үсөн', 'ky', 'man', '55+', 'Электр жарыгы өчө берет, чыңалуусу начар'],
    ['Сергей', 'ru', 'man', '29-54', 'Часто отключают свет, слабое напряжение'],
    ['Назгүл', 'ky', 'woman', '14-28', 'Бала бакча ачып бериңиздер, балдар үйдө отурат'],
  ],
  'kara-moinok': [
    ['Мирлан', 'ky', 'man', '14-28', 'Жаштарга футбол талаасы керек'],
    ['Айдай', 'ky', 'woman', '14-28', 'Жаштар үчүн футбол талаасын куруп бериңиздер', 'supports'],
    ['Зарина', 'ru', 'woman', '29-54', 'Нужна новая школа, классы переполнены'],
    ['Талант', 'ky', 'man', '29-54', 'Ичүүчү суу жок, суу түтүгү эскирген'],
    ['Бурул', 'ky', 'woman', '55+', 'ФАПта фельдшер жок, дары жетишпейт'],
    ['Kanat', 'en', 'man', '29-54', 'The streets are dark, please put street lamps'],
  ],
  ortok: [
    ['Кубан', 'ky', 'man', '29-54', 'Таштанды чыгаруучу машина керек, таштанды үйүлүп калды'],
    ['Салтанат', 'ky', 'woman', '29-54', 'Таштанды чыгаруучу машина келбейт', 'sends own'],
    ['Игорь', 'ru', 'man', '55+', 'Мусор не вывозят, свалка у реки'],
    ['Чынара', 'ky', 'woman', '29-54', 'Жолдорду оңдоп бериңиздер, жол жаман'],
    ['Эрмек', 'ky', 'man', '14-28', 'Бала бакча керек'],
    ['Динара', 'ru', 'woman', '14-28', 'Нет фельдшера в ФАПе'],
  ],
  'ak-talaa': [
    ['Болот', 'ky', 'man', '55+', 'Электр чыңалуусу начар, жарык өчө берет'],
    ['Жылдыз', 'ky', 'woman', '29-54', 'Китепкана ачып бериңиздер'],
    ['Төлөгөн', 'ky', 'man', '55+', 'Пенсияны көбөйтүп бериңиздер'],
    ['Анна', 'ru', 'woman', '29-54', 'Дороги плохие, нужен щебень'],
    ['Каныкей', 'ky', 'woman', '14-28', 'Спорт зал керек'],
    ['Рахат', 'ky', 'man', '29-54', 'Бизге таза суу керек'],
  ],
};

/** Thirty people, six of each village, in the order in which they write. */
export const RESIDENTS: readonly StoryResident[] = Object.entries(ROWS).flatMap(([village, rows]) =>
  rows.map(([name, locale, sex, age, need, offered]) => ({
    ...{ name, locale, village, sex, age, need },
    ...(offered === undefined ? {} : { offered }),
  })),
);
