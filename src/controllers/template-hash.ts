// Short names from texts, as Kubernetes makes them: a 32-bit hash or random letters, written in the
// alphabet that spells no words (apimachinery's util/rand).

import type {RandomStream} from '../engine/random.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {templateText} from '../objects/template-text.ts';

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** The same for equal templates. Its bits are not those of a real cluster. */
export function templateHash(template: PodTemplate): string {
  return safeText(String(fnv1a(templateText(template))));
}

/** The five letters behind a generated name. */
export function nameSuffix(random: RandomStream): string {
  let suffix = '';
  for (let i = 0; i < 5; i++) suffix += alphabet[random.integer(0, alphabet.length - 1)];
  return suffix;
}

// As SafeEncodeString.
function safeText(text: string): string {
  return [...text].map(letter => alphabet[letter.charCodeAt(0) % alphabet.length]).join('');
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
