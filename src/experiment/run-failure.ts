// Why a run of a comparison left nothing: a sentence, and whose mistake it is.

export type RunFailure = {
  readonly wrong: string;
  readonly whose: 'strategy' | 'orrery' | 'user';
};
