import { describe, expect, it } from 'vitest';
import { matchVillage, suggestVillage } from '../../src/places/suggest-village.ts';
import { karaSuu } from '../support/needs.ts';

const { villages } = karaSuu();

describe('suggestVillage', () => {
  it.each([
    ['мантышта суу жок', 'mantysh'],
    ['Мантиштин көпүрөсү', 'mantysh'],
    ['в Мантыше нет воды', 'mantysh'],
    ['мантштын жолу', 'mantysh'],
    ['мантыштыктар үчүн', 'mantysh'],
    ['кызыл дободон жол', 'kyzyl-dobo'],
    ['Kizildobo mektebi', 'kyzyl-dobo'],
    ['Кызыл-Төбөгө көпүрө', 'kyzyl-dobo'],
    ['кара мойнокко суу', 'kara-moinok'],
    ['КАРАМОЙНОК АЙЫЛЫНА МЕКТЕП', 'kara-moinok'],
    ['Kara-Moynok village road', 'kara-moinok'],
    ['ортокто жол жаман', 'ortok'],
    ['Биздин Орток айылында', 'ortok'],
    ['орток, суу келбейт', 'ortok'],
    ['село Орток без света', 'ortok'],
    ['ак талаага автобус', 'ak-talaa'],
    ['ак-талаа жолу', 'ak-talaa'],
    ['акталаада мектеп', 'ak-talaa'],
  ])('finds the village in "%s"', (text, village) => {
    expect(suggestVillage(text, villages, 'nowhere')).toMatchObject({ villageId: village, certain: true });
  });

  it.each([
    'орток маселе бар',
    'орток айылдык маселелер',
    'Орток маселебиз жол',
    'ОРТОК МАСЕЛЕ',
    'эки айылдын ортосунда, ортого көпүрө',
    'ак талаа болуп калды',
    'Ак-Талаа районунда да ушундай',
    'кара суу агып кетти',
    'көчөдө жарык жок',
    '',
  ])('leaves the own village with "%s"', (text) => {
    expect(suggestVillage(text, villages, 'mantysh')).toMatchObject({ villageId: 'mantysh', certain: false });
  });

  it('leaves the own village when several are named, and ranks those first', () => {
    const suggestion = suggestVillage('Ортоктон Ак-Талаага жол', villages, 'mantysh');
    expect(suggestion).toMatchObject({ villageId: 'mantysh', certain: false });
    expect(suggestion.ranked.slice(0, 3)).toEqual(['mantysh', 'ortok', 'ak-talaa']);
  });

  it('ranks a village that is perhaps meant right behind the own one', () => {
    expect(suggestVillage('орток маселе', villages, 'mantysh').ranked.slice(0, 2)).toEqual(['mantysh', 'ortok']);
  });

  it('knows no village where none is named and none is the own one', () => {
    expect(suggestVillage('жол жок', villages, null)).toMatchObject({ villageId: null, certain: false });
  });
});

describe('matchVillage', () => {
  it.each([
    ['Мантыш', 'mantysh'],
    ['мантиш айылы', 'mantysh'],
    ['из Мантыша', 'mantysh'],
    ['Мнтыш', 'mantysh'],
    ['kyzyl dobo', 'kyzyl-dobo'],
    ['кызылдобо', 'kyzyl-dobo'],
    ['Кара мойнак', 'kara-moinok'],
    ['орток', 'ortok'],
    ['Ортокко', 'ortok'],
    ['ak talaa', 'ak-talaa'],
    ['Ак тала', 'ak-talaa'],
    ['ak-talaa', 'ak-talaa'],
  ])('takes "%s"', (text, village) => {
    expect(matchVillage(text, villages)).toBe(village);
  });

  it.each(['', 'айыл', 'жок', 'кара', 'Мантышта суу жок', 'орток маселе', 'Бишкек', '👍'])(
    'does not take "%s"',
    (text) => {
      expect(matchVillage(text, villages)).toBeNull();
    },
  );
});
