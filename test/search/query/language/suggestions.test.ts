/** Plain Korean that may be a condition: what is offered, and that its words stay words until it is turned on. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseQuery } from '../../../../src/search/query/language/parseQuery.ts';

/** A Wednesday. */
const TODAY = new Date(2026, 10, 25, 15);
const context = { today: TODAY };

/** A query, and it with each of its suggestions turned on. */
const ROWS: Readonly<Record<string, readonly (readonly [query: string, ...turnedOn: readonly string[]])[]>> =
  {
    times: [
      ['지난주 수정한 회의록', '수정:지난주 회의록'],
      ['지난 주에 수정한 회의록', '수정:"지난 주" 회의록'],
      ['어제 고친 글', '수정:어제'],
      ['어제 내가 고친 예산', '수정:어제 예산'],
      ['그저께 쓴 메모', '수정:그저께'],
      ['오늘 만든 문서', '수정:오늘'],
      ['이번 주에 작성한 보고서', '수정:"이번 주" 보고서'],
      ['이번 달 예산', '수정:"이번 달" 예산'],
      ['예산 이번 달', '예산 수정:"이번 달"'],
      ['이번달', '수정:이번달'],
      ['예산 이번 달 회의'],
      ['지난달 바뀐 규정', '수정:지난달 규정'],
      ['작년에 쓴 글', '수정:작년'],
      ['올해 작성된 계약서', '수정:올해 계약서'],
      ['재작년 수정한 파일만', '수정:재작년'],
      ['최근 3일 동안 고친 글', '수정:"최근 3일 동안"'],
      ['최근 2주 회의', '수정:"최근 2주" 회의'],
      ['3일 이내 수정한 파일', '수정:"3일 이내"'],
      ['3일 전에 고친 글', '수정:"3일 전"'],
      ['연차 3일 전에 결재'],
      ['2026년 1월에 작성한 계약', '수정:"2026년 1월" 계약'],
      ['2026-01-31에 수정된 문서', '수정:2026-01-31'],
      ['2025년 예산'],
      ['작년 매출'],
      ['지난주부터 수정한 글', '이후:2026-11-16'],
      ['어제까지 고친 글', '이전:2026-11-25'],
      ['지난달 이전에 쓴 글', '이전:2026-10-01'],
      ['2026년 이후에 만든 파일', '이후:2026-01-01'],
      ['지난주 빼고 회의', '-수정:지난주 회의'],
      ['지난주에 고친 것 빼고 회의', '-수정:지난주 회의'],
      ['지난 금요일에 고친 글', '수정:"지난 금요일"'],
      ['지난주 고친 문서 양식', '수정:지난주 문서 양식'],
      ['지난 주말 회의'],
      ['어제의 회의'],
      ['오늘 회의', '수정:오늘 회의'],
      ['회의 어제', '회의 수정:어제'],
      ['저번 주 저장한 메모', '수정:"저번 주"'],
    ],
    formats: [
      ['PDF만', 'ext:pdf'],
      ['계약 PDF만', '계약 ext:pdf'],
      ['pdf 파일만 계약', 'ext:pdf 계약'],
      ['PDF 문서만', 'ext:pdf'],
      ['한글 파일만 공고', 'ext:hwp,hwpx 공고'],
      ['한글파일만 공고', 'ext:hwp,hwpx 공고'],
      ['한글만 쓰기'],
      ['한글 문서에서 공고', 'ext:hwp,hwpx 공고'],
      ['엑셀만 예산', 'ext:xlsx,xls 예산'],
      ['엑셀 파일에서 예산', 'ext:xlsx,xls 예산'],
      ['워드 파일만', 'ext:docx,doc'],
      ['워드만'],
      ['PPT만 발표', 'ext:pptx,ppt 발표'],
      ['피피티만 발표', 'ext:pptx,ppt 발표'],
      ['파워포인트 파일 중에서 발표', 'ext:pptx,ppt 발표'],
      ['마크다운만', 'ext:md,mdx,markdown'],
      ['md만 회의', 'ext:md 회의'],
      ['hwp만', 'ext:hwp,hwpx'],
      ['PDF 빼고 계약', '-ext:pdf 계약'],
      ['PDF는 빼고 계약', '-ext:pdf 계약'],
      ['pdf 파일은 제외하고 계약', '-ext:pdf 계약'],
      ['엑셀 파일 말고 예산', '-ext:xlsx,xls 예산'],
      ['텍스트 파일만', 'ext:txt'],
      ['PDF 만들기'],
      ['PDF만들기'],
    ],
    exclusion: [
      ['보고서 빼고', '-"보고서"'],
      ['예산 보고서 빼고', '예산 -"보고서"'],
      ['보고서를 빼고 예산', '-"보고서" 예산'],
      ['보고서는 빼고 예산', '-"보고서" 예산'],
      ['보고서들은 빼고 예산', '-"보고서" 예산'],
      ['보고서 제외하고 예산', '-"보고서" 예산'],
      ['보고서를 제외하고 예산', '-"보고서" 예산'],
      ['보고서빼고 예산', '-"보고서" 예산'],
      ['커피 말고 차', '-"커피" 차'],
      ['하지 말고 쉬기'],
      ['가을 빼고', '-"가을"'],
      ['돈 빼고 예산', '-"돈" 예산'],
      ['비용을 제외하고 매출', '-"비용" 매출'],
      ['"주간 보고" 빼고 예산', '-"주간 보고" 예산'],
      ['"주간 보고"는 제외하고 예산', '-"주간 보고" 예산'],
      ['빼고'],
      ['빼고 말고'],
      ['주말을 제외한 영업일'],
      ['!! 빼고'],
      ['보고서 빼고, 예산', '-"보고서" , 예산'],
      ['초안 빼고 보고서 빼고 예산', '-"초안" 보고서 빼고 예산', '초안 빼고 -"보고서" 예산'],
      ['kubernetes 말고 docker', '-"kubernetes" docker'],
      ['개인정보 제외 기준'],
      ['보고서 빼놓고 예산', '-"보고서" 예산'],
    ],
    headings: [
      ['제목에 예산', '제목:예산'],
      ['제목에 예산 회의', '제목:예산 회의'],
      ['회의 제목에 예산', '회의 제목:예산'],
      ['제목에 예산이 들어간 글', '제목:예산 글'],
      ['제목에 예산 있는 글', '제목:예산 글'],
      ['제목에 예산안이 포함된 글', '제목:예산안 글'],
      ['제목에 "예산 보고"', '제목:"예산 보고"'],
      ['제목에 「예산 보고」 있는', '제목:"예산 보고" 있는'],
      ['제목에만 예산', '제목:예산'],
      ['제목에서 예산', '제목:예산'],
      ['제목에 예산 빼고 회의', '-제목:예산 회의'],
      ['제목에 예산은 빼고', '-제목:예산'],
      ['제목에'],
      ['제목에 !!'],
      ['소제목에 예산'],
      ['제목에 kube 설정', '제목:kube 설정'],
      ['제목에 v1.2', '제목:v1.2'],
      ['글 제목에 예산 넣는 법', '글 제목:예산 넣는 법'],
      ['제목은 예산'],
      ['제목에는 예산'],
      ['제목에 예산, 회의', '제목:예산 , 회의'],
    ],
    folders: [
      ['회의 폴더에서 예산', '경로:회의 예산'],
      ['회의폴더에서 예산', '경로:회의 예산'],
      ['예산 회의 폴더에서', '예산 경로:회의'],
      ['회의 폴더에서만 예산', '경로:회의 예산'],
      ['회의 폴더에 있는 예산', '경로:회의 예산'],
      ['회의 폴더 안에서 예산', '경로:회의 예산'],
      ['회의 폴더만', '경로:회의'],
      ['"my notes" 폴더에서 예산', '경로:"my notes" 예산'],
      ['「내 노트」 폴더에서', '경로:"내 노트"'],
      ['보관함 폴더 빼고 예산', '-경로:보관함 예산'],
      ['보관함 폴더는 제외하고 예산', '-경로:보관함 예산'],
      ['"old notes" 폴더 빼고', '-경로:"old notes"'],
      ['회의 폴더'],
      ['회의 폴더 정리'],
      ['폴더에서 예산'],
      ['!! 폴더에서'],
      ['a[b]* 폴더에서'],
      ['회의 폴더로 옮기기'],
      ['2026 폴더에서 회의', '경로:2026 회의'],
      ['work 폴더에서 kube', '경로:work kube'],
      ['다운로드 폴더 말고', '-경로:다운로드'],
    ],
    'words that stand in notes': [
      ['오늘 할 일', '수정:오늘 할 일'],
      ['어제 회의에서 나온 얘기', '수정:어제 회의에서 나온 얘기'],
      ['설탕 빼고 만드는 잼', '-"설탕" 만드는 잼'],
      ['제목에 특수 문자', '제목:특수 문자'],
      ['PDF만 받는다', 'ext:pdf 받는다'],
      ['공유 폴더에서 파일이 안 열림', '경로:공유 파일이 안 열림'],
      ['mvn -DskipTests', 'mvn -"DskipTests"'],
      ['-제외', '-"제외"'],
    ],
  };

