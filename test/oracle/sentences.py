"""Texts of our own: what the small tokenizers are trained on, and what the golden vectors are of."""

import unicodedata

TRAINING: tuple[str, ...] = (
    "오늘은 아침부터 비가 내려서 우산을 들고 나갔다.",
    "회의록은 매주 금요일 오후에 정리해서 올립니다.",
    "감기에 걸렸을 때는 따뜻한 물을 자주 마시는 것이 좋다.",
    "병원 예약은 전화나 누리집에서 할 수 있습니다.",
    "의사 선생님이 약을 하루에 세 번 먹으라고 하셨다.",
    "지하철 이호선은 출근 시간에 사람이 매우 많다.",
    "데이터베이스를 백업하려면 관리자 권한이 필요합니다.",
    "서버가 멈추면 로그를 먼저 확인하고 다시 시작하세요.",
    "검색 결과가 비어 있으면 다른 낱말로 찾아보세요.",
    "도서관에서 빌린 책을 내일까지 돌려줘야 한다.",
    "김치찌개에는 잘 익은 김치와 돼지고기를 넣는다.",
    "쌀을 씻어 밥을 짓고 반찬을 준비했다.",
    "제주도의 바다는 여름에 가장 아름답다고 한다.",
    "기차표를 미리 사 두면 조금 더 싸다.",
    "아이들은 운동장에서 공을 차며 놀고 있었다.",
    "학교 앞 문구점에서 공책과 연필을 샀다.",
    "선생님께서 숙제를 다음 주 월요일까지 내라고 하셨다.",
    "봄이 오면 산에 진달래가 피고 새가 노래한다.",
    "전기 요금이 지난달보다 만 원이나 더 나왔다.",
    "은행 계좌를 만들려면 신분증을 가져가야 합니다.",
    "보고서의 그림과 표에는 번호와 제목을 붙인다.",
    "프로그램을 설치한 다음 컴퓨터를 다시 켜 주세요.",
    "파일의 이름을 바꾸면 연결이 끊어질 수 있다.",
    "사진을 정리하다가 오래된 편지를 찾았다.",
    "우리 동네 시장에는 싱싱한 과일과 채소가 많다.",
    "자전거를 타고 강을 따라 한 시간쯤 달렸다.",
    "잠을 충분히 자야 다음 날 일이 잘된다.",
    "문서를 나누어 저장하고 뜻이 가까운 글을 찾는다.",
    "낱말이 달라도 뜻이 같으면 함께 나와야 한다.",
    "계약서를 읽을 때는 작은 글씨까지 살펴보아야 한다.",
    "大韓民國의 首都는 서울이다.",
    "한자 學校와 한글 학교는 같은 말이다.",
    "The server was restarted at noon and the log is clean.",
    "Notes are read, never written, and the index can be rebuilt.",
    "Search finds the words that mean the same thing.",
    "A model folder holds a graph, a tokenizer and its settings.",
    "Version 2.4 of the API returns JSON with 3 fields.",
    "2026년 11월 23일 오전 10시 30분에 만납시다.",
    "값은 12,500원이고 무게는 3.5kg이다.",
    "메일 주소와 전화번호 010-1234-5678을 적어 주세요.",
)

ORDINARY: tuple[str, ...] = (
    "감기에 걸렸을 때 병원에 가야 할까?",
    "서버 로그를 백업하는 방법",
    "우리 동네 시장에서 과일을 사고 밥을 지어 먹었다. 잠을 충분히 자야 다음 날 일이 잘된다.",
)

# Texts at which tokenizers and poolings differ. `{mask}`, `{first}`, `{pad}` stand for the special tokens.
DIFFICULT: tuple[str, ...] = (
    "",
    "책",
    " ",
    " \n\t ",
    "  앞뒤에 빈칸이 있는 글   ",
    "줄을\n나누고\t탭도 쓴\r\n\r\n글",
    "오늘 점심은 🍜 그리고 👩‍💻 커피 ☕️!",
    unicodedata.normalize("NFD", "한글 자모로 나뉜 파일 이름"),
    "이 글에는 {mask} 와 {first}표가 {pad} 있다{mask}",
    "大韓民國 學校 漢字語",
    "The API returns JSON: Café, NAÏVE!",
    "2026년 11월, 12,500원 (3.5kg) 010-1234-5678",
    "ＡＢＣ　１２３ ½ ㈜ ﬁ",
    "보이지\u200b않는\u00a0빈칸",
    "뷁쉛똠방각하 힣",
)

# One batch of very different lengths: padding must not change a vector.
MIXED: tuple[str, ...] = (
    "글",
    "기차표를 미리 사 두면 조금 더 싸다.",
    "문서를 나누어 저장하고 뜻이 가까운 글을 찾는다. 낱말이 달라도 뜻이 같으면 함께 나와야 한다.",
    "제주도의 바다",
)

LONG = "긴 글의 끝은 잘려 나간다. 비가 온 다음 날에는 산이 더 가깝게 보인다. "
