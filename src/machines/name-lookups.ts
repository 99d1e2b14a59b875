// How likely it is that a name is found, as those see it who measure availability: what becomes of
// one question is told, what a resolver makes of that is worked out.

/** Of one question to a name server: probabilities. */
export type QuestionFate = {
  /** The server that it comes to takes it; or says that nobody listens; else it is lost. */
  readonly taken: number;
  readonly refused: number;
  /** Of one that is taken: it finds no answer, or an error. */
  readonly silent: number;
  readonly servfail: number;
};

export type NamedCall = {
  /** `namespace/name` of the Service. */
  readonly service: string;
  /** As the program writes it; the shortest name unless said. */
  readonly host: string | undefined;
  /** The namespace of the pod that calls; the Service's unless said. */
  readonly from: string | undefined;
};

/** The chance that the name is found, if all stays as it is. */
export type NameLookup = (fate: QuestionFate) => number;

export interface NameLookups {
  of(call: NamedCall): NameLookup;
}
