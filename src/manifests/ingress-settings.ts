// What annotations of ingress-nginx say of an Ingress, as far as they change whether, where or when
// requests are answered (docs/user-guide/nginx-configuration/annotations.md).

import {second, type Time} from '../engine/time.ts';
import {type IngressSettings, usualSettings} from '../objects/ingress-object.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';

const domain = 'nginx.ingress.kubernetes.io/';

/** Those that are read here. */
export const settingNames: ReadonlySet<string> = new Set(
  [
    'backend-protocol',
    'canary',
    'canary-weight',
    'canary-weight-total',
    'force-ssl-redirect',
    'load-balance',
    'proxy-connect-timeout',
    'proxy-next-upstream',
    'proxy-next-upstream-tries',
    'proxy-read-timeout',
    // What a pod is asked for makes no difference, but the paths are expressions then.
    'rewrite-target',
    'ssl-redirect',
    'use-regex',
  ].map(name => domain + name),
);

type Named = (name: string) => Field;

export function readIngressSettings(object: Field): IngressSettings {
  const annotations = object.get('metadata').get('annotations');
  if (![...settingNames].some(name => annotations.get(name).present)) return usualSettings;
  const named: Named = name => annotations.get(domain + name);
  return {
    regex: flag(named('use-regex')) || Boolean(named('rewrite-target').text()),
    sendsToTls: sendsToTls(named),
    canary: canaryShare(named),
    balance: balanceOf(named('load-balance')),
    connectTimeout: secondsOf(named('proxy-connect-timeout')),
    readTimeout: secondsOf(named('proxy-read-timeout')),
    ...triesOf(named),
    secureBackend: /^(HTTPS|GRPCS)$/.test(named('backend-protocol').text() ?? ''),
  };
}

function flag(field: Field): boolean {
  const text = field.text();
  if (text !== undefined && text !== 'true' && text !== 'false') {
    field.warning(`expected "true" or "false", got ${show(text)}`);
  }
  return text === 'true';
}

function sendsToTls(named: Named): IngressSettings['sendsToTls'] {
  if (flag(named('force-ssl-redirect'))) return 'always';
  const usual = named('ssl-redirect');
  return flag(usual) || usual.text() === undefined ? 'where-it-is' : 'never';
}

/** By weight alone: callers have no headers and cookies. */
function canaryShare(named: Named): number | undefined {
  if (!flag(named('canary'))) return undefined;
  const total = countOf(named('canary-weight-total')) ?? 100;
  return Math.min(1, (countOf(named('canary-weight')) ?? 0) / Math.max(1, total));
}

function balanceOf(field: Field): IngressSettings['balance'] {
  const text = field.text();
  if (text === undefined) return undefined;
  if (text === 'ewma') return 'ewma';
  if (text !== 'round_robin') field.warning(notOneOf(text, ['round_robin', 'ewma']));
  return 'round-robin';
}

/** ngx_http_proxy_module: 0 tries are any number, of which ten are more than enough. */
function triesOf(named: Named): Pick<IngressSettings, 'tries' | 'triesAfter'> {
  const reasons = named('proxy-next-upstream').text()?.split(/\s+/);
  if (reasons?.includes('off')) return {tries: 1, triesAfter: undefined};
  const count = countOf(named('proxy-next-upstream-tries'));
  const tries = count === undefined ? undefined : Math.min(10, count || 10);
  if (reasons?.some(each => /^http_5/.test(each))) return {tries, triesAfter: 'any'};
  const again = reasons?.includes('non_idempotent') === true;
  return {tries, triesAfter: again ? 'connection' : undefined};
}

function secondsOf(field: Field): Time | undefined {
  const count = countOf(field);
  return count === undefined || count === 0 ? undefined : count * second;
}

function countOf(field: Field): number | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  field.warning(`expected a whole number, got ${show(text)}`);
  return undefined;
}
