/** What the engine says to people, Korean and English. Whole sentences, `{0}` for the thing it is about. */
import type { UserErrorCode } from './userError.ts';

export type EngineMessage = UserErrorCode | 'semanticUnavailable' | 'indexRepaired';

const KOREAN: Readonly<Record<EngineMessage, string>> = {
  modelMissing:
    '모델 파일이 없습니다: {0}. 확장을 다시 설치하거나 설정의 모델 경로를 확인하세요. 그동안은 글자로만 찾습니다.',
  modelDamaged:
    '모델 파일이 손상되었습니다: {0}. 확장을 다시 설치하거나 모델을 다시 가져오세요. 그동안은 글자로만 찾습니다.',
  modelUnsupported: '이 모델은 지원하지 않는 형식입니다: {0}. 그동안은 글자로만 찾습니다.',
  storeUnusable:
    '색인을 저장할 수 없습니다: {0}. 폴더의 쓰기 권한을 확인하거나 설정에서 다른 저장 위치를 고르세요.',
  folderUnreadable: '폴더를 읽을 수 없습니다: {0}.',
  engineVersion: '다른 버전의 말모이가 실행 중입니다({0}). 이 창을 다시 불러오세요.',
  engineCrashed: '색인이 멈췄습니다: {0}. 로그를 확인하고 다시 시작하세요.',
  diskFull: '디스크가 가득 차서 색인을 저장하지 못했습니다: {0}. 공간을 비운 뒤 색인을 계속하세요.',
  diskSpace: '디스크 공간이 모자랍니다. 필요한 공간: {0}. 공간을 비운 뒤 다시 하세요.',
  modelExists: '같은 이름의 모델이 이미 있습니다: {0}. 다른 이름을 고르거나 그 모델을 먼저 지우세요.',
  semanticUnavailable: '모델을 쓸 수 없어 글자로만 찾았습니다.',
  indexRepaired: '색인 일부가 손상되어 버렸습니다. 그 문서들을 다시 색인합니다.',
};

const ENGLISH: Readonly<Record<EngineMessage, string>> = {
  modelMissing:
    'A model file is missing: {0}. Reinstall the extension or check the model path in the settings. Until then, search is literal only.',
  modelDamaged:
    'A model file is damaged: {0}. Reinstall the extension or import the model again. Until then, search is literal only.',
  modelUnsupported: 'This model has an unsupported form: {0}. Until then, search is literal only.',
  storeUnusable:
    'The index cannot be saved: {0}. Check the permissions of the folder or choose another place in the settings.',
  folderUnreadable: 'The folder cannot be read: {0}.',
  engineVersion: 'Another version of Malmoi is running ({0}). Reload this window.',
  engineCrashed: 'Indexing stopped: {0}. Look at the log and start again.',
  diskFull: 'The disk is full and the index could not be saved: {0}. Free some space, then resume indexing.',
  diskSpace: 'There is not enough disk space. Needed: {0}. Free some space, then try again.',
  modelExists: 'A model of this name is already there: {0}. Choose another name or remove that model first.',
  semanticUnavailable: 'The model is unavailable; only literal matches are shown.',
  indexRepaired: 'A damaged part of the index was dropped. Its documents are being indexed again.',
};

export function engineMessage(language: string, message: EngineMessage, subject = ''): string {
  const table = language.toLowerCase().startsWith('ko') ? KOREAN : ENGLISH;
  return table[message].replace('{0}', () => subject);
}
