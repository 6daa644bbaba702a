/**
 * Messages of the engine to the user, in Korean and English. They are whole sentences, with `{0}` for their
 * subject.
 */
import type { UserErrorCode } from './userError.ts';

export type EngineMessage = UserErrorCode | 'semanticUnavailable' | 'indexRepaired' | 'glossaryFault';

const KOREAN: Readonly<Record<EngineMessage, string>> = {
  modelMissing:
    '모델 파일이 없습니다: {0}. 확장을 다시 설치하거나 설정의 모델 경로를 확인하세요. 그동안은 글자로만 찾습니다.',
  modelDamaged:
    '모델 파일이 손상되었습니다: {0}. 확장을 다시 설치하거나 모델을 다시 가져오세요. 그동안은 글자로만 찾습니다.',
  modelUnusable:
    '모델을 열 수 없거나 글을 넣어도 아무것도 나오지 않아 설치하지 않았습니다: {0}. 다른 곳에서 다시 받거나 다른 모델을 고르세요.',
  modelUnsupported: '이 모델은 지원하지 않는 형식입니다: {0}. 다른 모델을 고르세요.',
  storeUnusable:
    '색인을 저장할 수 없습니다: {0}. 폴더의 쓰기 권한을 확인하거나 설정에서 다른 저장 위치를 고르세요.',
  newerFormat:
    '더 새로운 버전의 말모이가 만든 색인입니다: {0}. 확장을 업데이트하거나 설정에서 다른 저장 위치를 고르세요.',
  folderUnreadable: '폴더를 읽을 수 없습니다: {0}. 경로와 연결을 확인하세요.',
  engineVersion: '다른 버전의 말모이가 실행 중입니다({0}). 이 창을 다시 불러오세요.',
  engineStranger:
    '말모이의 엔진이라고 증명하지 못한 프로그램이 그 자리에서 응답해, 아무것도 보내지 않고 연결을 끊었습니다: {0}. 말모이를 쓰는 창을 모두 닫았다가 다시 여세요. 그래도 같으면 설정에서 다른 저장 위치를 고르세요.',
  engineCrashed: '색인이 멈췄습니다: {0}. 로그를 확인하고 다시 시작하세요.',
  diskFull: '디스크가 가득 차서 색인을 저장하지 못했습니다: {0}. 공간을 비운 뒤 색인을 계속하세요.',
  diskSpace:
    '디스크 공간이 모자랍니다: {0}. 공간을 비운 뒤 다시 시도하세요. 내려받은 부분은 남아 있어 이어받습니다.',
  downloadFailed: '모델을 내려받지 못했습니다: {0}. 잠시 뒤 다시 시도하면 멈춘 곳부터 이어받습니다.',
  downloadUnreachable:
    '서버에 닿을 수 없습니다: {0}. 인터넷 연결과 프록시 설정(http.proxy)을 확인하세요. 폐쇄망에서는 다른 컴퓨터에서 받은 모델을 가져오세요.',
  downloadProxy: '프록시가 연결을 거절했습니다: {0}. 프록시 주소와 사용자 이름, 비밀번호를 확인하세요.',
  downloadTls:
    '서버의 인증서를 믿을 수 없습니다: {0}. 회사에서 쓰는 인증서라면 NODE_EXTRA_CA_CERTS 환경 변수로 알려 주거나, 관리자에게 물어보세요.',
  downloadHtml:
    '모델 대신 웹 페이지가 왔습니다: {0}. 로그인이 필요한 네트워크이거나 회사 게이트웨이가 막은 것일 수 있습니다. 브라우저에서 주소를 열어 확인하세요.',
  downloadForbidden:
    '이 모델을 받을 권한이 없습니다: {0}. 이름이 맞는지 확인하고, 이용 약관 동의가 필요한 모델이면 허브에서 동의한 뒤 HF_TOKEN 환경 변수에 토큰을 넣으세요.',
  downloadNotFound: '허브에 그런 모델이나 파일이 없습니다: {0}. 이름을 확인하세요.',
  downloadDamaged:
    '내려받은 파일의 체크섬이나 크기가 맞지 않아 버렸습니다: {0}. 다시 시도하고, 계속되면 다른 미러를 쓰세요.',
  downloadUnsafe: '모델의 파일 목록을 믿을 수 없어 내려받지 않았습니다: {0}. 다른 출처를 쓰세요.',
  archiveDamaged: '압축 파일이 잘렸거나 손상되었습니다: {0}. 파일을 다시 받거나 다시 복사하세요.',
  archivePartMissing: '나뉜 압축 파일의 일부가 없습니다: {0}. 모든 조각을 한 폴더에 두고 다시 가져오세요.',
  archiveUnsafe:
    '압축 파일에 위험한 항목이 있어 가져오지 않았습니다: {0}. 믿을 수 있는 곳에서 다시 받으세요.',
  archiveEncrypted:
    '암호가 걸린 압축 파일입니다: {0}. 암호를 풀어 다시 압축하거나, 압축을 푼 폴더를 가져오세요.',
  archiveUnsupported:
    '이런 압축 파일은 풀 수 없습니다: {0}. 압축을 푼 폴더나 .zip, .tar, .tar.gz 파일을 가져오세요.',
  importNothing:
    '가져올 모델이 들어 있지 않습니다: {0}. malmoi-model.json이 있는 모델 폴더나, config.json과 .safetensors 파일이 있는 체크포인트를 고르세요.',
  importUnreadable: '가져올 파일이나 폴더를 읽을 수 없습니다: {0}. 경로와 읽기 권한을 확인하세요.',
  modelUnknown: '그런 모델이 없습니다: {0}.',
  modelExists: '같은 이름의 모델이 이미 있습니다: {0}. 다른 이름으로 가져오거나 있는 모델을 먼저 지우세요.',
  modelInUse: '쓰고 있는 모델이나 내장 모델은 지울 수 없습니다: {0}. 다른 모델을 고른 뒤 다시 시도하세요.',
  modelBusy: '다른 말모이가 이 모델을 받거나 설치하고 있습니다: {0}. 끝난 뒤 다시 시도하세요.',
  modelName: '모델 이름으로 쓸 수 없습니다: {0}. 영문자, 숫자, 점, 밑줄, 붙임표로 100자까지 쓸 수 있습니다.',
  modelsUnusable:
    '모델을 저장할 폴더를 쓸 수 없습니다: {0}. 쓰기 권한을 확인하거나 MALMOI_MODELS 환경 변수로 다른 폴더를 정하세요.',
  modelSwitchFailed:
    '모델을 바꾸지 못해 지금까지 쓰던 모델로 찾습니다: {0}. 로그를 확인하고 다시 고르거나, 다른 모델을 고르세요.',
  modelJobRunning: '다른 모델을 가져오는 중입니다: {0}. 끝나거나 그만둔 뒤 다시 시도하세요.',
  modelFixed:
    '설정(malmoi.modelPath)이나 --model로 모델이 정해져 있습니다: {0}. 다른 모델을 고르려면 그 설정을 비우세요.',
  semanticUnavailable: '모델을 쓸 수 없어 글자로만 찾았습니다.',
  glossaryFault:
    '용어집에 읽지 못한 줄이 있습니다: {0}. 한 줄에 같은 뜻의 말을 쉼표로 나누어 둘 이상 적으세요. 자세한 내용은 로그에 있습니다.',
  indexRepaired: '색인 일부가 손상되어 버렸습니다. 그 문서들을 다시 색인합니다.',
};

