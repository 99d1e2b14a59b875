// What is kept of a try while it is under way: the columns of its row, and how far it is.

/** One higher, so that a row that is free begins with 0. */
export const client = 0;
/** Ticket of the job that waits for it; 0: none. */
export const parent = 1;
/** Row of the request that it is a try of, one higher; 0: it is the whole request. */
export const request = 2;
export const begun = 3;
/** Of the server that it goes to. */
export const slot = 4;
export const serial = 5;
export const port = 6;
/** How long its answer takes on the way. */
export const back = 7;
/** The pending event's handle, one higher; 0: none. */
export const event = 8;
export const stage = 9;
/** How often the packet that is on its way was sent before. */
export const again = 10;
/** When it was sent first. */
export const first = 11;
/** Place in the list of outcomes of the answer that there will be. */
export const answer = 12;
/** Row of the kept connection that it goes over, one higher. */
export const connection = 13;
/** Bits: served on the caller's node, in its zone. */
export const near = 14;
/** The node at which it enters the cluster, one higher; 0: at the caller's. */
export const entry = 15;
/** How far the search for the name of its destination is. */
export const search = 16;
export const width = 17;

// Stages. Up to `crossing` no server has it.
export const knocking = 1;
export const crossing = 2;
/** At a server; its end is told by the server's station or job. */
export const served = 3;
/** At a server or on the way back, and the event is its answer. */
export const answering = 4;
/** At a server that will not answer. */
export const stuck = 5;

export const sameNode = 1;
export const sameZone = 2;
