import type { DXT } from 'docxtemplater';
import Docxtemplater from 'docxtemplater';
import type PizZip from 'pizzip';
import { openTemplate } from './open-template.ts';
import { type Fields, type PlanLanguage, underTags } from './template-tags.ts';

/** A plan put into a template, as a Word file. What people wrote stays words, whatever it looks like. */
export function renderPlan(template: Uint8Array, fields: Fields, language: PlanLanguage): Uint8Array {
  return fill(compile(openTemplate(template)), fields, language);
}

/** The template, ready to be filled. @throws {Error} of the library, with `properties` that tell all mistakes */
export function compile(zip: PizZip, modules: DXT.Module[] = []): Docxtemplater<PizZip> {
  return new Docxtemplater<PizZip>(zip, {
    paragraphLoop: true,
    linebreaks: true,
    errorLogging: false,
    stripInvalidXMLChars: true,
    nullGetter: () => '',
    parser: (tag) => ({ get: (scope: unknown) => inScope(scope, tagName(tag)) }),
    modules,
  });
}

export function fill(document: Docxtemplater<PizZip>, fields: Fields, language: PlanLanguage): Uint8Array {
  document.render(underTags(fields, language));
  return new Uint8Array(document.toBuffer({ compression: 'DEFLATE' }));
}

/** A tag as it is looked up: some keyboards compose «й» of two characters, and word processors begin with a capital. */
export function tagName(tag: string): string {
  return tag.trim().normalize('NFC').toLowerCase();
}

/** Undefined where the block does not have it: it is looked for around the block then. */
function inScope(scope: unknown, tag: string): unknown {
  if (typeof scope !== 'object' || scope === null || !Object.hasOwn(scope, tag)) return undefined;
  return (scope as Fields)[tag];
}