for (const [kind, rows] of Object.entries(ROWS))
  describe(`suggestions: ${kind}`, () => {
    for (const [query, ...turnedOn] of rows)
      it(query, () => {
        const { suggestions } = parseQuery(query, context);
        assert.deepEqual(
          suggestions.map(suggestion => suggestion.query),
          turnedOn,
        );
      });
  });

const PIECES =
  '지난주 수정한 어제 고친 이번 달 PDF만 한글 파일만 보고서 빼고 를 제외하고 말고 제목에 있는 최근 3일 예산 회의 폴더에서 폴더 ' +
  'git ls -al -x -예산 +필수 kube , . " 부터 까지 쓴 글 path:회의 ext:md';
const written = fc
  .array(fc.constantFrom(...PIECES.split(' ')), { maxLength: 9 })
  .map(pieces => pieces.join(' '));

describe('suggestions, on any text', () => {
  it('leave every word that stands outside the operators to be searched as typed', () => {
    fc.assert(
      fc.property(written, text => {
        const { chips, searched } = parseQuery(text, context);
        const inChip = (i: number): boolean => chips.some(({ range }) => range.start <= i && i < range.end);
        for (let i = 0; i < text.length; i++) if (!inChip(i)) assert.equal(searched[i], text[i]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('become a condition of the same kind when they are turned on', () => {
    fc.assert(
      fc.property(written, text => {
        for (const { kind, negative, modified, query } of parseQuery(text, context).suggestions) {
          const { chips } = parseQuery(query, context);
          assert.ok(
            chips.some(
              chip =>
                chip.kind === kind &&
                (kind === 'modified' ? true : chip.negative === negative) &&
                (modified?.from === undefined || chip.modified?.from === modified.from),
            ),
            `${text} -> ${query}`,
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
