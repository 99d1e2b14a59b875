// What a command's exit says.

export const done = 0;
/** Every problem was listed, nothing was written. */
export const userMistake = 1;
/** An error in Orrery itself. */
export const brokenPromise = 2;
/** As shells say of a program that Ctrl-C ended. What was measured is kept. */
export const interrupted = 130;
