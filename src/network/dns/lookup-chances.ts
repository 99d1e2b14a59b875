// How likely a lookup is to succeed: the chances of all ways through a resolver's search, summed. A
// cache on the node is taken to hold nothing.

import type {
  NamedCall,
  NameLookup,
  NameLookups,
  QuestionFate,
} from '../../machines/name-lookups.ts';
import {type Forms, formsOf, lastResort} from './forms.ts';
import {shortestName} from './questions.ts';
import {type SetupOptions, setupOf} from './resolver-setup.ts';

/** What becomes of one form, all attempts at it together; it is refused else. */
type FormFate = {readonly answered: number; readonly failed: number; readonly silent: number};

export class LookupChances implements NameLookups {
  readonly #options: SetupOptions & {readonly nodeLocal: boolean};
  readonly #known = new Map<string, NameLookup>();

  constructor(options: SetupOptions & {readonly nodeLocal: boolean}) {
    this.#options = options;
  }

  of({service, host, from}: NamedCall): NameLookup {
    const [namespace, name] = service.split('/');
    const caller = from ?? namespace;
    const pod = {namespace: caller, spec: {dns: undefined, hostNetwork: false}};
    const setup = setupOf(pod, this.#options, () => true);
    const forms = formsOf(host ?? shortestName({namespace, name})(caller), setup);
    const found = forms.names.indexOf(`${name}.${namespace}.svc.${this.#options.zone}`);
    const shape = `${forms.names.length} ${forms.asWritten} ${found}`;
    const known = this.#known.get(shape) ?? this.#lookup(forms, found);
    this.#known.set(shape, known);
    return known;
  }

  #lookup(forms: Forms, found: number): NameLookup {
    const {attempts, nodeLocal} = this.#options;
    return fate => {
      const form = nodeLocal ? behindCache(fate) : formFate(fate, attempts);
      return search(forms, {found, form: 0, isLast: false}, form);
    };
  }
}

/** A server that was silent is asked again, if it took the question. */
function formFate({taken, refused, silent, servfail}: QuestionFate, attempts: number): FormFate {
  let all = 1;
  for (let attempt = 0; attempt < attempts; attempt++) all *= silent;
  // Of the first attempt that is not met by silence.
  const heard = silent < 1 ? (1 - all) / (1 - silent) : 0;
  const answered = taken * (1 - silent - servfail) * heard;
  const failed = taken * servfail * heard;
  return {answered, failed, silent: Math.max(0, 1 - answered - failed - refused)};
}

/** A cache on the node asks once, and says that there was an error. */
function behindCache({taken, refused, silent, servfail}: QuestionFate): FormFate {
  const answered = taken * (1 - silent - servfail);
  return {answered, failed: Math.max(0, 1 - answered - refused), silent: 0};
}

type Stage = {readonly found: number; readonly form: number; readonly isLast: boolean};

function search(forms: Forms, {found, form, isLast}: Stage, fate: FormFate): number {
  if (found < 0 || form >= forms.names.length) return 0;
  const next = isLast ? 0 : search(forms, {found, form: form + 1, isLast}, fate);
  const resort = isLast ? undefined : lastResort(forms, form);
  const last = resort === undefined ? 0 : search(forms, {found, form: resort, isLast: true}, fate);
  const known = form === found ? 1 : next;
  return fate.answered * known + fate.failed * next + fate.silent * last;
}
