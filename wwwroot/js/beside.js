// Where a card stands beside what it is about.
const EDGE = 8, GAP = 6;

/** Keeps a value so that something of this size stays in the room. */
export const inside = (value, size, room) => Math.max(EDGE, Math.min(value, room - size - EDGE));

export function move(card, left, top) {
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}

/** Under the thing, from a place of its width on; over it where there is no room below. */
export function under(card, own, left = own.left) {
  const box = card.getBoundingClientRect();
  const below = own.bottom + GAP + box.height <= innerHeight || own.top < box.height + GAP;
  move(card, inside(left, box.width, innerWidth), Math.max(EDGE, below ? inside(own.bottom + GAP, box.height, innerHeight) : own.top - box.height - GAP));
}
