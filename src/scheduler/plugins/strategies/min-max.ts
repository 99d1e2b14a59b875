// Scores stretched to 0…100 between the lowest and the highest of the feasible nodes, cut down to
// whole numbers; where all are equal they are 0.

export function stretch(scores: Int32Array): void {
  let lowest = scores[0];
  let highest = scores[0];
  for (let i = 1; i < scores.length; i++) {
    if (scores[i] < lowest) lowest = scores[i];
    else if (scores[i] > highest) highest = scores[i];
  }
  const range = highest - lowest;
  if (range === 0) scores.fill(0);
  else for (let i = 0; i < scores.length; i++) scores[i] = ((scores[i] - lowest) * 100) / range;
}