const ENGLISH: Readonly<Record<EngineMessage, string>> = {
  modelMissing:
    'A model file is missing: {0}. Reinstall the extension or check the model path in the settings. Until then, only keyword search works.',
  modelDamaged:
    'A model file is damaged: {0}. Reinstall the extension or import the model again. Until then, only keyword search works.',
  modelUnusable:
    'The model was not installed, because it cannot be opened or gives no result for any text: {0}. Get it from another source, or choose another model.',
  modelUnsupported: 'This type of model is not supported: {0}. Choose another model.',
  storeUnusable:
    'The index cannot be saved: {0}. Check the permissions of the folder or choose another location in the settings.',
  newerFormat:
    'A newer version of Malmoi made this index: {0}. Update the extension or choose another location in the settings.',
  folderUnreadable: 'The folder cannot be read: {0}. Check its path, and whether it is connected.',
  engineVersion: 'Another version of Malmoi is running ({0}). Reload this window.',
  engineStranger:
    "A program that could not prove to be Malmoi's engine answers in its place, so nothing was sent to it: {0}. Close all windows that use Malmoi and open them again. If that does not help, choose another location in the settings.",
  engineCrashed: 'Indexing stopped: {0}. Check the log and restart.',
  diskFull: 'The disk is full and the index could not be saved: {0}. Free some space, then resume indexing.',
  diskSpace:
    'There is not enough disk space: {0}. Free some space and try again; what was downloaded is kept and the download resumes.',
  downloadFailed:
    'The model could not be downloaded: {0}. Try again later; the download resumes where it stopped.',
  downloadUnreachable:
    'The server cannot be reached: {0}. Check the internet connection and the proxy settings (http.proxy). Without a network, import a model that was downloaded on another machine.',
  downloadProxy: 'The proxy refused the connection: {0}. Check its address, user name and password.',
  downloadTls:
    "The server's certificate is not trusted: {0}. If it is your company's certificate, name it in the environment variable NODE_EXTRA_CA_CERTS, or ask your administrator.",
  downloadHtml:
    'A web page arrived instead of the model: {0}. The network may require a login, or a company gateway may block it. Open the address in a browser to check.',
  downloadForbidden:
    'You may not download this model: {0}. Check its name; if it asks you to accept terms, accept them on the hub and put a token into the environment variable HF_TOKEN.',
  downloadNotFound: 'The hub has no such model or file: {0}. Check the name.',
  downloadDamaged:
    'A downloaded file had the wrong checksum or size and was discarded: {0}. Try again; if it happens again, use another mirror.',
  downloadUnsafe:
    "The model's list of files cannot be trusted and nothing was downloaded: {0}. Use another source.",
  archiveDamaged: 'The archive is cut off or damaged: {0}. Download or copy it again.',
  archivePartMissing:
    'A part of the split archive is missing: {0}. Put all parts into one folder and import again.',
  archiveUnsafe:
    'The archive contains a dangerous entry and was not imported: {0}. Get it again from a source you trust.',
  archiveEncrypted:
    'The archive is encrypted: {0}. Pack it again without a password, or import the unpacked folder.',
  archiveUnsupported:
    'This kind of archive cannot be unpacked: {0}. Import the unpacked folder, or a .zip, .tar or .tar.gz file.',
  importNothing:
    'It contains no model: {0}. Choose a model folder with malmoi-model.json, or a checkpoint with config.json and .safetensors files.',
  importUnreadable:
    'The file or folder to import cannot be read: {0}. Check the path and your permission to read it.',
  modelUnknown: 'There is no such model: {0}.',
  modelExists:
    'A model of this name is already installed: {0}. Import it under another name, or remove the installed one first.',
  modelInUse:
    'The model in use and the embedded model cannot be removed: {0}. Choose another model and try again.',
  modelBusy: 'Another Malmoi is downloading or installing this model: {0}. Try again when it is done.',
  modelName:
    'This cannot be the name of a model: {0}. Use up to 100 letters, digits, dots, underscores and hyphens.',
  modelsUnusable:
    'The folder for models cannot be used: {0}. Check your permission to write, or name another folder in the environment variable MALMOI_MODELS.',
  modelSwitchFailed:
    'The model could not be changed, so searches still use the previous one: {0}. Check the log, then choose it again or choose another.',
  modelJobRunning: 'Another model is being installed: {0}. Try again when that is done or cancelled.',
  modelFixed:
    'The model is set by the setting malmoi.modelPath or by --model: {0}. Clear that setting to choose another model.',
  semanticUnavailable: 'The model is unavailable; only keyword matches are shown.',
  glossaryFault:
    'Some lines of the glossary could not be used: {0}. Write two or more terms that mean the same on each line, separated by commas. The log has the details.',
  indexRepaired: 'A damaged part of the index was removed. Its documents are being indexed again.',
};

export function engineMessage(language: string, message: EngineMessage, subject = ''): string {
  const table = language.toLowerCase().startsWith('ko') ? KOREAN : ENGLISH;
  return table[message].replace('{0}', () => subject);
}
