/** The language of messages to agents and users: Korean, or English for everybody else. */
export type Language = 'ko' | 'en';

/** `locale` is one as environments name it: `ko_KR.UTF-8`, `en`, `C`. */
export function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

/** Chooses between the Korean and the English sentence. */
export type Say = (korean: string, english: string) => string;

export function sayIn(language: Language): Say {
  return (korean, english) => (language === 'ko' ? korean : english);
}
