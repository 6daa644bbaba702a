/** By what a search compares: letters, meaning, or both. */

export type Channel = 'hybrid' | 'semantic' | 'lexical';
