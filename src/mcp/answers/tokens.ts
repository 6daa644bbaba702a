/**
 * Estimates the number of tokens that a text takes in an agent's model: a quarter for an ASCII character, a
 * half for any other.
 *
 * OpenAI's example of Korean for o200k is 27 tokens for 52 characters
 * (https://openai.com/index/hello-gpt-4o/). Tokenizers with fewer Korean words need up to twice as many;
 * there is no tokenizer that all agents share.
 */
export function estimateTokens(text: string): number {
  let ascii = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x80) ascii++;
  return Math.ceil(ascii / 4 + (text.length - ascii) / 2);
}

/** The longest beginning of a text within that many tokens; it never splits a character. */
export function withinTokens(text: string, tokens: number): string {
  let quarters = tokens * 4;
  for (let at = 0; at < text.length; at++) {
    quarters -= text.charCodeAt(at) < 0x80 ? 1 : 2;
    if (quarters < 0) return text.slice(0, isLowSurrogate(text, at) ? at - 1 : at);
  }
  return text;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc_00 && unit < 0xe0_00;
}
