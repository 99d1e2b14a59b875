// Colours of variants, after Okabe and Ito: told apart by the colour-blind too. The baseline is
// grey. After those the colours begin again, and lines of a later round are dashed.

const colours = 6;

/** A class of the style sheet, which knows the colour in light and in dark. */
export function colourClass(variant: number, baseline: number): string {
  if (variant === baseline) return 'c0';
  return `c${(place(variant, baseline) % colours) + 1}`;
}

/** 0: a full line. */
export function dashRound(variant: number, baseline: number): number {
  return variant === baseline ? 0 : Math.floor(place(variant, baseline) / colours);
}

function place(variant: number, baseline: number): number {
  return variant < baseline ? variant : variant - 1;
}
