/** Names of fields, as in `path:회의` and `제목:예산`. */
export type Field =
  'path' | 'extension' | 'tag' | 'heading' | 'after' | 'before' | 'modified' | 'dimension' | 'added';

const NAMES: Readonly<Record<Field, string>> = {
  path: 'path folder dir file in 경로 폴더 파일',
  extension: 'ext extension type filetype 확장자 형식',
  tag: 'tag tags 태그',
  heading: 'heading title 제목',
  after: 'after since 이후 부터',
  before: 'before until 이전',
  modified: 'modified changed 수정 수정일',
  dimension: 'concept 뜻',
  added: 'also 낱말',
};

const FIELDS = new Map(
  Object.entries(NAMES).flatMap(([field, names]) => names.split(' ').map(name => [name, field as Field])),
);

export function fieldOf(name: string): Field | null {
  return FIELDS.get(name) ?? null;
}
