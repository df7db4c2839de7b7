const context = document.createElement('canvas').getContext('2d');

/** Measures a text on one line in the font of an element, in pixels; 0 where nothing can be drawn. */
export function measureText(text: string, element: Element): number {
  if (context === null) return 0;
  // Reading the font lays nothing out, and setting the same one again is free.
  context.font = getComputedStyle(element).font;
  return context.measureText(text).width;
}
