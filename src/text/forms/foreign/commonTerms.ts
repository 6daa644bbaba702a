/**
 * Terms of development and office work that no document explains, for people who write one and search for the
 * other. It is our own list, a group on each line, of words that mean the same thing. A word that the
 * folder's documents don't have is not searched for.
 */
export const COMMON_TERMS = `
리액트, react | 리액트 네이티브, react native | 뷰, vue | 앵귤러, angular | 스벨트, svelte | 넥스트, next.js, nextjs | 노드, node, node.js, nodejs
자바스크립트, javascript, js | 타입스크립트, typescript, ts | 파이썬, python | 자바, java | 코틀린, kotlin | 스위프트, swift | 러스트, rust | 고랭, golang
루비, ruby | 레일즈, rails | 스프링, spring | 스프링 부트, spring boot | 장고, django | 플라스크, flask | 익스프레스, express | 네스트, nestjs
쿠버네티스, kubernetes, k8s | 도커, docker | 컨테이너, container | 헬름, helm | 테라폼, terraform | 앤서블, 앤시블, ansible | 젠킨스, jenkins | 깃, git
깃허브, github | 깃랩, gitlab | 비트버킷, bitbucket | 지라, jira | 컨플루언스, confluence | 슬랙, slack | 노션, notion | 피그마, figma | 옵시디언, obsidian
젭, zep | 줌, zoom | 팀즈, teams | 디스코드, discord | 트렐로, trello | 아사나, asana | 미로, miro | 스케치, sketch | 포토샵, photoshop
일러스트레이터, illustrator | 엑셀, excel | 워드, word | 파워포인트, powerpoint, ppt, 피피티 | 아웃룩, outlook | 원드라이브, onedrive | 구글 드라이브, google drive
구글, google | 네이버, naver | 카카오, kakao | 아마존, amazon | 마이크로소프트, microsoft, ms | 애플, apple | 삼성, samsung | 유튜브, youtube
인스타그램, instagram | 페이스북, facebook | 트위터, twitter | 링크드인, linkedin | 넷플릭스, netflix | 스포티파이, spotify | 우버, uber | 테슬라, tesla
리눅스, linux | 우분투, ubuntu | 데비안, debian | 센토스, centos | 윈도우, 윈도, windows | 맥, mac, macos | 안드로이드, android | 아이폰, iphone
아이패드, ipad | 크롬, chrome | 사파리, safari | 파이어폭스, firefox | 엣지, edge | 브이에스코드, vscode, vs code | 인텔리제이, intellij | 이클립스, eclipse
마이에스큐엘, mysql | 포스트그레스, 포스트그레스큐엘, postgres, postgresql | 몽고디비, mongodb | 레디스, redis | 오라클, oracle | 카프카, kafka | 래빗엠큐, rabbitmq
엘라스틱서치, elasticsearch | 오픈서치, opensearch | 루씬, lucene | 하둡, hadoop | 스파크, spark | 에어플로, 에어플로우, airflow | 그라파나, grafana
프로메테우스, prometheus | 센트리, sentry | 데이터독, datadog | 키바나, kibana | 엔진엑스, nginx | 아파치, apache | 톰캣, tomcat | 웹팩, webpack | 바벨, babel
비트, vite | 이에스린트, eslint | 프리티어, prettier | 제스트, jest | 사이프러스, cypress | 플레이라이트, playwright | 셀레늄, 셀레니움, selenium
그래프큐엘, graphql | 레스트, rest | 에이피아이, api | 유아이, ui | 유엑스, ux | 에스디케이, sdk | 아이디이, ide | 씨아이, 지속적 통합, continuous integration, ci | 지속적 배포, continuous delivery, continuous deployment, cd | 에스큐엘, sql
웹소켓, websocket | 웹어셈블리, webassembly, wasm | 제이슨, json | 야믈, yaml, yml | 마크다운, markdown, md | 에이치티엠엘, html | 씨에스에스, css
프런트엔드, 프론트엔드, frontend, front-end | 백엔드, backend, back-end | 풀스택, fullstack, full-stack | 데브옵스, devops | 마이크로서비스, microservice, microservices, msa
서버리스, serverless | 클라우드, cloud | 온프레미스, on-premise, on-premises | 로드 밸런서, 로드밸런서, load balancer | 프록시, proxy | 캐시, cache | 큐, queue
스레드, thread | 프로세스, process | 메모리, memory | 배포, deploy, deployment | 빌드, build | 릴리스, 릴리즈, release | 롤백, rollback | 브랜치, branch
커밋, commit | 머지, 병합, merge | 풀 리퀘스트, pull request, pr | 코드 리뷰, code review | 리베이스, rebase | 충돌, conflict | 저장소, 리포지토리, 레포지토리, repository, repo
이슈, issue | 버그, bug | 디버그, 디버깅, debug, debugging | 로그, log | 로깅, logging | 모니터링, monitoring | 테스트, test | 단위 테스트, unit test | 리팩터링, 리팩토링, refactoring
아키텍처, architecture | 프레임워크, framework | 라이브러리, library | 패키지, package | 의존성, dependency, dependencies | 모듈, module | 컴포넌트, component
인터페이스, interface | 클래스, class | 함수, function | 변수, variable | 배열, array | 객체, object | 상속, inheritance | 다형성, polymorphism | 재귀, recursion
알고리즘, algorithm | 자료구조, 자료 구조, data structure | 데이터베이스, database, db | 스키마, schema | 인덱스, 색인, index | 트랜잭션, transaction | 쿼리, 질의, query
마이그레이션, migration | 백업, backup | 복구, recovery, restore | 암호화, encryption | 인증, authentication | 인가, authorization | 토큰, token | 세션, session | 쿠키, cookie
방화벽, firewall | 취약점, vulnerability | 보안, security | 비밀번호, 패스워드, password | 로그인, login | 로그아웃, logout | 회원 가입, 회원가입, sign up, signup
인공지능, 인공 지능, artificial intelligence, ai | 머신러닝, 머신 러닝, 기계 학습, 기계학습, machine learning, ml | 딥러닝, 딥 러닝, 심층 학습, deep learning | 신경망, neural network
대규모 언어 모델, 거대 언어 모델, large language model, llm | 언어 모델, language model | 프롬프트, prompt | 임베딩, embedding, embeddings | 트랜스포머, transformer
파인튜닝, 미세 조정, 미세조정, fine-tuning, finetuning | 환각, 할루시네이션, hallucination | 추론, inference | 학습, training | 강화 학습, 강화학습, reinforcement learning
검색 증강 생성, retrieval augmented generation, rag | 벡터, vector | 어텐션, attention | 토크나이저, tokenizer | 챗봇, chatbot | 챗지피티, chatgpt | 클로드, claude | 제미나이, gemini
코파일럿, copilot | 허깅페이스, huggingface, hugging face | 파이토치, pytorch | 텐서플로, 텐서플로우, tensorflow | 넘파이, numpy | 판다스, pandas | 주피터, jupyter
과적합, overfitting | 정규화, normalization, regularization | 경사 하강법, gradient descent | 하이퍼파라미터, hyperparameter | 분류, classification | 회귀, regression | 군집화, clustering
형상 관리, version control | 자연어 처리, natural language processing, nlp | 컴퓨터 비전, computer vision | 정확도, accuracy | 정밀도, precision | 재현율, recall
와이파이, wifi, wi-fi | 블루투스, bluetooth | 이더넷, ethernet | 라우터, 공유기, router | 브이피엔, vpn | 디엔에스, dns | 아이피, ip | 유에스비, usb | 에스에스디, ssd
씨피유, cpu | 지피유, gpu | 램, ram | 메인보드, mainboard, motherboard | 모니터, monitor | 키보드, keyboard | 마우스, mouse | 프린터, printer | 스캐너, scanner | 서버, server
이메일, 전자 우편, 전자우편, 메일, email, e-mail, mail | 팩스, fax | 홈페이지, homepage | 웹사이트, website | 블로그, blog | 뉴스레터, newsletter | 콘텐츠, contents, content
미팅, 회의, meeting | 워크숍, workshop | 세미나, seminar | 콘퍼런스, 컨퍼런스, conference | 프레젠테이션, presentation | 브레인스토밍, brainstorming | 피드백, feedback
프로젝트, project | 로드맵, roadmap | 마일스톤, milestone | 스프린트, sprint | 백로그, backlog | 칸반, kanban | 스크럼, scrum | 애자일, agile | 회고, retrospective
마감, 데드라인, deadline | 일정, 스케줄, schedule | 예산, budget | 견적, 견적서, estimate, quotation | 계약, 계약서, contract | 송장, 인보이스, invoice | 영수증, receipt
매출, sales, revenue | 이익, profit | 비용, cost | 투자, investment | 주주, shareholder | 이사회, board | 인수 합병, 인수합병, m&a | 기업 공개, ipo | 스타트업, startup
마케팅, marketing | 브랜딩, branding | 광고, advertising, ad | 캠페인, campaign | 타깃, 타겟, target | 고객, customer | 고객 관계 관리, crm | 전사적 자원 관리, erp
핵심성과지표, 핵심 성과 지표, kpi | 오케이알, okr | 투자 수익률, roi | 연구 개발, 연구개발, r&d | 인사, hr, human resources | 채용, 리크루팅, recruiting, hiring | 온보딩, onboarding
재택근무, 재택 근무, 원격 근무, 원격근무, remote work | 휴가, 연차, vacation, annual leave | 출장, business trip | 급여, 월급, salary, payroll | 퇴직금, severance pay | 4대 보험, 4대보험
개인정보, 개인 정보, personal information, privacy | 개인정보보호법, gdpr, pipa | 저작권, copyright | 특허, patent | 상표, trademark | 라이선스, license | 비밀유지계약, 비밀 유지 계약, nda
규제, regulation | 준수, 컴플라이언스, compliance | 감사, audit | 거버넌스, governance | 이에스지, esg | 지속 가능성, sustainability | 탄소 중립, 탄소중립, carbon neutral, net zero
블록체인, blockchain | 비트코인, bitcoin, btc | 이더리움, ethereum | 메타버스, metaverse | 증강 현실, 증강현실, augmented reality, ar | 가상 현실, 가상현실, virtual reality, vr
사물 인터넷, 사물인터넷, internet of things, iot | 빅데이터, 빅 데이터, big data | 오픈 소스, 오픈소스, open source | 디지털 전환, digital transformation, dx | 자동화, automation
반도체, semiconductor | 배터리, 이차전지, 이차 전지, battery | 전기차, 전기 자동차, electric vehicle, ev | 자율 주행, 자율주행, autonomous driving | 드론, drone | 로봇, robot | 센서, sensor
환불, refund | 환불 규정, 환불 정책, refund policy | 정책, policy, policies | 규정, rule, rules, regulations | 지침, 가이드라인, guideline, guidelines | 절차, procedure | 배송, delivery, shipping, shipment
주문, order | 결제, payment | 청구, billing | 할인, discount | 쿠폰, coupon | 반품, return | 교환, exchange | 재고, inventory, stock | 창고, warehouse | 상품, product | 가격, price, pricing
구독, subscription | 해지, 취소, cancellation, cancel | 가입, registration, register | 신청, application, apply | 승인, approval | 거절, rejection | 설문, 설문 조사, survey | 설문지, questionnaire
보고서, report | 제안서, proposal | 발표, presentation | 회의록, minutes, meeting minutes, meeting notes | 안건, agenda | 결정, decision | 참석자, attendees, participants | 담당자, assignee
목표, goal, goals | 계획, plan | 위험, risk | 문제, problem | 해결, solution | 원인, cause | 결과, result, results | 평가, evaluation | 성과, performance | 우선순위, 우선 순위, priority
출시, release, launch | 연기, postpone, delay | 지연, delay, latency | 장애, outage, incident | 장애 보고서, 사후 분석, postmortem, post-mortem | 오류, 에러, error | 예외, exception | 경고, warning
설치, installation, install | 설정, configuration, settings, config | 환경 변수, 환경변수, environment variable, environment variables | 업데이트, update | 업그레이드, upgrade | 다운로드, 내려받기, download | 업로드, upload
검색, search | 정렬, sort, sorting | 필터, filter | 권한, permission, permissions | 사용자, user, users | 계정, account | 관리자, administrator, admin | 접근성, accessibility, a11y | 국제화, internationalization, i18n | 현지화, localization, l10n
성능, performance | 메모리 누수, memory leak | 교착 상태, 데드락, deadlock | 동시성, concurrency | 병렬, parallel | 비동기, async, asynchronous | 동기화, synchronization, sync | 확장성, scalability | 가용성, availability
운영체제, 운영 체제, operating system, os | 가상 머신, 가상머신, virtual machine, vm | 가상 사설망, vpn | 정규식, 정규 표현식, regex, regexp, regular expression | 명령줄, 커맨드라인, 커맨드 라인, command line, cli | 단축키, shortcut, keyboard shortcut
사용자 인터페이스, user interface, ui | 사용자 경험, user experience, ux | 테스트 주도 개발, tdd | 도메인 주도 설계, ddd | 객체 지향, object-oriented, oop | 서버 사이드 렌더링, ssr | 콘텐츠 관리 시스템, cms | 통합 인증, sso | 이단계 인증, 2단계 인증, 2fa
품질 보증, qa | 최소 기능 제품, mvp | 서비스 수준 협약, sla | 데이터 웨어하우스, data warehouse | 데이터 레이크, data lake | 데이터 파이프라인, data pipeline | 대시보드, dashboard | 통계, statistics | 확률, probability | 표준편차, 표준 편차, standard deviation
병원, hospital | 의사, doctor | 치과, dentist, dental | 안과, eye doctor, ophthalmology | 약국, pharmacy | 처방전, prescription | 건강 검진, 건강검진, checkup, medical checkup | 예방 접종, 예방접종, 백신, vaccine, vaccination | 알레르기, allergy
감기, cold | 독감, flu, influenza | 두통, headache | 불면증, insomnia | 당뇨, 당뇨병, diabetes | 고혈압, hypertension, high blood pressure | 우울증, depression | 운동, exercise, workout | 식단, diet | 체중, 몸무게, weight
예약, reservation, booking, appointment | 여행, travel, trip | 여행 일정, itinerary | 항공권, 비행기 표, flight ticket | 비행기, airplane, flight | 공항, airport | 호텔, hotel | 숙소, accommodation, lodging | 여권, passport | 비자, visa | 렌터카, rental car | 지도, map
기차, train | 버스, bus | 지하철, subway | 자전거, bicycle, bike | 자동차, car | 주차, parking | 운전면허, 운전 면허, driver's license | 도서관, library | 박물관, museum | 학교, school | 대학교, university | 은행, bank | 우체국, post office | 식당, restaurant
생일, birthday | 선물, gift, present | 결혼, wedding, marriage | 결혼기념일, anniversary | 장례, 장례식, funeral | 휴일, 공휴일, holiday | 방학, vacation | 파티, party | 가족, family | 친구, friend | 아이, child | 부모, parents
지진, earthquake | 대피, evacuation | 지진 대피, 지진 대피 훈련, earthquake drill | 화재, fire | 홍수, flood | 태풍, typhoon | 날씨, weather | 기온, temperature | 비상 연락망, emergency contacts | 응급, emergency | 안전, safety
요리법, 조리법, 레시피, recipe | 재료, ingredients | 빵, bread | 우유, milk | 달걀, 계란, egg, eggs | 설탕, sugar | 소금, salt | 쌀, rice | 국수, noodles | 커피, coffee | 채소, vegetables | 과일, fruit | 사과, apple | 장보기, grocery shopping, groceries, shopping list
아침 식사, breakfast | 점심 식사, lunch | 저녁 식사, dinner | 이사, moving | 전세, 월세, rent | 보증금, deposit | 부동산, real estate | 아파트, apartment | 열쇠, key | 청소, cleaning | 빨래, 세탁, laundry | 냉장고, refrigerator, fridge | 세탁기, washing machine
대출, loan | 주택 담보 대출, 주택담보대출, mortgage | 이자, interest | 금리, interest rate | 환율, exchange rate | 세금, tax | 부가세, 부가가치세, vat | 연말정산, 연말 정산, tax settlement | 적금, 저축, savings | 보험, insurance | 연금, pension | 주식, stocks | 배당, dividend
국내총생산, gdp | 상장지수펀드, etf | 물가 상승, 인플레이션, inflation | 가계부, household budget, budget book | 신용 카드, 신용카드, credit card | 송금, wire transfer, remittance | 계좌, account, bank account
책, book | 독서, reading | 영화, movie, film | 음악, music | 노래, song | 사진, photo, photograph | 그림, drawing, painting | 게임, game | 축구, soccer, football | 야구, baseball | 수영, swimming | 등산, hiking | 달리기, running | 요가, yoga
공부, study | 시험, exam | 숙제, homework | 과제, assignment | 강의, lecture | 논문, paper, thesis | 연구, research | 실험, experiment | 가설, hypothesis | 참고 문헌, 참고문헌, references, bibliography | 번역, translation | 문법, grammar | 단어, 어휘, vocabulary
행렬, matrix | 고윳값, 고유값, eigenvalue, eigenvalues | 고유벡터, eigenvector | 미분, derivative, differentiation | 적분, integral, integration | 방정식, equation | 그래프, graph | 최적화, optimization | 시뮬레이션, simulation
면접, interview | 이력서, resume, cv | 퇴사, 사직, resignation | 승진, promotion | 야근, overtime | 교육, training | 신입 사원, new hire, new employee | 동료, colleague, coworker | 팀장, team lead, team leader | 업무 인계, 인수인계, handover
월요일, monday | 화요일, tuesday | 수요일, wednesday | 목요일, thursday | 금요일, friday | 토요일, saturday | 일요일, sunday | 주말, weekend | 봄, spring | 여름, summer | 가을, autumn | 겨울, winter
강아지, puppy | 고양이, cat | 개, dog | 나무, tree | 꽃, flower | 정원, garden | 산, mountain | 바다, sea, ocean | 강, river | 물, water
디비, db, database | 큐에이, qa | 에이더블유에스, aws | 지씨피, 지시피, gcp | 시에스에스, css | 시아이, ci | 시디엔, 씨디엔, cdn | 오에스, os | 아이오에스, ios | 유알엘, url | 에이치티티피, http | 에스에스에이치, ssh
큐알, qr | 피디에프, pdf | 에이아이, ai | 엘엘엠, llm | 엠엘, ml | 지피티, gpt | 케이피아이, kpi | 엠브이피, mvp | 피엠, pm | 에이치알, hr | 씨알엠, 시알엠, crm | 이알피, erp | 유닛테스트, 유닛 테스트, unit test | 엠에스에이, msa
`;
