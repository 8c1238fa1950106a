/** What the textbook bots say: the words of our own flow that a resident waits for, written out. */
export const SAYS = {
  language: 'Саламатсызбы! Тилди тандаңыз:',
  consent: 'Сунушуңузду каттап, айыл өкмөтүнө жеткиребиз. Атыңыз, айылыңыз жана жазганыңыз сакталат. Макулсузбу?',
  sex: 'Сиз:',
  age: 'Жашыңыз канчада?',
  thanks: 'Рахмат!',
} as const;

/** The keyboards, as pairs of label and data. */
export const BUTTONS = {
  language: [
    ['Кыргызча', 'ky'],
    ['Русский', 'ru'],
    ['English', 'en'],
  ],
  consent: [
    ['Макулмун', 'agree'],
    ['Толук окуу', 'full'],
    ['Жок', 'no'],
  ],
  card: [
    ['Жөнөтүү', 'send'],
    ['Айылды өзгөртүү', 'village'],
    ['Багытты өзгөртүү', 'sector'],
    ['Сүрөт кошуу', 'photo'],
    ['Текстти оңдоо', 'text'],
    ['Жокко чыгаруу', 'cancel'],
  ],
  sex: [
    ['Аял', 'woman'],
    ['Эркек', 'man'],
    ['Айтпай эле коёюн', 'silent'],
  ],
  age: [
    ['14-28', 'a14'],
    ['29-54', 'a29'],
    ['55+', 'a55'],
    ['Айтпай эле коёюн', 'silent'],
  ],
} as const;

const VILLAGES = ['Мантыш', 'Кызыл-Дөбө', 'Кара-Мойнок', 'Орток', 'Ак-Талаа'];

/** The village that the text names, as a textbook would find it. */
export function villageIn(text: string): string {
  return VILLAGES.find((village) => text.includes(village)) ?? 'Мантыш';
}

export function card(text: string, village: string): string {
  return `Текшерип көрүңүз:\n«${text}»\nАйыл: ${village}\nБагыты: Башка\nЖөнөтөлүбү?`;
}

export function receipt(id: number): string {
  return `Рахмат, сунушуңуз катталды. Номери: KS-2026-${String(id).padStart(4, '0')}. Жаңылык болсо, ушул жерге жазабыз.`;
}
