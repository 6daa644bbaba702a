/** The channels that a search compares by: letters, meaning, or both. */

export type Channel = 'hybrid' | 'semantic' | 'lexical';
