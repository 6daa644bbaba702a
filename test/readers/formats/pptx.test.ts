import assert from 'node:assert/strict';
import { blocksOf, placeOf, pptx, readDocument, relations, shape } from './building.ts';

describe('presentations', () => {
  it('reads slides in the order of the list, titles as headings, the slide as the place', async () => {
    const document = await readDocument(
      'a.pptx',
      pptx([shape(['첫 장'], 'title') + shape(['가', '나']), shape(['제목 없는 장'])]),
    );
    assert.deepEqual(blocksOf(document), ['paragraph > 첫 장 | 가\n나', 'paragraph | 제목 없는 장']);
    assert.deepEqual(placeOf(document, '첫 장'), { kind: 'slide', slide: 1 });
    assert.deepEqual(placeOf(document, '제목 없는'), { kind: 'slide', slide: 2 });
  });

  it('reads tables, notes, comments, charts and diagrams', async () => {
    const cell = (text: string): string =>
      `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`;
    const table = `<p:graphicFrame><a:tbl><a:tr>${cell('항목')}${cell('금액')}</a:tr><a:tr>${cell('회의비')}${cell('3만')}</a:tr></a:tbl></p:graphicFrame>`;
    const chart = '<p:graphicFrame><c:chart xmlns:c="c" r:id="c"/></p:graphicFrame>';
    const diagram = '<p:graphicFrame><dgm:relIds xmlns:dgm="d" r:dm="d"/></p:graphicFrame>';
    const pt = (text: string): string =>
      `<dgm:pt><dgm:t><a:p><a:r><a:t>${text}</a:t></a:r></a:p></dgm:t></dgm:pt>`;
    const series =
      '<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>1월</c:v></c:pt><c:pt idx="1"><c:v>2월</c:v></c:pt></c:strCache></c:strRef></c:cat>';
    const bytes = pptx([table + chart + diagram], {
      'ppt/slides/_rels/slide1.xml.rels': relations([
        ['c', 'chart', '../charts/chart1.xml'],
        ['d', 'diagramData', '../diagrams/data1.xml'],
        ['n', 'notesSlide', '../notesSlides/notesSlide1.xml'],
        ['m', 'comments', '../comments/comment1.xml'],
      ]),
      'ppt/charts/chart1.xml': `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:title><c:tx><c:rich><a:p><a:r><a:t>매출</a:t></a:r></a:p></c:rich></c:tx></c:title><c:ser>${series}</c:ser><c:ser>${series}</c:ser></c:chartSpace>`,
      'ppt/diagrams/data1.xml': `<dgm:dataModel xmlns:dgm="d" xmlns:a="a"><dgm:ptLst>${pt('부장')}${pt('과장')}</dgm:ptLst></dgm:dataModel>`,
      'ppt/notesSlides/notesSlide1.xml': `<p:notes xmlns:p="p" xmlns:a="a">${shape(['말할 것'], 'body')}</p:notes>`,
      'ppt/comments/comment1.xml':
        '<p:cmLst xmlns:p="p"><p:cm authorId="0"><p:text>고칠 것</p:text></p:cm></p:cmLst>',
    });
    assert.deepEqual(blocksOf(await readDocument('a.pptx', bytes)), [
      'table | 항목\t금액\n회의비\t3만',
      'paragraph | 매출',
      'paragraph | 1월 2월',
      'paragraph | 부장',
      'paragraph | 과장',
      'paragraph | 말할 것',
      'paragraph | 고칠 것',
    ]);
  });

  it('reads what masters show on each slide once, and not what they say of placeholders', async () => {
    const bytes = pptx([shape(['하나']), shape(['둘'])], {
      'ppt/slides/_rels/slide1.xml.rels': relations([
        ['l', 'slideLayout', '../slideLayouts/slideLayout1.xml'],
      ]),
      'ppt/slides/_rels/slide2.xml.rels': relations([
        ['l', 'slideLayout', '../slideLayouts/slideLayout1.xml'],
      ]),
      'ppt/slideLayouts/slideLayout1.xml': `<p:sldLayout xmlns:p="p" xmlns:a="a">${shape(['마스터 제목 스타일 편집'], 'title')}${shape(['회사 이름'])}</p:sldLayout>`,
    });
    assert.deepEqual(blocksOf(await readDocument('a.pptx', bytes)), [
      'paragraph | 하나',
      'paragraph | 둘',
      'paragraph | 회사 이름',
    ]);
  });
});
