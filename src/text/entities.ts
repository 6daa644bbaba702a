/** Character references of HTML and Markdown (`&amp;`, `&#8209;`, `&#x1F382;`). */

/** U+00A0-00FF in order (HTML 4.01 §24.2.1). */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';
const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon ' +
  'phi chi psi omega';
/** References from the rest of HTML 4.01 that occur in notes (§24.3, §24.4), and some of HTML 5. */
const OTHERS =
  'quot:" amp:& lt:< gt:> apos:\' ensp:\u2002 emsp:\u2003 thinsp:\u2009 zwnj:\u200c zwj:\u200d lrm:\u200e rlm:\u200f ' +
  'ndash:– mdash:— lsquo:‘ rsquo:’ sbquo:‚ ldquo:“ rdquo:” bdquo:„ dagger:† Dagger:‡ bull:• hellip:… permil:‰ prime:′ ' +
  'Prime:″ lsaquo:‹ rsaquo:› oline:‾ euro:€ trade:™ OElig:Œ oelig:œ Scaron:Š scaron:š Yuml:Ÿ fnof:ƒ circ:ˆ tilde:˜ ' +
  'larr:← uarr:↑ rarr:→ darr:↓ harr:↔ lArr:⇐ rArr:⇒ hArr:⇔ forall:∀ part:∂ exist:∃ empty:∅ nabla:∇ isin:∈ notin:∉ ' +
  'ni:∋ prod:∏ sum:∑ minus:− lowast:∗ radic:√ prop:∝ infin:∞ ang:∠ and:∧ or:∨ cap:∩ cup:∪ int:∫ there4:∴ sim:∼ cong:≅ ' +
  'asymp:≈ ne:≠ equiv:≡ le:≤ ge:≥ sub:⊂ sup:⊃ nsub:⊄ sube:⊆ supe:⊇ oplus:⊕ otimes:⊗ perp:⊥ sdot:⋅ loz:◊ spades:♠ ' +
  'clubs:♣ hearts:♥ diams:♦ check:✓ cross:✗ star:☆ starf:★ phone:☎ num:# lpar:( rpar:) lbrack:[ rbrack:] lbrace:{ ' +
  'rbrace:} lowbar:_ grave:` ast:* plus:+ equals:= colon:: semi:; comma:, period:. quest:? excl:! percnt:% dollar:$ ' +
  'commat:@ sol:/ bsol:\\ verbar:| vert:| hyphen:‐ dash:‐ Tab:\t NewLine:\n';

const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.split(' ').map((name, i) => [name, String.fromCharCode(0xa0 + i)] as const),
  ...GREEK.split(' ').flatMap((name, i) => [
    [name, String.fromCharCode(0x3b1 + i)] as const,
    [name[0]!.toUpperCase() + name.slice(1), String.fromCharCode(0x391 + i)] as const,
  ]),
  ...OTHERS.split(' ').map(entry => {
    const at = entry.indexOf(':');
    return [entry.slice(0, at), entry.slice(at + 1)] as const;
  }),
]);

/** Source of a regular expression that matches anything that may be a reference. */
export const ENTITY = String.raw`&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,7});`;

/** The character that a reference stands for; null for an unknown reference. */
export function entityText(reference: string): string | null {
  const name = reference.slice(1, -1);
  if (!name.startsWith('#')) return NAMED.get(name) ?? null;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  // CommonMark §2.5: a number that is not a character gives the replacement character.
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}
