import type { Channel } from '../../domain/channel.ts';
import type { Translate } from '../translate.ts';

const order: readonly Channel[] = ['hybrid', 'semantic', 'lexical'];

export function nextChannel(channel: Channel): Channel {
  return order[(order.indexOf(channel) + 1) % order.length]!;
}

export function channelText(channel: Channel, t: Translate): string {
  const texts: Readonly<Record<Channel, string>> = {
    hybrid: t('by meaning and keyword'),
    semantic: t('by meaning only'),
    lexical: t('by keyword only'),
  };
  return texts[channel];
}

/** On the button that switches to the channel. */
export function switchText(channel: Channel, t: Translate): string {
  const texts: Readonly<Record<Channel, string>> = {
    hybrid: t('Search by meaning and keyword'),
    semantic: t('Search by meaning only'),
    lexical: t('Search by keyword only'),
  };
  return texts[channel];
}

export function channelIcon(channel: Channel): string {
  const icons: Readonly<Record<Channel, string>> = {
    hybrid: 'sparkle',
    semantic: 'lightbulb',
    lexical: 'whole-word',
  };
  return icons[channel];
}
