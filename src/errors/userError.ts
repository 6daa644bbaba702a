/** An error the user can do something about: a code that the client words, and its subject. */
export type UserErrorCode =
  | 'modelMissing'
  | 'modelDamaged'
  | 'modelUnsupported'
  | 'modelUnusable'
  | 'storeUnusable'
  | 'newerFormat'
  | 'folderUnreadable'
  | 'engineVersion'
  | 'engineStranger'
  | 'engineCrashed'
  | 'diskFull'
  | 'diskSpace'
  | 'downloadFailed'
  | 'downloadUnreachable'
  | 'downloadProxy'
  | 'downloadTls'
  | 'downloadHtml'
  | 'downloadForbidden'
  | 'downloadNotFound'
  | 'downloadDamaged'
  | 'downloadUnsafe'
  | 'archiveDamaged'
  | 'archivePartMissing'
  | 'archiveUnsafe'
  | 'archiveEncrypted'
  | 'archiveUnsupported'
  | 'importNothing'
  | 'importUnreadable'
  | 'modelUnknown'
  | 'modelExists'
  | 'modelInUse'
  | 'modelBusy'
  | 'modelName'
  | 'modelsUnusable'
  | 'modelSwitchFailed'
  | 'modelJobRunning'
  | 'modelFixed';

export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: UserErrorCode;
  /** A path or a technical detail; never a note's content. */
  readonly subject: string;

  constructor(code: UserErrorCode, subject: string, options?: ErrorOptions) {
    super(`${code}: ${subject}`, options);
    this.code = code;
    this.subject = subject;
  }
}
