/** A place in the viewport, in CSS pixels from its top left corner. */
export interface Point {
  x: number;
  y: number;
}
