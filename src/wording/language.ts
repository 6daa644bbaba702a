/** What agents are told, in the language of the user: Korean, or English for everybody else. */
export type Language = 'ko' | 'en';

/** A locale as environments name it: `ko_KR.UTF-8`, `en`, `C`. */
export function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

/** Chooses between the two sentences of a language. */
export type Say = (korean: string, english: string) => string;

export function sayIn(language: Language): Say {
  return (korean, english) => (language === 'ko' ? korean : english);
}
