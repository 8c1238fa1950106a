import type { SimulatedPerson } from '../../messaging/simulated-chat.ts';

/** The fictional residents of the simulator. */
export const simulatedPeople: readonly SimulatedPerson[] = [
  { id: 'aigul', name: 'Айгүл', language: 'ky' },
  { id: 'bakyt', name: 'Бакыт байке', language: 'ky' },
  { id: 'gulnara', name: 'Гүлнара эже', language: 'ky' },
  { id: 'timur', name: 'Тимур', language: 'ru' },
  { id: 'emma', name: 'Emma', language: 'en' },
];
