/** The state of a file in the index, in words. */
import type { FileReason, FileState } from '../domain/ledger.ts';
import type { Say } from './language.ts';

export function stateText(state: FileState, say: Say): string {
  const texts: Readonly<Record<FileState, string>> = {
    indexed: say('색인됨', 'indexed'),
    skipped: say('제외됨', 'excluded'),
    failed: say('실패', 'failed'),
    waiting: say('기다리는 중', 'waiting'),
  };
  return texts[state];
}

/** The first words tell the reason by themselves: a narrow sidebar shows no more. */
export function reasonText(reason: FileReason, say: Say): string {
  const texts: Readonly<Record<FileReason, string>> = {
    tooLarge: say('너무 큼', 'too large'),
    binary: say('이름과 달리 글이 아님', 'not a text file, despite its name'),
    empty: say('비어 있음', 'empty'),
    unreadable: say('읽지 못함', 'could not be read'),
    noPermission: say('읽을 권한이 없음', 'no permission to read it'),
    vanished: say('읽는 동안 사라짐', 'disappeared while being read'),
    badEncoding: say('글자 인코딩을 알 수 없음', 'character encoding not recognised'),
    tooManyPassages: say('문단이 너무 많음', 'too many passages'),
    encoderFailed: say('모델이 처리하지 못함', 'the model could not encode it'),
    noText: say('글이 없음', 'contains no text'),
    encrypted: say('암호로 잠김', 'protected by a password'),
    distribution: say(
      '배포용 한글 문서: 글을 읽을 수 없음',
      'distribution-only HWP: its text cannot be read',
    ),
    drm: say('DRM으로 보호됨', 'protected by DRM'),
    damaged: say('손상되었거나 확장자와 다른 파일', 'damaged, or not what its name says'),
    needsOcr: say('OCR 필요: 글이 없는 쪽이 있음', 'needs OCR: pages without text'),
    unreadableFonts: say('글꼴에 글자 정보가 없음', 'its fonts do not say which letters they show'),
    unpacksTooLarge: say('압축을 풀면 너무 큼', 'unpacks to more than can be read'),
    cut: say('너무 길어 앞부분만 읽음', 'only the beginning was read: it is very long'),
    crashes: say('제쳐 둠: 읽다가 거듭 실패함', 'set aside: reading it failed repeatedly'),
    partlyUnreadable: say('일부를 읽지 못함', 'some of it could not be decoded'),
    archive: say('압축 파일: 풀어야 찾을 수 있음', 'an archive: unpack it to search it'),
    ignored: say('설정이나 무시 파일로 제외됨', 'excluded by the settings or an ignore file'),
    link: say('따라가지 않는 링크', 'a link that is not followed'),
    timeout: say('읽는 데 너무 오래 걸림', 'took too long to read'),
  };
  return texts[reason];
}
