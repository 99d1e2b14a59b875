// The text of a file: UTF-8 without marks, and no binary file by mistake.

import type {SyntaxFailure} from './yaml-value.ts';

export function textOf(source: string | Uint8Array): string | SyntaxFailure {
  const text = typeof source === 'string' ? source : decoded(source);
  if (typeof text !== 'string') return text;
  const plain = text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
  const nul = plain.indexOf('\0');
  if (nul === -1) return plain.includes('\r') ? plain.replace(/\r\n/g, '\n') : plain;
  return failureAt(plain, nul, 'expected text, got a NUL byte; is this a binary file?');
}

function decoded(bytes: Uint8Array): string | SyntaxFailure {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return {message: 'expected text, got gzip data', line: 1, column: 1};
  }
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const bad = Math.max(0, text.indexOf('\ufffd'));
    return failureAt(text, bad, 'expected UTF-8 text, got other bytes; is this a binary file?');
  }
}

function failureAt(text: string, at: number, message: string): SyntaxFailure {
  const before = text.slice(0, at);
  return {message, line: before.split('\n').length, column: at - before.lastIndexOf('\n')};
}

const byteOrderMark = 0xfeff;
