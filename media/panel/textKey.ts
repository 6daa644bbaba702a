/** The key of a kind's text: `rewritingDate` for `date`. The compiler checks that each kind has one. */
export function textKey<Prefix extends string, Kind extends string>(
  prefix: Prefix,
  kind: Kind,
): `${Prefix}${Capitalize<Kind>}` {
  return `${prefix}${kind[0]!.toUpperCase()}${kind.slice(1)}` as `${Prefix}${Capitalize<Kind>}`;
}
