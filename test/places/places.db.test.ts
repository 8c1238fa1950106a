import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/places/load-catalogue.ts';
import { loadPlaces, PlacesCache } from '../../src/places/places.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { aCatalogue } from '../support/given.ts';

const database = useDatabase();

describe('loadPlaces', () => {
  it('keeps the municipalities of one database apart', () =>
    rolledBack(database.db, async (tx) => {
      const ctx = { ...testContext(database.db), tx };
      await loadCatalogue(ctx, aCatalogue('KS'));
      await loadCatalogue(ctx, aCatalogue('JZ', 'Asia/Tashkent'));
      const places = await loadPlaces(tx);
      expect(places.municipalities.map((municipality) => municipality.code)).toEqual(['KS', 'JZ']);
      expect(places.villages.map((village) => village.id)).toEqual(['ks-upper', 'ks-lower', 'jz-upper', 'jz-lower']);
      expect(places.municipalityOf('jz-lower')).toMatchObject({ code: 'JZ', timeZone: 'Asia/Tashkent' });
      expect(places.municipalityOf('nowhere')).toBeNull();
      expect(() => places.municipality(-1)).toThrow('municipality -1');
    }));
});

describe('PlacesCache', () => {
  it('uses one snapshot for two seconds, then only reads again what a load has changed', () =>
    rolledBack(database.db, async (tx) => {
      const ctx = { ...testContext(database.db), tx };
      await loadCatalogue(ctx, aCatalogue('KS'));
      let now = 0;
      const cache = new PlacesCache(() => now);
      const first = await cache.read(tx);
      now = 2_500;
      expect(await cache.read(tx)).toBe(first);
      await loadCatalogue(ctx, aCatalogue('JZ'));
      now = 4_000;
      expect(await cache.read(tx)).toBe(first);
      now = 5_000;
      expect((await cache.read(tx)).municipalities).toHaveLength(2);
    }));
});
