import assert from 'node:assert/strict';
import fc from 'fast-check';
import { soundAlike, termPairsOf } from '../../../../src/text/forms/foreign/bilingualTerms.ts';
import { hangulSounds, latinSounds, phoneticLikeness } from '../../../../src/text/forms/foreign/phonetics.ts';

describe('a transcription', () => {
  const same = [
    '쿠버네티스 Kubernetes', '서울 Seoul', '도커 Docker', '서버 Server', '애저 Azure', '이메일 email', '클라우드 Cloud',
    '깃허브 GitHub', '리액트 React', '자바스크립트 JavaScript', '파이썬 Python', '텐서플로 TensorFlow', '구글 Google',
    '마이크로소프트 Microsoft', '프로메테우스 Prometheus', '테라폼 Terraform', '젠킨스 Jenkins', '카프카 Kafka',
    '레디스 Redis', '엘라스틱서치 Elasticsearch', '데브옵스 DevOps', '트랜스포머 Transformer', '어텐션 attention',
    '임베딩 embedding', '웹훅 webhook', '스케줄러 scheduler', '워싱턴 Washington', '휴리스틱 heuristic', '파드 Pod',
    '디플로이먼트 Deployment', '인그레스 Ingress', '스레드 thread', '큐 queue',
  ]; // prettier-ignore
  for (const pair of same) {
    const [hangul, latin] = pair.split(' ') as [string, string];
    it(`${hangul} sounds like ${latin}`, () => {
      assert.ok(phoneticLikeness(hangul, latin) >= 0.7, `${hangulSounds(hangul)} ${latinSounds(latin)}`);
    });
  }
  const different = [
    '그림 Figure', '회의 meeting', '예산 budget', '보고서 report', '한국 Korea', '정의 definition', '검색 search',
    '문서 document', '참고 Note', '예시 example', '사용자 user', '관리자 admin', '클라우드 AWS', '컨테이너 Docker',
    '중국 China', '기본값 default', '필수 required', '이름 name', '상태 status', '오류 error', '주소 address', '표 Table',
    '일본 Japan', '지역 region', '권한 permission', '변수 variable', '함수 function', '노드 worker', '인공지능 AI',
  ]; // prettier-ignore
  for (const pair of different) {
    const [hangul, latin] = pair.split(' ') as [string, string];
    it(`${hangul} does not sound like ${latin}`, () => {
      assert.equal(soundAlike(hangul, latin), false, String(phoneticLikeness(hangul, latin)));
    });
  }
});

describe('terms in two letters', () => {
  const cases: readonly (readonly [text: string, pairs: readonly string[]])[] = [
    ['쿠버네티스(Kubernetes)를 쓴다', ['쿠버네티스=kubernetes']],
    ['쿠버네티스 (Kubernetes)', ['쿠버네티스=kubernetes']],
    ['Kubernetes(쿠버네티스)는', ['쿠버네티스=kubernetes']],
    ['Kubernetes（쿠버네티스）', ['쿠버네티스=kubernetes']],
    ['우리는 작년에 쿠버네티스(Kubernetes)로', ['쿠버네티스=kubernetes']],
    ['we use Kubernetes(쿠버네티스)', ['쿠버네티스=kubernetes']],
    ['쿠버네티스(Kubernetes, K8s)', ['쿠버네티스=kubernetes']],
    ['쿠버네티스(영어: Kubernetes)', ['쿠버네티스=kubernetes']],
    ['Kubernetes(이하 쿠버네티스)', ['쿠버네티스=kubernetes']],
    ['**쿠버네티스**(Kubernetes)', ['쿠버네티스=kubernetes']],
    ['구글 클라우드(Google Cloud)', ['구글 클라우드=google cloud', '구글=google', '클라우드=cloud']],
    ['머신러닝(Machine Learning)', ['머신러닝=machine learning']],
    ['수도 서울(Seoul)에서', ['서울=seoul']],
    ['에이피아이(API) 호출', ['에이피아이=api']],
    ['깃허브(GitHub)와 도커(Docker)', ['깃허브=github', '도커=docker']],
    ['엘라스틱서치[Elasticsearch]', ['엘라스틱서치=elasticsearch']],
    ['쿠버네티스'.normalize('NFD') + '(Kubernetes)', ['쿠버네티스=kubernetes']],
    ['예산(2026)', []],
    ['그림(Figure 3)', []],
    ['회의(meeting)', []],
    ['쿠버네티스(이하 k8s)', []],
    ['함수(function)를 호출', []],
    ['쿠버네티스 Kubernetes', []],
    ['담당자(Kim)', []],
    ['언어 개요(C#)', []],
    ['print(쿠버네티스)', []],
    ['[링크](https://example.com)', []],
    ['서울(', []],
    ['', []],
  ];
  for (const [text, pairs] of cases)
    it(`${text || '""'}: ${pairs.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        termPairsOf(text).map(({ hangul, latin }) => `${hangul}=${latin}`),
        pairs,
      );
    });

  it('are taken from any text without fail, and stand in it', () => {
    const text = fc.string({
      unit: fc.constantFrom('쿠버', '네티스', 'Kube', 'rnetes', '(', ')', ' ', ',', '3', '서울', 'Seoul'),
    });
    fc.assert(
      fc.property(text, source => {
        for (const { hangul, latin } of termPairsOf(source)) {
          assert.ok(source.includes(hangul) && source.toLowerCase().includes(latin));
          assert.ok(soundAlike(hangul, latin));
        }
      }),
    );
  });
});
